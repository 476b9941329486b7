using System.Diagnostics;
using WorkerPool.Client;

namespace WorkerPool.Functional.Tests;

/// <summary>Maps of the SDK whose Supervisor is killed or stopped, or whose network breaks.</summary>
public sealed class ResumeTests
{
    private const int Count = 100_000;

    // So that at any time most of the items are still to be sent.
    private static readonly Dictionary<string, string> SmallWindow = new() { ["Pool__WindowItems"] = "4096" };

    private static readonly PoolOptions Impatient = new() { SilenceLimit = TimeSpan.FromSeconds(2) };

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_supervisor_that_is_killed_and_started_again_costs_nothing_but_time(bool ordered)
    {
        await using var supervisor = await MortalSupervisor.StartAsync(settings: SmallWindow);
        await using var pool = Pool.Connect(supervisor.Address);
        var faults = new Dictionary<int, Func<Task>>();
        foreach (var at in (int[])[1, 20_000, 50_000, 80_000])
        {
            faults[at] = async () =>
            {
                await supervisor.KillAsync();
                await supervisor.RestartAsync();
            };
        }

        var summary = await AssertExactAsync(pool, ordered, faults);
        Assert.Equal(faults.Count, summary.Resumes);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_supervisor_that_is_stopped_for_longer_than_it_may_be_silent_goes_on_with_the_newest_stream(bool ordered)
    {
        await using var supervisor = await RunningSupervisor.StartAsync(settings: SmallWindow);
        await using var pool = Pool.Connect(supervisor.Address, Impatient);
        var stream = Map(pool, ordered);
        var summary = await AssertExactAsync(stream, ordered, new Dictionary<int, Func<Task>>
        {
            [30_000] = async () =>
            {
                ProcessSignals.Send(supervisor.Program.ProcessId, ProcessSignals.Stop);
                await Eventually.AskAsync(() => Task.FromResult(stream.IsReconnecting), isReconnecting => isReconnecting);
                ProcessSignals.Send(supervisor.Program.ProcessId, ProcessSignals.Continue);
            },
        });
        Assert.InRange(summary.Resumes, 1, int.MaxValue);
        var jobs = await pool.Admin.ListJobsAsync(null, Cancelled).ToListAsync(Cancelled);
        Assert.Contains(jobs, job => job.State == JobState.Completed);
        Assert.DoesNotContain(jobs, job => job.State == JobState.Running);
    }

    [Fact]
    public async Task Another_supervisor_takes_over_from_one_that_is_killed()
    {
        await using var first = await MortalSupervisor.StartAsync(settings: SmallWindow);
        await using var second = await RunningSupervisor.StartAsync(settings: SmallWindow);
        await using var pool = Pool.Connect([first.Address, second.Address]);
        var summary = await AssertExactAsync(pool, ordered: true, new Dictionary<int, Func<Task>> { [50_000] = first.KillAsync });
        Assert.Equal(1, summary.Resumes);
        Assert.Equal(49, await pool.ApplyAsync<int, int>("square", 7, null, Cancelled));
    }

    [Fact]
    public async Task Another_supervisor_takes_over_from_one_that_drains()
    {
        var settings = new Dictionary<string, string>(SmallWindow) { ["Pool__DrainGrace"] = "00:00:00" };
        await using var first = await RunningSupervisor.StartAsync(settings: settings);
        await using var second = await RunningSupervisor.StartAsync(settings: settings);
        await using var pool = Pool.Connect([first.Address, second.Address]);
        var summary = await AssertExactAsync(pool, ordered: true, new Dictionary<int, Func<Task>>
        {
            [50_000] = () => first.Program.StopAsync(),
        });
        Assert.Equal(1, summary.Resumes);
    }

    [Fact]
    public async Task A_supervisor_that_does_not_come_back_is_lost_within_the_limit()
    {
        var limit = TimeSpan.FromSeconds(2);
        await using var supervisor = await MortalSupervisor.StartAsync(settings: SmallWindow);
        await using var pool = Pool.Connect(supervisor.Address, new PoolOptions { ReconnectTimeout = limit });
        var taken = 0;
        var killedAt = 0L;
        var lost = await Assert.ThrowsAsync<PoolLostException>(async () =>
        {
            await foreach (var _ in pool.ImapAsync<int, long>("square", Enumerable.Range(0, Count), null, Cancelled))
            {
                if (++taken == 10_000)
                {
                    await supervisor.KillAsync();
                    killedAt = Stopwatch.GetTimestamp();
                }
            }
        });
        Assert.InRange(Stopwatch.GetElapsedTime(killedAt), TimeSpan.Zero, limit * 10);
        Assert.Equal((taken, taken), (lost.AnsweredCount, lost.Unanswered[0].First));
        Assert.InRange(lost.UnansweredCount, 1, 4096);
        Assert.Contains(supervisor.Address, lost.Message, StringComparison.Ordinal);
        var unreachable = await Assert.ThrowsAnyAsync<PoolUnreachableException>(
            () => pool.ApplyAsync<int, int>("square", 1, null, Cancelled));
        Assert.IsNotType<PoolLostException>(unreachable);
    }

    [Fact]
    public async Task Applies_wait_for_a_supervisor_that_is_started_again()
    {
        await using var supervisor = await MortalSupervisor.StartAsync();
        await using var pool = Pool.Connect(supervisor.Address);
        Assert.Equal(4, await pool.ApplyAsync<int, int>("square", 2, null, Cancelled));
        await supervisor.KillAsync();
        var calls = Enumerable.Range(0, 20).Select(n => pool.ApplyAsync<int, int>("square", n, null, CancellationToken.None)).ToList();
        var resize = pool.Admin.ResizeAsync(1, Cancelled);
        var workers = pool.Admin.ListWorkersAsync(Cancelled);
        await supervisor.RestartAsync();
        Assert.Equal(Enumerable.Range(0, 20).Select(n => n * n), await Task.WhenAll(calls));
        Assert.Equal(1, (await resize).SlotCount);
        Assert.NotEmpty(await workers);
    }

    [Theory]
    [InlineData(true, true)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(false, false)]
    public async Task Connections_that_are_cut_in_the_middle_of_messages_cost_nothing(bool ordered, bool toServer)
    {
        await using var supervisor = await RunningSupervisor.StartAsync(settings: SmallWindow);
        await using var proxy = FaultyProxy.Start(
            supervisor.Address, number => number < 12 ? new ProxyFault(ProxyFaultKind.Cut, toServer, 10_007 * (number + 1)) : null);
        await using var pool = Pool.Connect(proxy.Address);
        var summary = await AssertExactAsync(pool, ordered, []);
        Assert.InRange(summary.Resumes, 1, proxy.AcceptedCount);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_connection_that_is_a_black_hole_is_noticed(bool toServer)
    {
        await using var supervisor = await RunningSupervisor.StartAsync(settings: SmallWindow);

        // The first is for calls, the next for maps.
        await using var proxy = FaultyProxy.Start(
            supervisor.Address, number => number is 1 or 2 ? new ProxyFault(ProxyFaultKind.Stall, toServer, 50_000) : null);
        await using var pool = Pool.Connect(proxy.Address, Impatient);
        var summary = await AssertExactAsync(pool, ordered: true, []);
        Assert.InRange(summary.Resumes, 2, int.MaxValue);
    }

    private static MapStream<long> Map(Pool pool, bool ordered) => ordered
        ? pool.ImapOutcomesAsync<int, long>("square", Enumerable.Range(0, Count), null, Cancelled)
        : pool.ImapUnorderedOutcomesAsync<int, long>("square", Enumerable.Range(0, Count), null, Cancelled);

    private static Task<MapSummary> AssertExactAsync(Pool pool, bool ordered, Dictionary<int, Func<Task>> faults) =>
        AssertExactAsync(Map(pool, ordered), ordered, faults);

    // What goes wrong, goes wrong after so many results.
    private static async Task<MapSummary> AssertExactAsync(MapStream<long> stream, bool ordered, Dictionary<int, Func<Task>> faults)
    {
        var isThere = new bool[Count];
        var taken = 0;
        await foreach (var outcome in stream.WithCancellation(Cancelled))
        {
            Assert.False(isThere[outcome.Index]);
            isThere[outcome.Index] = true;
            Assert.Equal(outcome.Index * outcome.Index, outcome.Value);
            Assert.True(!ordered || outcome.Index == taken);
            if (faults.TryGetValue(++taken, out var strike))
            {
                await strike();
            }
        }

        Assert.Equal(Count, taken);
        Assert.Equal(new JobLedger(Count, Count, 0, 0), stream.Summary!.Ledger);
        return stream.Summary;
    }
}
