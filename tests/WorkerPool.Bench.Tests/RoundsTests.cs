using System.Diagnostics;
using WorkerPool.Bench.Measuring;
using WorkerPool.Bench.Scenarios;

namespace WorkerPool.Bench.Tests;

/// <summary>Contenders that take turns, as scripts.</summary>
public sealed class RoundsTests
{
    private const string Reads = """echo '{"case":"1","metric":"items/s","value":7}'""";

    [Fact(DisplayName = "Contenders take turns, and each round adds a value")]
    public async Task Turns()
    {
        var turns = new List<string>();
        var rounds = new Rounds(Plan.Smoke with { Rounds = 2 }, turns.Add);

        var measurements = await rounds.RunAsync(Of(new Script("A", Reads), new Script("B", Reads)), TestContext.Current.CancellationToken);

        Assert.Equal(["A", "B", "A", "B"], turns.Select(turn => turn.Split(": ")[2]));
        Assert.Equal([7, 7], measurements.Of("B", "1", Metrics.ItemsPerSecond)!.Values);
        Assert.Empty(measurements.Breakages);
    }

    [Theory(DisplayName = "A contender that crashes, says nonsense or nothing is a breakage; the others go on")]
    [InlineData(Reads + "; echo wrong result: squares >&2; exit 3", "exit code 3")]
    [InlineData("echo nonsense", "\"nonsense\"")]
    [InlineData("exit 0", "0 readings")]
    public async Task Breakage(string script, string what)
    {
        var rounds = new Rounds(Plan.Smoke with { Rounds = 2 }, _ => { });

        var measurements = await rounds.RunAsync(Of(new Script("bad", script), new Script("good", Reads)), TestContext.Current.CancellationToken);

        var breakage = Assert.Single(measurements.Breakages);
        Assert.Contains("bad", breakage, StringComparison.Ordinal);
        Assert.Contains(what, breakage, StringComparison.Ordinal);
        Assert.Equal(2, measurements.Of("good", "1", Metrics.ItemsPerSecond)!.Values.Count);
    }

    [Fact(DisplayName = "A contender that is not there is not run, and the reason is kept")]
    public async Task Missing()
    {
        var rounds = new Rounds(Plan.Smoke, _ => { });

        var measurements = await rounds.RunAsync(Of(new Script("gone", "exit 1") { Reason = "no gone here" }), TestContext.Current.CancellationToken);

        Assert.Equal("no gone here", measurements.Missing["gone"]);
        Assert.Empty(measurements.Breakages);
    }

    private static Scenario Of(params Contender[] contenders) => new("scripts", "scripts", ["1"], contenders, []);

    private sealed class Script(string name, string script) : Contender(name, "work")
    {
        public string? Reason { get; init; }

        public override Task<string?> MissingAsync() => Task.FromResult(Reason);

        public override ProcessStartInfo Start(string order) => new("sh", ["-c", script]);
    }
}
