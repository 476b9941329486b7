using Grpc.Core;
using WorkerPool.V1;

namespace WorkerPool.Fault.Tests;

/// <summary>Faults that strike while no item runs: nobody is charged, and the next job finds its workers.</summary>
public sealed class IdleTests(IdleTests.StrictPool pool) : IClassFixture<IdleTests.StrictPool>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(FaultMatrix.AllOf), Phase.Idle, MemberType = typeof(FaultMatrix))]
    public async Task While_a_worker_is_idle(FaultKind fault, Order order)
    {
        var directory = Directory.CreateTempSubdirectory("wp-gate-");
        try
        {
            var gate = Path.Combine(directory.FullName, "open");
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
            limit.CancelAfter(SupervisorProgram.Limit);
            using var events = pool.Running.Admin.WatchEvents(
                new WatchEventsRequest { Follow = true, FromSequence = await NextSequenceAsync() }, cancellationToken: limit.Token);
            var armed = await StreamedMap.RunAsync(
                pool.Running.Client, FaultyJob.Start(fault, order), FaultyJob.Items(fault, Phase.Idle, gate));
            IsWhole(armed, order);

            await File.WriteAllTextAsync(gate, "", Cancellation);
            if (Expected.Of(fault, Phase.Idle) is Expected.Crash crash)
            {
                var died = await events.ResponseStream.ReadAllAsync(limit.Token).Select(response => response.Event)
                    .FirstAsync(happened => happened.Kind == EventKind.WorkerDied, limit.Token);
                IsTold(died.Message, crash);
            }

            var next = await StreamedMap.RunAsync(
                pool.Running.Client, FaultyJob.Start(FaultKind.Throw, order), FaultyJob.SoundItems);
            IsWhole(next, order);
            await pool.NothingIsLeftAsync();
        }
        finally
        {
            directory.Delete(recursive: true);
        }
    }

    private static void IsWhole(StreamedMap map, Order order)
    {
        Assert.NotNull(FaultyJob.Faulty(map.Results, Phase.Idle, order).Value);
        FaultyJob.AddsUp(map.Summary, failed: 0, restarts: 0);
    }

    private static void IsTold(string message, Expected.Crash crash)
    {
        if (crash.ExitCode is null)
        {
            return;
        }

        var death = crash.Signal is { } signal ? $"died: {signal} (exit code {crash.ExitCode})" : $"died: exit code {crash.ExitCode}";
        var by = crash.Cause switch
        {
            "the pool" => ", by the pool: ",
            "something else" => ", not by the pool",
            _ => ", peak memory",
        };
        Assert.Contains(death + by, message, StringComparison.Ordinal);
    }

    private async Task<ulong> NextSequenceAsync()
    {
        using var call = pool.Running.Admin.WatchEvents(new WatchEventsRequest(), cancellationToken: Cancellation);
        var last = await call.ResponseStream.ReadAllAsync(Cancellation).LastOrDefaultAsync(Cancellation);
        return (last?.Event.Sequence ?? 0) + 1;
    }

    // A worker that is idle goes as soon as it is to be replaced: nothing here is to be replaced, but to die.
    public sealed class StrictPool() : FaultyPool(("Pool__RecycleAboveMemory", $"{MemoryLimit}"));
}
