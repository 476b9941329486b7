using System.Text.Json;
using WorkerPool.Client;

namespace WorkerPool.Command.Tests;

/// <summary>The operators' commands, against a Supervisor of their own.</summary>
public sealed class OperatingTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Workers_are_listed_below_a_sentence_about_the_pool()
    {
        await using var pool = await StartAsync();
        var run = await CommandRun.ToEndAsync("", "workers", "--address", pool.Address);
        Assert.Matches(@"^The pool is ready: \d of 2 workers ready, 0 busy, 0 open jobs, up .+\.$", run.ShouldEndWith(0).Output[0]);
        Assert.Matches(@"^\s+Worker\s+State\s+PID", run.Output[1]);
        Assert.Single(run.Output, line => line.TrimStart().StartsWith("worker-1 ", StringComparison.Ordinal));
        var json = await CommandRun.ToEndAsync("", "workers", "--json", "--address", pool.Address);
        Assert.Equal(["worker-1", "worker-2"], json.ShouldEndWith(0).Output.Select(line => JsonElement.Parse(line).GetProperty("name").GetString()));
    }

    [Fact]
    public async Task A_job_is_listed_with_its_label_cancelled_and_listed_as_such()
    {
        using var gate = new Gate();
        await using var pool = await StartAsync(Libraries.User);
        await using var map = CommandRun.Start("map", "read_file", gate.Path, "--label", "night run", "--weight", "2", "--address", pool.Address);
        await using (await gate.EnteredAsync())
        {
            var running = await CommandRun.ToEndAsync("", "jobs", "--state", "running", "--label", "night run", "--json", "--address", pool.Address);
            var job = JsonElement.Parse(Assert.Single(running.ShouldEndWith(0).Output));
            Assert.Equal(("read_file", 2.0), (job.GetProperty("function").GetString(), job.GetProperty("weight").GetDouble()));
            var id = job.GetProperty("id").GetString()!;
            var cancelled = await CommandRun.ToEndAsync("", "cancel", id, "--address", pool.Address);
            Assert.Matches($@"^{id} is (being )?cancelled; 0 items answered\.$", Assert.Single(cancelled.ShouldEndWith(0).Output));
            var ended = (await map.EndAsync()).ShouldEndWith(3);
            Assert.Contains("cancelled", Assert.Single(ended.Errors), StringComparison.OrdinalIgnoreCase);
            var again = await CommandRun.ToEndAsync("", "jobs", "--state", "cancelled", "--address", pool.Address);
            Assert.Contains(again.ShouldEndWith(0).Output, line => line.TrimStart().StartsWith(id + " ", StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task Jobs_are_limited_and_say_so()
    {
        await using var pool = await StartAsync();
        Assert.Equal(["There are no such jobs."], (await CommandRun.ToEndAsync("", "jobs", "--address", pool.Address)).ShouldEndWith(0).Output);
        foreach (var item in Enumerable.Range(1, 3))
        {
            (await CommandRun.ToEndAsync("", "map", "square", $"{item}", "--address", pool.Address)).ShouldEndWith(0);
        }

        var some = await CommandRun.ToEndAsync("", "jobs", "--limit", "2", "--json", "--address", pool.Address);
        Assert.Equal(2, some.ShouldEndWith(0).Output.Count);
        Assert.Equal(["There are more jobs than these 2: --limit N or --all shows them."], some.Errors);
        var all = await CommandRun.ToEndAsync("", "jobs", "--all", "--json", "--address", pool.Address);
        Assert.Equal(3, all.ShouldEndWith(0).Output.Count);
        Assert.Empty(all.Errors);
    }

    [Fact]
    public async Task A_job_or_worker_that_is_not_there_is_wrong_usage()
    {
        await using var pool = await StartAsync();
        var job = await CommandRun.ToEndAsync("", "cancel", "job-999", "--address", pool.Address);
        Assert.Contains("job-999", Assert.Single(job.ShouldEndWith(2).Errors), StringComparison.Ordinal);
        var worker = await CommandRun.ToEndAsync("", "recycle", "worker-999", "--address", pool.Address);
        Assert.Contains("worker-999", Assert.Single(worker.ShouldEndWith(2).Errors), StringComparison.Ordinal);
        var size = await CommandRun.ToEndAsync("", "resize", "1025", "--address", pool.Address);
        Assert.Contains("1024", Assert.Single(size.ShouldEndWith(2).Errors), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_pool_is_resized_and_its_workers_replaced_under_the_eyes_of_a_follower()
    {
        await using var pool = await StartAsync();
        await using var events = CommandRun.Start("events", "--follow", "--json", "--address", pool.Address);
        Assert.Equal(
            ["The pool is to have 3 workers; "], (await CommandRun.ToEndAsync("", "resize", "3", "--address", pool.Address))
                .ShouldEndWith(0).Output.Select(line => line[..^"2 ready now.".Length]));
        await EventAsync(events, "workerReady", "worker-3");
        Assert.Equal(
            ["worker-1 is being replaced."], (await CommandRun.ToEndAsync("", "recycle", "worker-1", "--address", pool.Address)).ShouldEndWith(0).Output);
        var ended = await EventAsync(events, "workerEnded", "worker-1");
        await EventAsync(events, "workerReady", "worker-1");
        Assert.Equal(
            ["3 workers were replaced."], (await CommandRun.ToEndAsync("", "recycle", "--all", "--address", pool.Address)).ShouldEndWith(0).Output);
        events.Signal(ProcessSignals.Interrupt);
        Assert.Empty((await events.EndAsync()).ShouldEndWith(130).Errors);

        // As a person reads it, from where a follower might have been cut off.
        var rest = await CommandRun.ToEndAsync("", "events", "--from", $"{ended}", "--address", pool.Address);
        Assert.Matches($@"^ +{ended}  \d{{4}}-\d\d-\d\d \d\d:\d\d:\d\d  worker-ended         .*worker-1", rest.ShouldEndWith(0).Output[0]);
    }

    [Fact]
    public async Task A_drain_waits_for_what_is_open_and_takes_nothing_more()
    {
        using var gate = new Gate();
        await using var pool = await StartAsync(Libraries.User);
        await using var map = CommandRun.Start("map", "read_file", gate.Path, "--address", pool.Address);
        await using var events = CommandRun.Start("events", "--follow", "--json", "--address", pool.Address);
        CommandRun drain;
        await using (await gate.EnteredAsync())
        {
            drain = CommandRun.Start("drain", "--grace", "10m", "--address", pool.Address);
            await EventAsync(events, "poolDraining", "");
            var refused = await CommandRun.ToEndAsync("", "map", "square", "1", "--address", pool.Address);
            refused.ShouldEndWith(3);
        }

        await using (drain)
        {
            Assert.Equal(["\"\""], (await map.EndAsync()).ShouldEndWith(0).Output);
            Assert.Equal(["The pool is drained: no job is open, and it takes no more."], (await drain.EndAsync()).ShouldEndWith(0).Output);
        }
    }

    [Fact]
    public async Task The_sdk_watches_a_job_to_its_end()
    {
        using var gate = new Gate();
        await using var pool = await StartAsync(Libraries.User);
        await using var map = CommandRun.Start("map", "read_file", gate.Path, "--label", "watched", "--address", pool.Address);
        await using var admin = PoolAdmin.Connect(pool.Address);
        var states = new List<JobState>();
        var held = await gate.EnteredAsync();
        var job = await admin.ListJobsAsync(new JobFilter { Label = "watched" }, Cancelled).SingleAsync(Cancelled);
        await foreach (var now in admin.WatchJobAsync(job.Id, TimeSpan.FromMilliseconds(50), Cancelled))
        {
            states.Add(now.State);
            await held.DisposeAsync();
        }

        Assert.Equal(JobState.Running, states[0]);
        Assert.Equal(JobState.Completed, states[^1]);
        Assert.Equal(new JobLedger(1, 1, 0, 0), (await admin.GetJobAsync(job.Id, Cancelled)).Ledger);
        (await map.EndAsync()).ShouldEndWith(0);
    }

    private static async Task<RunningSupervisor> StartAsync(params string[] functions)
    {
        var pool = await RunningSupervisor.StartAsync(functions: functions);
        await pool.WorkerProcessIdAsync(slot: 1);
        await pool.WorkerProcessIdAsync(slot: 2);
        return pool;
    }

    // Skips events until one is as expected.
    private static async Task<long> EventAsync(CommandRun events, string kind, string worker)
    {
        while (true)
        {
            var happened = JsonElement.Parse(await events.OutputLineAsync());
            if (happened.GetProperty("kind").GetString() == kind && happened.GetProperty("worker").GetString() == worker)
            {
                return happened.GetProperty("sequence").GetInt64();
            }
        }
    }
}
