using System.Globalization;
using Google.Protobuf.WellKnownTypes;
using WorkerPool.Client;
using WorkerPool.V1;
using MapOptions = WorkerPool.Client.MapOptions;

namespace WorkerPool.Functional.Tests;

/// <summary>Workers that run several items at once: what is promised holds for them too.</summary>
public sealed class ConcurrencyTests
{
    private const int Concurrency = 4;

    // Where one death fails an item, one that is charged with another's would be seen.
    private static readonly Dictionary<string, string> Settings = new()
    {
        ["Pool__Concurrency"] = $"{Concurrency}",
        ["Pool__MaxCrashes"] = "1",
        ["Pool__SilenceLimit"] = "00:00:45",
        ["Pool__CancellationGrace"] = "00:00:00.2",

        // As long as it takes on a busy machine.
        ["Pool__StackCaptureLimit"] = "00:00:40",
    };

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Items_that_wait_for_each_other_run_at_once_in_one_worker_and_are_answered_in_order()
    {
        await using var supervisor = await RunningSupervisor.StartAsync(workers: 1, [Libraries.User], Settings);
        await using var pool = Pool.Connect(supervisor.Address);
        var options = new MapOptions { Shared = new Dictionary<string, object?> { ["count"] = Concurrency } };
        var numbers = Enumerable.Range(0, 10 * Concurrency).ToList();
        Assert.Equal(numbers, await pool.MapAsync<int, int>("meet", numbers, options with { ChunkSize = 1 }, Cancellation));
        Assert.Equal(numbers, await pool.MapAsync<int, int>("meet", numbers, options, Cancellation));
    }

    [Fact]
    public async Task The_items_of_a_worker_are_shown_as_many_as_run()
    {
        await using var supervisor = await RunningSupervisor.StartAsync(workers: 1, [Libraries.User], Settings);
        await using var pool = Pool.Connect(supervisor.Address);
        using var gate = new TemporaryFile();
        var map = pool.MapAsync<string, string>("wait_for", Enumerable.Repeat(gate.Path, Concurrency + 1), new MapOptions { ChunkSize = 1 }, Cancellation);
        var worker = Assert.Single(await Eventually.AskAsync(
            async () => (await supervisor.Admin.ListWorkersAsync(new ListWorkersRequest(), cancellationToken: Cancellation)).Workers,
            workers => workers[0].RunningItems == Concurrency));
        Assert.True(worker.HasItemIndex && worker.InFlightItems >= Concurrency, $"{worker}");
        gate.Make();
        Assert.Equal(Concurrency + 1, (await map).Length);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(5)]
    public async Task An_item_that_kills_its_worker_is_alone_to_blame(int chunkSize)
    {
        await using var supervisor = await RunningSupervisor.StartAsync(workers: 2, [Libraries.User], Settings);
        var start = new MapStart { Function = "die_on_13", Options = new V1.MapOptions { ChunkSize = chunkSize } };
        var items = Enumerable.Range(0, 400).Select(number => (number % 100 == 50 ? 13 : number == 13 ? 0 : number).ToString(CultureInfo.InvariantCulture)).ToList();
        var map = await StreamedMap.RunAsync(supervisor.Client, start, items);
        Assert.Equal(Enumerable.Range(0, 400), map.Results.Select(result => (int)result.Index));
        var failed = map.Results.Where(result => result.Error is not null).ToList();
        Assert.Equal([50UL, 150UL, 250UL, 350UL], failed.Select(result => result.Index));
        Assert.All(failed, result => Assert.Equal("WORKER_CRASHED", result.Error!.Reason));
        Assert.Equal((400UL, 396UL, 4UL), (map.Summary!.Ledger.Accepted, map.Summary.Ledger.Succeeded, map.Summary.Ledger.Failed));
    }

    [Fact]
    public async Task An_item_over_its_time_fails_and_those_that_die_beside_it_run_again()
    {
        await using var supervisor = await RunningSupervisor.StartAsync(workers: 1, [Libraries.User], Settings);
        var start = new MapStart
        {
            Function = "hang_on_13",
            Options = new V1.MapOptions { ChunkSize = 1, ItemTimeout = Duration.FromTimeSpan(TimeSpan.FromSeconds(2)) },
        };
        var map = await StreamedMap.RunAsync(supervisor.Client, start, [.. Enumerable.Range(0, 60).Select(number => number.ToString(CultureInfo.InvariantCulture))]);
        var failed = Assert.Single(map.Results, result => result.Error is not null);
        Assert.Equal((13UL, "ITEM_TIMEOUT"), (failed.Index, failed.Error!.Reason));
        Assert.Contains("HangOn13", failed.Error.Message + string.Join("", failed.Error.Metadata.Values), StringComparison.Ordinal);
        Assert.Equal((60UL, 59UL), (map.Summary!.Ledger.Accepted, map.Summary.Ledger.Succeeded));
    }

    [Fact]
    public async Task An_initializer_that_kills_workers_beside_the_items_of_another_job_fails_its_own_job_alone()
    {
        await using var supervisor = await RunningSupervisor.StartAsync(workers: 1, [Libraries.User], Settings);
        await using var pool = Pool.Connect(supervisor.Address);
        using var gate = new TemporaryFile();
        var bystanders = pool.MapAsync<string, string>("wait_for", Enumerable.Repeat(gate.Path, 2), new MapOptions { ChunkSize = 1 }, Cancellation);
        await Eventually.AskAsync(
            async () => (await supervisor.Admin.ListWorkersAsync(new ListWorkersRequest(), cancellationToken: Cancellation)).Workers,
            workers => workers[0].RunningItems == 2);
        var doomed = pool.MapAsync<int, int>("square", [1, 2], new MapOptions { Initializer = "end_process", ChunkSize = 1 }, Cancellation);
        await Eventually.AskAsync(
            async () => (await supervisor.Admin.ListWorkersAsync(new ListWorkersRequest(), cancellationToken: Cancellation)).Workers,
            workers => workers[0].Restarts > 0);
        gate.Make();
        Assert.Equal("INITIALIZER_FAILED", (await Assert.ThrowsAsync<WorkerPoolException>(() => doomed)).Reason);
        Assert.Equal([gate.Path, gate.Path], await bystanders);
    }

    [Fact]
    public async Task A_worker_is_replaced_after_its_items_also_when_it_runs_several()
    {
        var settings = new Dictionary<string, string>(Settings) { ["Pool__RecycleAfterItems"] = "10" };
        await using var supervisor = await RunningSupervisor.StartAsync(workers: 2, [Libraries.User], settings);
        await using var pool = Pool.Connect(supervisor.Address);
        var numbers = Enumerable.Range(0, 100).ToList();
        Assert.All(await pool.MapAsync<int, int>("count_seen", numbers, null, Cancellation), count => Assert.InRange(count, 1, 10));
    }
}
