using Grpc.Core;
using WorkerPool.Protocol.Errors;
using WorkerPool.V1;

namespace WorkerPool.Fault.Tests;

/// <summary>Faults that strike while a worker loads its functions: the pool takes no jobs and says why, and nothing spins.</summary>
public sealed class LoadTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(FaultMatrix.AllOf), Phase.Load, MemberType = typeof(FaultMatrix))]
    public async Task While_a_worker_loads(FaultKind fault, Order order)
    {
        // One that takes all its time is enough.
        var isHang = Expected.Of(fault, Phase.MidChunk) is Expected.Timeout;
        var settings = new Dictionary<string, string>(FaultyPool.Common)
        {
            ["FAULT_AT_LOAD"] = $"{fault}",
            ["Pool__MaxRestarts"] = isHang ? "1000" : "1",
            ["Pool__StartTimeout"] = isHang ? "00:00:01" : "00:01:00",
        };
        await using var supervisor = await RunningSupervisor.StartAsync(workers: 1, [FaultyPool.Library], settings);
        var call = StreamedMap.RunAsync(supervisor.Client, FaultyJob.Start(FaultKind.Throw, order), FaultyJob.SoundItems);
        if (WordsFor(fault) is not { } words)
        {
            FaultyJob.AddsUp((await call).Summary, failed: 0, restarts: 0);
            return;
        }

        supervisor.MayLogErrors = true;
        var error = await Assert.ThrowsAsync<RpcException>(() => call);
        var info = RpcErrors.InfoOf(error);
        Assert.Equal((StatusCode.Unavailable, "POOL_BROKEN"), (error.StatusCode, info?.Reason));
        Assert.Equal(
            fault is FaultKind.Throw or FaultKind.ThrowUnreadable ? "FUNCTION_LIBRARY_INVALID" : "WORKER_START_FAILED", info?.Metadata["cause"]);
        Assert.Contains(words, error.Status.Detail, StringComparison.Ordinal);
        var pool = await supervisor.Admin.GetPoolAsync(new GetPoolRequest(), cancellationToken: Cancellation);
        Assert.Equal(PoolState.Broken, pool.Pool.State);
    }

    [Fact]
    public async Task Of_many_workers_only_as_many_start_at_once_as_the_processors_can_serve()
    {
        var most = 2 * Environment.ProcessorCount;
        var settings = new Dictionary<string, string>(FaultyPool.Common)
        {
            ["FAULT_AT_LOAD"] = $"{FaultKind.HangBlocked}",
            ["Pool__MaxRestarts"] = "1000",
            ["Pool__StartTimeout"] = "00:01:00",
        };
        await using var supervisor = await RunningSupervisor.StartAsync(workers: most + 3, [FaultyPool.Library], settings);
        supervisor.MayLogErrors = true;
        var seen = new HashSet<int>();
        for (var killed = 0; killed <= 3; killed++)
        {
            // Each hangs until it is killed, and then another takes its turn.
            var starting = await Eventually.AskAsync(() => Task.FromResult(Starting(supervisor)), found => found.Except(seen).Any() && found.Count >= most);
            Assert.Equal(most, starting.Count);
            seen.UnionWith(starting);
            ProcessSignals.Send(starting[0], ProcessSignals.Kill);
        }
    }

    private static List<int> Starting(RunningSupervisor supervisor) =>
        [.. ProcessEntry.DescendantsOf(supervisor.Program.ProcessId).Where(process => process.Command == "dotnet").Select(process => process.Id)];

    // Null: the library can be used.
    private static string? WordsFor(FaultKind fault) => (fault, Expected.Of(fault, Phase.MidChunk)) switch
    {
        (FaultKind.Throw, _) => "on purpose",
        (FaultKind.ThrowUnreadable, _) => "UnreadableException",
        (FaultKind.ExceedMemory, _) => "more than its limit",
        (_, Expected.Timeout) => "did not start within 1 s",
        (_, Expected.Crash { Signal: { } signal }) => signal,
        (_, Expected.Crash { ExitCode: var exitCode }) => $"exit code {exitCode}",
        _ => null,
    };
}
