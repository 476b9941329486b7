using System.Globalization;
using WorkerPool.Client;
using WorkerPool.Container.Tests.Cells;
using WorkerPool.Container.Tests.Engine;

namespace WorkerPool.Container.Tests;

/// <summary>The images themselves: what is in them, how large they are, how soon they serve.</summary>
public sealed class ImageTests(Images images)
{
    // Beside the base, which a machine has once for all its images.
    private const long MostOfOurs = 48_000_000;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private static ITestOutputHelper Output => TestContext.Current.TestOutputHelper!;

    [Fact]
    public async Task They_are_small_and_run_without_rights()
    {
        await ContainerEngine.RequireAsync();
        var standsOn = (await ContainerEngine.Client.Images.InspectImageAsync(Images.Base, Cancellation)).Size;
        foreach (var name in new[] { images.Supervisor, images.Worker, images.Functions })
        {
            var image = await ContainerEngine.Client.Images.InspectImageAsync(name, Cancellation);
            var ours = image.Size - standsOn;
            Output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name.Split(':')[0]}: {image.Size / 1e6:F1} MB, of it {ours / 1e6:F1} MB beside the base"));
            Assert.InRange(ours, 1, MostOfOurs);
            Assert.Equal("1654:1654", image.Config!.User);
            Assert.Equal("SIGTERM", image.Config.StopSignal);
            Assert.Equal("MIT", image.Config.Labels!["org.opencontainers.image.licenses"]);
        }
    }

    [Fact]
    public async Task They_have_no_shell_and_serve_soon_after_their_start()
    {
        await using var cell = await Cell.CreateAsync(images);
        var keeper = await StartAsync("keeper", () => cell.KeeperAsync());
        var supervisor = await StartAsync("Supervisor", () => cell.SupervisorAsync());
        await cell.ReadyAsync(supervisor, 1);

        foreach (var container in new[] { keeper, supervisor })
        {
            Assert.NotEqual(0, await container.ExecAsync("/bin/sh", "-c", "true"));
            Assert.Equal(0, await container.ExecAsync("dotnet", "--list-runtimes"));
            Assert.Empty(await container.ChangesAsync());
        }

        async Task<CellContainer> StartAsync(string what, Func<Task<CellContainer>> start)
        {
            var container = await (await start()).ServingAsync();
            var took = TimeProvider.System.GetUtcNow() - DateTimeOffset.Parse((await container.InspectAsync()).State!.StartedAt, CultureInfo.InvariantCulture);
            Output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{what}: serves {took.TotalMilliseconds:F0} ms after its start"));
            return container;
        }
    }

    [Fact]
    public async Task A_Supervisor_needs_no_keepers()
    {
        await using var cell = await Cell.CreateAsync(images);
        var supervisor = await cell.SupervisorAsync(new Dictionary<string, string> { ["Pool__Keepers__Dns"] = "" });
        await cell.ReadyAsync(supervisor, 2);
        await using var pool = await cell.ConnectAsync(supervisor);
        Assert.Equal(new long[] { 1, 4, 9 }, await pool.MapAsync<int, long>("square", [1, 2, 3], null, Cancellation));
    }

    [Fact]
    public async Task Process_1_buries_what_its_workers_leave_behind()
    {
        var (cell, supervisor, keepers) = await Cell.StartAsync(images, keepers: 1);
        await using var ended = cell;
        await using var pool = await cell.ConnectAsync(supervisor);
        var item = new FaultItem(1) { Fault = FaultKind.StartChildrenAndExit };

        var error = await Assert.ThrowsAsync<ItemFailedException>(() => pool.ApplyAsync<FaultItem, Numbered>("fault", item, cancellationToken: Cancellation));
        Assert.Contains("exit code 3", error.Description, StringComparison.Ordinal);

        // The keeper, and the next worker.
        await cell.ReadyAsync(supervisor, 1);
        await Eventually.AskAsync(async () => string.Join('\n', await keepers[0].ProcessesAsync()), processes => processes.Split('\n').Length == 2);
    }

    private sealed record Numbered(int Number);
}
