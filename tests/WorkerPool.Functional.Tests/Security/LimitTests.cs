using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using WorkerPool.Protocol.Errors;
using WorkerPool.Supervisor.Security;
using WorkerPool.V1;

namespace WorkerPool.Functional.Tests.Security;

/// <summary>What one caller may take, and others do not notice.</summary>
public sealed class LimitTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task More_requests_than_a_caller_may_make_are_refused_with_the_time_to_wait()
    {
        await using var secured = await SecuredSupervisor.StartAsync(",\"requestsPerSecond\":2");
        var limited = new PoolService.PoolServiceClient(secured.Invoker(secured.Tokens[Role.Submitter]));
        var request = new ListFunctionsRequest();
        await limited.ListFunctionsAsync(request, cancellationToken: Cancellation);
        var calls = Enumerable.Range(0, 50).Select(_ => limited.ListFunctionsAsync(request, cancellationToken: Cancellation).ResponseAsync).ToList();
        var error = await Assert.ThrowsAsync<RpcException>(() => Task.WhenAll(calls));
        Assert.Equal((StatusCode.ResourceExhausted, "TOO_MANY_REQUESTS"), (error.StatusCode, RpcErrors.InfoOf(error)?.Reason));
        Assert.Equal(TimeSpan.FromSeconds(0.5), error.GetRpcStatus()?.GetDetail<Google.Rpc.RetryInfo>()?.RetryDelay.ToTimeSpan());

        var other = new PoolService.PoolServiceClient(secured.Invoker(secured.Tokens[Role.Viewer]));
        for (var i = 0; i < 20; i++)
        {
            await other.ListFunctionsAsync(request, cancellationToken: Cancellation);
        }

        await Eventually.AskAsync(
            async () =>
            {
                try
                {
                    await limited.ListFunctionsAsync(request, cancellationToken: Cancellation);
                    return true;
                }
                catch (RpcException e) when (e.StatusCode == StatusCode.ResourceExhausted)
                {
                    return false;
                }
            },
            isServed => isServed);
    }

    [Fact]
    public async Task More_jobs_than_a_caller_may_have_open_are_refused_and_others_have_theirs()
    {
        using var gate = new TemporaryFile();
        await using var secured = await SecuredSupervisor.StartAsync(",\"maxOpenJobs\":1,\"maxBufferedBytes\":4194304");
        var limited = new PoolService.PoolServiceClient(secured.Invoker(secured.Tokens[Role.Submitter]));
        var start = new MapStart { Function = "wait_for" };
        using var open = await OpenMap.StartAsync(limited, start, gate.Item);
        var error = await Assert.ThrowsAsync<RpcException>(() => StreamedMap.RunAsync(limited, start, ["\"\""]));
        Assert.Equal((StatusCode.ResourceExhausted, "TOO_MANY_JOBS"), (error.StatusCode, RpcErrors.InfoOf(error)?.Reason));
        Assert.StartsWith("\"submitter\" has 1 jobs open", error.Status.Detail, StringComparison.Ordinal);
        using var other = await OpenMap.StartAsync(secured.Running.Client, start, gate.Item);
        gate.Make();
        await open.FinishAsync();
        await other.FinishAsync();

        // One item of what the caller may hold in all.
        var large = new ApplyRequest { Function = "echo", Value = Value.ForString(new string('x', 5 << 20)) };
        error = await Assert.ThrowsAsync<RpcException>(async () => await limited.ApplyAsync(large, cancellationToken: Cancellation));
        Assert.Equal("BUFFERS_FULL", RpcErrors.InfoOf(error)?.Reason);
        Assert.NotNull((await secured.Running.Client.ApplyAsync(large, cancellationToken: Cancellation)).Value);
    }

    [Fact]
    public async Task A_caller_with_many_jobs_has_no_more_of_the_workers_than_one_with_one()
    {
        using var gate = new TemporaryFile();
        await using var secured = await SecuredSupervisor.StartAsync();
        var many = new PoolService.PoolServiceClient(secured.Invoker(secured.Tokens[Role.Submitter]));
        var single = secured.Running.Client;
        using var holding = await OpenMap.StartAsync(
            single, new MapStart { Function = "wait_for", Options = new MapOptions { ChunkSize = 1 } }, gate.Item, gate.Item);
        await Eventually.AskAsync(
            async () => (await secured.Running.Admin.GetPoolAsync(new GetPoolRequest(), cancellationToken: Cancellation)).Pool,
            pool => pool.BusyWorkers == 2);

        // All wait, those of the one with many first, until both workers are free.
        var jobs = new List<OpenMap>();
        foreach (var client in (PoolService.PoolServiceClient[])[many, many, many, many, single])
        {
            jobs.Add(await OpenMap.StartAsync(
                client, new MapStart { Function = "sleep", Options = new MapOptions { ChunkSize = 1 } }, [.. Enumerable.Repeat("0.005", 100)]));
            await Eventually.AskAsync(
                async () => (await secured.Running.Jobs.GetJobAsync(new GetJobRequest { Id = jobs[^1].JobId }, cancellationToken: Cancellation)).Job,
                job => job.WaitingItems == 100);
        }

        gate.Make();
        await Task.WhenAll(jobs.Select(job => job.FinishAsync()).Append(holding.FinishAsync()));
        var ends = (await EventLogs.KeptAsync(secured.Running.Admin)).Where(happened => happened.Kind == EventKind.JobEnded).Select(happened => happened.JobId);
        Assert.Equal([holding.JobId, jobs[^1].JobId], ends.Take(2));
        jobs.ForEach(job => job.Dispose());
    }
}
