using System.Text.Json.Nodes;

namespace WorkerPool.Wire.Tests;

/// <summary>A second client that shares no code with us: Python's grpcio, with messages made from descriptors.</summary>
public sealed class PythonClientTests : IAsyncLifetime
{
    // Narrow, so that the map must acknowledge to go on.
    private static readonly Dictionary<string, string> Settings = new() { ["Pool__WindowItems"] = "1000" };
    private RunningSupervisor? _supervisor;

    public async ValueTask InitializeAsync() => _supervisor = await RunningSupervisor.StartAsync(workers: 2, settings: Settings);

    public ValueTask DisposeAsync() => _supervisor?.DisposeAsync() ?? ValueTask.CompletedTask;

    [Fact]
    public async Task A_client_in_another_language_maps_applies_and_streams()
    {
        var descriptors = Path.Combine(AppContext.BaseDirectory, "descriptors.binpb");
        (await Tool.Buf.RunAsync("build", "--output", descriptors)).Sound();
        var script = Path.Combine(AppContext.BaseDirectory, "python", "client.py");
        var seen = JsonNode.Parse((await Tool.Python.RunAsync(script, new Uri(_supervisor!.Address).Authority, descriptors)).Sound())!;

        var map = seen["map"]!.AsArray();
        Assert.Equal([1.0, 4.0, 9.0], map.SkipLast(1).Select(response => (double)response!["result"]!["value"]!));
        Assert.Equal("3", (string)map[^1]!["summary"]!["ledger"]!["succeeded"]!);
        Assert.Equal(1024.0, (double)seen["apply"]!["value"]!);
        Assert.Equal("NOT_FOUND", (string)seen["failure"]!["code"]!);

        var stream = seen["mapStream"]!;
        Assert.True((bool)stream["right"]!, $"{stream["count"]} results, not all of them right");
        Assert.Equal(1000, (int)stream["window"]!);
        Assert.InRange((int)stream["mostOpen"]!, 1, 1000);
        Assert.InRange((int)stream["acknowledgements"]!, 5, int.MaxValue);
        Assert.Equal("5000", (string)stream["ledger"]!["succeeded"]!);
    }
}
