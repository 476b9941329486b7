using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using WorkerPool.Protocol.Errors;
using WorkerPool.V1;

namespace WorkerPool.Functional.Tests;

/// <summary>How a Supervisor ends, and that it leaves nothing.</summary>
public sealed class EndTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Told_to_stop_it_finishes_what_runs_refuses_what_is_new_and_leaves_nothing()
    {
        await using var supervisor = await RunningSupervisor.StartAsync(workers: 1);
        var ct = TestContext.Current.CancellationToken;
        using var call = supervisor.Client.MapStream(cancellationToken: ct);
        await call.RequestStream.WriteAsync(new MapStreamRequest { Start = new MapStart { Function = "echo" } }, ct);
        Assert.True(await call.ResponseStream.MoveNext(ct));
        ProcessSignals.Send(supervisor.Program.ProcessId, ProcessSignals.Terminate);
        await supervisor.Program.Log.LineAsync("The pool drains").WaitAsync(SupervisorProgram.Limit, ct);

        var error = await Assert.ThrowsAsync<RpcException>(
            async () => await supervisor.Client.ApplyAsync(new ApplyRequest { Function = "echo" }, cancellationToken: ct));
        Assert.Equal((StatusCode.Unavailable, "POOL_DRAINING"), (error.StatusCode, RpcErrors.InfoOf(error)?.Reason));

        // The job that was open goes on, to its end.
        var item = new PackedItems { Sizes = PackedSizes.Of(1), Data = Google.Protobuf.ByteString.CopyFromUtf8("7") };
        await call.RequestStream.WriteAsync(new MapStreamRequest { Items = new ItemBatch { Items = item } }, ct);
        await call.RequestStream.WriteAsync(new MapStreamRequest { End = new InputEnd() }, ct);
        Assert.True(await call.ResponseStream.MoveNext(ct));
        Assert.Equal("7", call.ResponseStream.Current.Results.Batches.Single().Values.Data.ToStringUtf8());
        Assert.True(await call.ResponseStream.MoveNext(ct));
        Assert.Equal(JobOutcome.Completed, call.ResponseStream.Current.Summary.Outcome);
        Assert.Equal(0, await supervisor.Program.Ended.WaitAsync(SupervisorProgram.Limit, ct));
        Assert.Empty(supervisor.Program.Leftovers());
    }

    [Fact]
    public async Task A_job_that_does_not_finish_within_the_grace_is_told_why_it_ends()
    {
        var settings = new Dictionary<string, string> { ["Pool__DrainGrace"] = "00:00:00.2" };
        await using var supervisor = await RunningSupervisor.StartAsync(workers: 1, settings: settings);
        using var call = supervisor.Client.Map(new MapRequest
        {
            Function = "sleep",
            Items = { Value.ForNumber(0), Value.ForNumber(60) },
            Options = new MapOptions { ChunkSize = 2 },
        }, cancellationToken: TestContext.Current.CancellationToken);
        Assert.True(await call.ResponseStream.MoveNext(TestContext.Current.CancellationToken));
        ProcessSignals.Send(supervisor.Program.ProcessId, ProcessSignals.Terminate);
        var error = await Assert.ThrowsAsync<RpcException>(() => call.ResponseStream.MoveNext(TestContext.Current.CancellationToken));
        Assert.Equal((StatusCode.Unavailable, "POOL_DRAINING"), (error.StatusCode, RpcErrors.InfoOf(error)?.Reason));
    }

    [Fact]
    public async Task Told_to_stop_twice_it_ends_at_once()
    {
        var settings = new Dictionary<string, string> { ["Pool__DrainGrace"] = "01:00:00" };
        await using var supervisor = await RunningSupervisor.StartAsync(workers: 1, settings: settings);
        using var map = await OpenMap.StartAsync(supervisor.Client, new MapStart { Function = "sleep" }, "3600");
        ProcessSignals.Send(supervisor.Program.ProcessId, ProcessSignals.Terminate);
        await supervisor.Program.Log.LineAsync("The pool drains").WaitAsync(SupervisorProgram.Limit, Cancellation);
        ProcessSignals.Send(supervisor.Program.ProcessId, ProcessSignals.Terminate);
        var error = await Assert.ThrowsAsync<RpcException>(map.ReadToEndAsync);
        Assert.True(RpcErrors.InfoOf(error)?.Reason == "POOL_DRAINING", $"{error.Status}: {supervisor.Program.Log.Text}");
        Assert.Equal(0, await supervisor.Program.Ended.WaitAsync(SupervisorProgram.Limit, Cancellation));
    }

    [Fact]
    public async Task Told_to_stop_it_does_not_wait_for_a_caller_that_does_not_read()
    {
        var settings = new Dictionary<string, string> { ["Pool__DrainGrace"] = "01:00:00" };
        await using var supervisor = await RunningSupervisor.StartAsync(workers: 1, settings: settings);
        using var map = await OpenMap.StartAsync(supervisor.Client, new MapStart { Function = "sleep" }, "3600");
        await supervisor.Jobs.CancelJobAsync(new CancelJobRequest { Id = map.JobId }, cancellationToken: Cancellation);
        ProcessSignals.Send(supervisor.Program.ProcessId, ProcessSignals.Terminate);
        Assert.Equal(0, await supervisor.Program.Ended.WaitAsync(SupervisorProgram.Limit / 2, Cancellation));
    }

    [Fact]
    public async Task Told_to_stop_it_ends_although_someone_follows_its_events()
    {
        // A stream that it waited for would keep it longer than any limit here.
        var settings = new Dictionary<string, string> { ["Pool__DrainGrace"] = "00:10:00" };
        await using var supervisor = await RunningSupervisor.StartAsync(workers: 1, settings: settings);
        using var call = supervisor.Admin.WatchEvents(new WatchEventsRequest { Follow = true }, cancellationToken: Cancellation);
        Assert.True(await call.ResponseStream.MoveNext(Cancellation));
        ProcessSignals.Send(supervisor.Program.ProcessId, ProcessSignals.Terminate);
        Assert.Equal(0, await supervisor.Program.Ended.WaitAsync(SupervisorProgram.Limit, Cancellation));
    }

    [Fact]
    public async Task Killed_it_leaves_no_process_and_no_file_behind()
    {
        var settings = new Dictionary<string, string> { ["Pool__Spares"] = "1" };
        await using var supervisor = await RunningSupervisor.StartAsync(workers: 2, [Libraries.User], settings);
        supervisor.IsKilled = true;
        var descendants = await FillAsync(supervisor, children: 5);
        ProcessSignals.Send(supervisor.Program.ProcessId, ProcessSignals.Kill);
        await supervisor.Program.Ended.WaitAsync(SupervisorProgram.Limit, Cancellation);
        await Eventually.AskAsync(() => Task.FromResult(LeftOf(supervisor, descendants)), left => left.Count == 0);
    }

    [Fact]
    public async Task What_is_left_when_its_reaper_is_killed_too_goes_with_the_next_start()
    {
        await using var supervisor = await RunningSupervisor.StartAsync(workers: 2, [Libraries.User]);
        supervisor.IsKilled = true;
        var descendants = await FillAsync(supervisor, children: 4);
        var reaper = Assert.Single(descendants, process => process.Command.StartsWith("sh", StringComparison.Ordinal));
        ProcessSignals.Send(reaper.Id, ProcessSignals.Kill);
        ProcessSignals.Send(supervisor.Program.ProcessId, ProcessSignals.Kill);
        await supervisor.Program.Ended.WaitAsync(SupervisorProgram.Limit, Cancellation);
        Assert.NotEmpty(supervisor.Program.Leftovers());

        var settings = new Dictionary<string, string> { ["TMPDIR"] = supervisor.Program.TemporaryFiles };
        await using (var next = await RunningSupervisor.StartAsync(workers: 1, settings: settings))
        {
            await next.WorkerProcessIdAsync();
            Assert.Single(Directory.GetFileSystemEntries(supervisor.Program.TemporaryFiles, "workerpool-*"));
        }

        Assert.Empty(LeftOf(supervisor, descendants));
    }

    [Fact]
    public async Task A_start_leaves_alone_what_belongs_to_another_that_lives()
    {
        await using var supervisor = await RunningSupervisor.StartAsync(workers: 1);
        await supervisor.WorkerProcessIdAsync();
        var settings = new Dictionary<string, string> { ["TMPDIR"] = supervisor.Program.TemporaryFiles };
        await using (var next = await RunningSupervisor.StartAsync(workers: 1, settings: settings))
        {
            await next.WorkerProcessIdAsync();
            Assert.Equal(2, Directory.GetFileSystemEntries(supervisor.Program.TemporaryFiles, "workerpool-*").Length);
        }

        var answer = await supervisor.Client.ApplyAsync(
            new ApplyRequest { Function = "square", Value = Value.ForNumber(3) }, cancellationToken: Cancellation);
        Assert.Equal(Value.ForNumber(9), answer.Value);
    }

    [Fact]
    public async Task A_start_leaves_alone_what_only_has_such_a_name()
    {
        var files = Directory.CreateTempSubdirectory("wp-names-");
        try
        {
            var kept = files.CreateSubdirectory("workerpool-results");
            await File.WriteAllTextAsync(Path.Combine(kept.FullName, "lock"), "somebody's", Cancellation);
            Directory.SetCreationTimeUtc(kept.FullName, DateTime.UnixEpoch);
            var settings = new Dictionary<string, string> { ["TMPDIR"] = files.FullName };
            await using (var supervisor = await RunningSupervisor.StartAsync(workers: 1, settings: settings))
            {
                await supervisor.WorkerProcessIdAsync();
            }

            Assert.Equal(["workerpool-results"], files.GetFileSystemInfos().Select(entry => entry.Name));
        }
        finally
        {
            files.Delete(recursive: true);
        }
    }

    // With workers that are ready, and a child of a worker.
    private static async Task<IReadOnlyList<ProcessEntry>> FillAsync(RunningSupervisor supervisor, int children)
    {
        await supervisor.WorkerProcessIdAsync(slot: 1);
        await supervisor.WorkerProcessIdAsync(slot: 2);
        await supervisor.Client.ApplyAsync(new ApplyRequest { Function = "start_child" }, cancellationToken: Cancellation);
        return await Eventually.AskAsync(
            () => Task.FromResult(ProcessEntry.DescendantsOf(supervisor.Program.ProcessId)), found => found.Count == children);
    }

    private static List<string> LeftOf(RunningSupervisor supervisor, IEnumerable<ProcessEntry> descendants) =>
    [
        .. supervisor.Program.Leftovers(),
        .. descendants.Where(process => ProcessSignals.IsAlive(process.Id)).Select(process => $"{process.Command} ({process.Id})"),
    ];
}
