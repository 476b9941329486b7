using Grpc.Core;
using WorkerPool.V1;

namespace WorkerPool.Functional.Tests;

/// <summary>Reads what happened to a pool.</summary>
internal static class EventLogs
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>What is kept.</summary>
    public static async Task<IReadOnlyList<PoolEvent>> KeptAsync(AdminService.AdminServiceClient admin, ulong from = 0)
    {
        using var call = admin.WatchEvents(new WatchEventsRequest { FromSequence = from }, cancellationToken: Cancellation);
        return await call.ResponseStream.ReadAllAsync(Cancellation).Select(response => response.Event).ToListAsync(Cancellation);
    }

    /// <summary>Waits until so many events of a kind have happened, of the pool's life.</summary>
    /// <returns>All that happened until then.</returns>
    public static async Task<IReadOnlyList<PoolEvent>> UntilAsync(AdminService.AdminServiceClient admin, EventKind kind, int count)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        limit.CancelAfter(SupervisorProgram.Limit);
        using var call = admin.WatchEvents(new WatchEventsRequest { Follow = true }, cancellationToken: limit.Token);
        var seen = new List<PoolEvent>();
        while (seen.Count(happened => happened.Kind == kind) < count)
        {
            Assert.True(await call.ResponseStream.MoveNext(limit.Token));
            seen.Add(call.ResponseStream.Current.Event);
        }

        return seen;
    }

    /// <summary>Waits for the first event of a kind.</summary>
    public static async Task<PoolEvent> NextAsync(AdminService.AdminServiceClient admin, EventKind kind) =>
        (await UntilAsync(admin, kind, 1))[^1];
}
