using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using WorkerPool.Protocol.Errors;
using WorkerPool.Supervisor.Security;
using WorkerPool.V1;

namespace WorkerPool.Functional.Tests.Security;

/// <summary>Each RPC serves the roles that the table says, and nobody else.</summary>
public sealed class RoleTests
{
    private static readonly Marshaller<byte[]> Raw = Marshallers.Create(bytes => bytes, bytes => bytes);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_rpc_serves_the_roles_of_its_row_and_nobody_else()
    {
        await using var secured = await SecuredSupervisor.StartAsync();
        var callers = secured.Tokens.Select(each => ((Role?)each.Key, secured.Invoker(each.Value))).Prepend((null, secured.Invoker(null))).ToList();

        // DrainPool is the last: after it there is nothing to serve.
        foreach (var (path, rule) in RpcRules.Table.OrderBy(row => row.Key.EndsWith("/DrainPool", StringComparison.Ordinal)))
        {
            foreach (var (role, invoker) in callers)
            {
                var (status, reason) = await CallAsync(invoker, path);
                var expected = rule.Role is not { } needed || role >= needed ? Answer.Served
                    : role is null ? Answer.Unknown
                    : Answer.Refused;
                var actual = (status, reason) switch
                {
                    (StatusCode.Unauthenticated, ErrorReasons.CallerUnknown) => Answer.Unknown,
                    (StatusCode.PermissionDenied, ErrorReasons.RoleTooLow) => Answer.Refused,
                    (StatusCode.Unauthenticated or StatusCode.PermissionDenied or StatusCode.Unimplemented, _) => Answer.Other,
                    _ => Answer.Served,
                };
                Assert.True(expected == actual, $"{path} for {role?.ToString() ?? "nobody"}: {status} {reason}; expected: {expected}");
            }
        }
    }

    [Fact]
    public async Task A_refusal_says_which_role_is_needed_and_which_there_is()
    {
        await using var secured = await SecuredSupervisor.StartAsync();
        var admin = new AdminService.AdminServiceClient(secured.Invoker(secured.Tokens[Role.Submitter]));
        var error = await Assert.ThrowsAsync<RpcException>(async () => await admin.ResizePoolAsync(new ResizePoolRequest { WorkerCount = 2 }, cancellationToken: Cancellation));
        Assert.Equal("ResizePool takes the role admin; \"submitter\" has the role submitter.", error.Status.Detail);
        Assert.Equal(("admin", "submitter"), (RpcErrors.InfoOf(error)!.Metadata["needed"], RpcErrors.InfoOf(error)!.Metadata["actual"]));
    }

    [Fact]
    public async Task A_submitter_cancels_its_own_jobs_and_no_others()
    {
        using var gate = new TemporaryFile();
        await using var secured = await SecuredSupervisor.StartAsync();
        var submitter = new JobService.JobServiceClient(secured.Invoker(secured.Tokens[Role.Submitter]));
        using var theirs = await OpenMap.StartAsync(
            new PoolService.PoolServiceClient(secured.Invoker(secured.Tokens[Role.Admin])), new MapStart { Function = "wait_for" }, gate.Item);
        using var own = await OpenMap.StartAsync(
            new PoolService.PoolServiceClient(secured.Invoker(secured.Tokens[Role.Submitter])), new MapStart { Function = "wait_for" }, gate.Item);
        var jobs = (await secured.Running.Jobs.ListJobsAsync(new ListJobsRequest(), cancellationToken: Cancellation)).Jobs;
        var (ownJob, otherJob) = (jobs.Single(job => job.Caller.StartsWith("submitter (", StringComparison.Ordinal)), jobs.Single(job => job.Caller.StartsWith("admin (", StringComparison.Ordinal)));
        var error = await Assert.ThrowsAsync<RpcException>(async () => await submitter.CancelJobAsync(new CancelJobRequest { Id = otherJob.Id }, cancellationToken: Cancellation));
        Assert.Equal((StatusCode.PermissionDenied, "ROLE_TOO_LOW"), (error.StatusCode, RpcErrors.InfoOf(error)?.Reason));
        await submitter.CancelJobAsync(new CancelJobRequest { Id = ownJob.Id }, cancellationToken: Cancellation);
        Assert.Equal(JobState.Running, (await submitter.GetJobAsync(new GetJobRequest { Id = otherJob.Id }, cancellationToken: Cancellation)).Job.State);
        await secured.Running.Jobs.CancelJobAsync(new CancelJobRequest { Id = otherJob.Id }, cancellationToken: Cancellation);
    }

    [Fact]
    public async Task What_operators_do_is_written_down_with_who_and_what_and_outcome()
    {
        await using var secured = await SecuredSupervisor.StartAsync();
        var log = secured.Running.Program.Log;
        await secured.Running.Admin.ResizePoolAsync(new ResizePoolRequest { WorkerCount = 3 }, cancellationToken: Cancellation);
        await log.LineAsync(@"^ +admin \(ipv4:127\.0\.0\.1:\d+\), Admin, called /workerpool\.v1\.AdminService/ResizePool \{ ""workerCount"": 3 \} at \d{4}-.*: OK").WaitAsync(SupervisorProgram.Limit, Cancellation);
        await Assert.ThrowsAsync<RpcException>(async () => await secured.Running.Admin.ResizePoolAsync(new ResizePoolRequest { WorkerCount = -1 }, cancellationToken: Cancellation));
        await log.LineAsync(@"""workerCount"": -1 \} at .*: InvalidArgument").WaitAsync(SupervisorProgram.Limit, Cancellation);
        Assert.Equal(2, log.Lines.Count(line => line.Contains("AuditLog[4001]", StringComparison.Ordinal)));
        await secured.Running.Admin.GetPoolAsync(new GetPoolRequest(), cancellationToken: Cancellation);
        Assert.DoesNotContain(log.Lines, line => line.Contains("called /workerpool.v1.AdminService/GetPool", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Without_callers_whoever_reaches_a_pool_may_do_everything_and_it_is_written_down()
    {
        await using var supervisor = await RunningSupervisor.StartAsync(workers: 1);
        await supervisor.Admin.ResizePoolAsync(new ResizePoolRequest { WorkerCount = 2 }, cancellationToken: Cancellation);
        await supervisor.Program.Log.LineAsync(@"ipv4:127\.0\.0\.1:\d+, Admin, called .*ResizePool").WaitAsync(SupervisorProgram.Limit, Cancellation);
    }

    // An empty message is a request of every RPC: what it asks for is wrong at most. Streams of requests end at once.
    private static async Task<(StatusCode Status, string? Reason)> CallAsync(CallInvoker invoker, string path)
    {
        var parts = path.Split('/');
        var method = new Method<byte[], byte[]>(MethodType.DuplexStreaming, parts[1], parts[2], Raw, Raw);
        using var call = invoker.AsyncDuplexStreamingCall(method, null, new CallOptions(cancellationToken: Cancellation));
        try
        {
            if (!path.EndsWith("/MapStream", StringComparison.Ordinal) && !path.EndsWith("/ServerReflectionInfo", StringComparison.Ordinal))
            {
                await call.RequestStream.WriteAsync([], Cancellation);
            }

            await call.RequestStream.CompleteAsync();
        }
        catch (Exception error) when (error is RpcException or InvalidOperationException)
        {
            // It was answered before it was sent.
        }

        try
        {
            await call.ResponseStream.MoveNext(Cancellation);
            return (StatusCode.OK, null);
        }
        catch (RpcException error)
        {
            return (error.StatusCode, RpcErrors.InfoOf(error)?.Reason);
        }
    }

    private enum Answer
    {
        Served,
        Unknown,
        Refused,
        Other,
    }
}
