using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using WorkerPool.V1;

namespace WorkerPool.Functional.Tests;

/// <summary>Workers that die, hang or are stopped while they have work.</summary>
public sealed class FaultTests
{
    private static readonly Duration Timeout = Duration.FromTimeSpan(TimeSpan.FromSeconds(2));

    // A busy machine must not look like a dead worker: silence is long, unless the test is about it.
    private static readonly Dictionary<string, string> Settings = new()
    {
        ["Pool__CancellationGrace"] = "00:00:00.3",
        ["Pool__SilenceLimit"] = "00:00:30",
    };

    // Nor an item that yields like one that does not: only the tests of the latter have a short grace.
    private static readonly Dictionary<string, string> PatientSettings = new() { ["Pool__CancellationGrace"] = "00:00:30" };

    private static readonly Dictionary<string, string> ImpatientSettings = new() { ["Pool__SilenceLimit"] = "00:00:05" };

    [Theory]
    [InlineData(ProcessSignals.Kill)]
    [InlineData(ProcessSignals.Stop)]
    public async Task A_worker_that_is_killed_or_stopped_in_the_middle_of_a_map_costs_nothing(int signal)
    {
        await using var supervisor = await RunningSupervisor.StartAsync(
            workers: 2, settings: signal == ProcessSignals.Stop ? ImpatientSettings : Settings);
        var victim = await supervisor.WorkerProcessIdAsync(slot: 1);
        await supervisor.WorkerProcessIdAsync(slot: 2);
        var isHit = false;
        var items = Enumerable.Repeat("0.002", 1000).ToList();
        var map = await StreamedMap.RunAsync(supervisor.Client, new MapStart { Function = "sleep" }, items, _ =>
        {
            if (!isHit)
            {
                isHit = true;
                ProcessSignals.Send(victim, signal);
            }
        });
        Assert.Equal(items, map.Results.Select(result => result.Value));
        Assert.Equal(1u, map.Summary?.WorkerRestarts);
        await supervisor.WorkerProcessIdAsync(slot: 1, incarnation: 2);
        Assert.False(ProcessSignals.IsAlive(victim));
    }

    // They lie in memory that both map, which goes on as long as the Supervisor.
    [Theory]
    [InlineData(ProcessSignals.Kill)]
    [InlineData(ProcessSignals.Stop)]
    public async Task A_worker_that_is_killed_or_stopped_with_large_items_costs_nothing(int signal)
    {
        await using var supervisor = await RunningSupervisor.StartAsync(
            workers: 2, [Libraries.User], signal == ProcessSignals.Stop ? ImpatientSettings : Settings);
        var victim = await supervisor.WorkerProcessIdAsync(slot: 1);
        await supervisor.WorkerProcessIdAsync(slot: 2);
        Assert.Contains("memfd:workerpool", await File.ReadAllTextAsync($"/proc/{victim}/maps", TestContext.Current.CancellationToken), StringComparison.Ordinal);
        var isHit = false;
        var items = Enumerable.Range(0, 1000).Select(number => $"\"{new string((char)('a' + (number % 26)), 30_000)}{number}\"").ToList();
        var map = await StreamedMap.RunAsync(supervisor.Client, new MapStart { Function = "slow_text" }, items, _ =>
        {
            if (!isHit)
            {
                isHit = true;
                ProcessSignals.Send(victim, signal);
            }
        });
        Assert.True(items.SequenceEqual(map.Results.Select(result => result.Value!)));
        Assert.Equal(1u, map.Summary?.WorkerRestarts);
    }

    [Theory]
    [InlineData(Order.Input)]
    [InlineData(Order.Completion)]
    public async Task Of_ten_workers_that_have_very_many_quick_chunks_some_die_and_it_costs_nothing(Order order)
    {
        await using var supervisor = await RunningSupervisor.StartAsync(workers: 10, settings: Settings);
        var victims = new Queue<int>();
        for (var slot = 1; slot <= 10; slot++)
        {
            var id = await supervisor.WorkerProcessIdAsync(slot);
            if (slot <= 5)
            {
                victims.Enqueue(id);
            }
        }

        if (order == Order.Completion)
        {
            // In order everything would wait for it.
            ProcessSignals.Send(victims.Peek(), ProcessSignals.Stop);
        }

        var items = Json.Range(60_000);
        var start = new MapStart { Function = "echo", Options = new MapOptions { ChunkSize = 1, Order = order } };
        var map = await StreamedMap.RunAsync(supervisor.Client, start, items, map =>
        {
            if (map.Results.Count > (6 - victims.Count) * 5000 && victims.TryDequeue(out var victim))
            {
                ProcessSignals.Send(victim, ProcessSignals.Kill);
            }
        });
        Assert.Equal(items, map.Results.OrderBy(result => result.Index).Select(result => result.Value));
        Assert.Empty(victims);
    }

    [Fact]
    public async Task A_worker_that_is_killed_while_it_is_being_sent_a_large_chunk_costs_nothing()
    {
        await using var supervisor = await RunningSupervisor.StartAsync(workers: 1, settings: Settings);
        var victim = await supervisor.WorkerProcessIdAsync(slot: 1);
        ProcessSignals.Send(victim, ProcessSignals.Stop);

        // More than the connection takes while nobody reads it: the write is under way when the worker dies.
        var item = $"\"{new string('x', 6 << 20)}\"";
        var start = new MapStart { Function = "echo", Options = new MapOptions { ChunkSize = 3 } };
        using var map = await OpenMap.StartAsync(supervisor.Client, start, item, item, item);
        await Eventually.AskAsync(
            async () => (await supervisor.Jobs.GetJobAsync(new GetJobRequest { Id = map.JobId })).Job, job => job.WorkersInUse == 1);
        ProcessSignals.Send(victim, ProcessSignals.Kill);
        Assert.Equal(3ul, (await map.FinishAsync()).Ledger.Succeeded);
    }

    [Fact]
    public async Task An_item_that_kills_its_worker_fails_alone()
    {
        await using var supervisor = await RunningSupervisor.StartAsync(workers: 2, [Libraries.User], Settings);
        var map = await StreamedMap.RunAsync(supervisor.Client, new MapStart { Function = "die_on_13" }, Json.Range(200));
        Assert.Equal(
            Json.Range(200).Where(item => item != "13"),
            map.Results.Where(result => result.Error is null).Select(result => result.Value));
        var error = Assert.Single(map.Results, result => result.Error is not null).Error!;
        Assert.Equal((13ul, "WORKER_CRASHED", 3u, "42"), (error.Index, error.Reason, error.Attempts, error.Metadata["exit_code"]));
        Assert.Equal(3u, map.Summary?.WorkerRestarts);
    }

    [Fact]
    public async Task An_item_over_its_timeout_yields_and_its_neighbours_and_its_worker_are_unharmed()
    {
        await using var supervisor = await RunningSupervisor.StartAsync(workers: 1, settings: PatientSettings);
        await StreamedMap.RunAsync(supervisor.Client, new MapStart { Function = "sleep" }, ["0"]);
        var options = new MapOptions { ItemTimeout = Timeout, ChunkSize = 3 };
        var map = await StreamedMap.RunAsync(supervisor.Client, new MapStart { Function = "sleep", Options = options }, ["0", "30", "0"]);
        Assert.Equal(["0", null, "0"], map.Results.Select(result => result.Value));
        Assert.Equal("ITEM_TIMEOUT", map.Results[1].Error?.Reason);
        Assert.Equal(0u, map.Summary?.WorkerRestarts);
    }

    [Fact]
    public async Task An_item_over_its_timeout_that_does_not_yield_is_ended_with_its_worker_and_fails_alone()
    {
        await using var supervisor = await RunningSupervisor.StartAsync(workers: 1, [Libraries.User], Settings);
        await StreamedMap.RunAsync(supervisor.Client, new MapStart { Function = "hang_on_13" }, ["1"]);
        var options = new MapOptions { ItemTimeout = Timeout, ChunkSize = 5 };
        var map = await StreamedMap.RunAsync(
            supervisor.Client, new MapStart { Function = "hang_on_13", Options = options }, ["11", "12", "13", "14", "15"]);
        Assert.Equal(["11", "12", null, "14", "15"], map.Results.Select(result => result.Value));
        Assert.Equal("ITEM_TIMEOUT", map.Results[2].Error?.Reason);
        Assert.Equal(1u, map.Summary?.WorkerRestarts);
    }

    [Fact]
    public async Task A_cancelled_job_frees_its_worker_at_once()
    {
        await using var supervisor = await RunningSupervisor.StartAsync(workers: 1, settings: PatientSettings);
        using (var call = supervisor.Client.Map(new MapRequest
        {
            Function = "sleep",
            Items = { Value.ForNumber(0), Value.ForNumber(30) },
            Options = new MapOptions { ChunkSize = 2 },
        }, cancellationToken: TestContext.Current.CancellationToken))
        {
            // Both are one chunk: when the first is answered, the second runs.
            Assert.True(await call.ResponseStream.MoveNext(TestContext.Current.CancellationToken));
        }

        var response = await supervisor.Client
            .ApplyAsync(new ApplyRequest { Function = "process_info" },
                cancellationToken: TestContext.Current.CancellationToken)
            .ResponseAsync.WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken);
        Assert.Equal(ApplyResponse.OutcomeOneofCase.Value, response.OutcomeCase);
        Assert.Single(supervisor.Program.WorkerProcessIds);
    }

    [Fact]
    public async Task A_cancelled_item_that_does_not_yield_costs_its_worker()
    {
        await using var supervisor = await RunningSupervisor.StartAsync(workers: 1, [Libraries.User], Settings);
        using (var call = supervisor.Client.Map(new MapRequest
        {
            Function = "hang_on_13",
            Items = { Value.ForNumber(1), Value.ForNumber(13) },
            Options = new MapOptions { ChunkSize = 2 },
        }, cancellationToken: TestContext.Current.CancellationToken))
        {
            Assert.True(await call.ResponseStream.MoveNext(TestContext.Current.CancellationToken));
        }

        await supervisor.Client.ApplyAsync(new ApplyRequest { Function = "process_info" },
            cancellationToken: TestContext.Current.CancellationToken);
        Assert.Equal(2, supervisor.Program.WorkerProcessIds.Count);
    }
}
