using System.Globalization;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using WorkerPool.Protocol.Errors;
using WorkerPool.Processes;
using WorkerPool.Supervisor.Hosting;
using WorkerPool.V1;

namespace WorkerPool.Supervisor.Api;

/// <summary>The public API for those who operate the pool.</summary>
/// <param name="pool">The pool.</param>
/// <param name="time">Tells how long items have run.</param>
internal sealed class AdminApi(Pool pool, TimeProvider time) : AdminService.AdminServiceBase
{
    private const string WorkerPrefix = "worker-";

    /// <inheritdoc/>
    public override async Task<GetPoolResponse> GetPool(GetPoolRequest request, ServerCallContext context) =>
        new() { Pool = await StatusAsync() };

    /// <inheritdoc/>
    public override async Task<ListWorkersResponse> ListWorkers(ListWorkersRequest request, ServerCallContext context)
    {
        var snapshot = await pool.SnapshotAsync();
        return new ListWorkersResponse { Workers = { snapshot.Workers.Select(worker => PoolStatuses.From(worker, time)) } };
    }

    /// <inheritdoc/>
    public override async Task<GetWorkerResponse> GetWorker(GetWorkerRequest request, ServerCallContext context)
    {
        var snapshot = await pool.SnapshotAsync();
        var worker = SlotOf(request.Name) is { } slot ? snapshot.Workers.FirstOrDefault(worker => worker.Slot.Number == slot) : null;
        return worker is null
            ? throw Unknown($"There is no worker \"{request.Name}\". ListWorkers lists them, such as \"worker-1\".")
            : new GetWorkerResponse
            {
                Worker = PoolStatuses.From(worker, time),
                Ends = { pool.EndsOf(worker.Slot.Number).Select(EndedWorkers.From) },
                LastOutput = { pool.LastOutputOf(worker.Slot.Number).Select(EndedWorkers.From) },
            };
    }

    /// <inheritdoc/>
    public override async Task<ResizePoolResponse> ResizePool(ResizePoolRequest request, ServerCallContext context)
    {
        if (request.WorkerCount is < 1 or > WorkerCount.Max)
        {
            throw RpcErrors.Invalid("worker_count", $"worker_count is {request.WorkerCount}; expected 1 to {WorkerCount.Max}.");
        }

        if (!pool.IsResizable)
        {
            throw RpcErrors.Create(
                StatusCode.FailedPrecondition,
                ErrorReasons.PoolNotResizable,
                "The pool has a worker in each place of its keepers. Change the number of keepers, such as by 'kubectl scale', or the places of each (Keeper:Workers).");
        }

        pool.Resize(request.WorkerCount);
        return new ResizePoolResponse { Pool = await StatusAsync() };
    }

    /// <inheritdoc/>
    public override async Task<RecycleWorkerResponse> RecycleWorker(RecycleWorkerRequest request, ServerCallContext context)
    {
        if (SlotOf(request.Name) is not { } slot || !pool.Recycle(slot))
        {
            throw Unknown($"There is no worker \"{request.Name}\" that is up. ListWorkers lists them, such as \"worker-1\".");
        }

        var snapshot = await pool.SnapshotAsync();
        var worker = snapshot.Workers.FirstOrDefault(worker => worker.Slot.Number == slot);
        return new RecycleWorkerResponse { Worker = worker is null ? null : PoolStatuses.From(worker, time) };
    }

    /// <inheritdoc/>
    public override async Task<RecyclePoolResponse> RecyclePool(RecyclePoolRequest request, ServerCallContext context)
    {
        var recycling = await pool.RecycleAllAsync().WaitAsync(context.CancellationToken);
        return new RecyclePoolResponse
        {
            Pool = await StatusAsync(),
            ReplacedWorkers = (uint)recycling.Replaced,
            KeptWorkers = { recycling.Kept },
        };
    }

    /// <inheritdoc/>
    public override async Task<DrainPoolResponse> DrainPool(DrainPoolRequest request, ServerCallContext context)
    {
        var grace = request.Grace is null ? null : Durations.Read(request.Grace);
        if (request.Grace is not null && grace is null)
        {
            throw RpcErrors.Invalid("grace", $"grace is {request.Grace}; expected zero or more.");
        }

        // A caller that goes away does not call the drain off, nor cut it short.
        await pool.DrainAsync(grace, CancellationToken.None).WaitAsync(context.CancellationToken);
        return new DrainPoolResponse { Pool = await StatusAsync() };
    }

    /// <inheritdoc/>
    public override async Task WatchEvents(
        WatchEventsRequest request, IServerStreamWriter<WatchEventsResponse> responseStream, ServerCallContext context)
    {
        var from = (long)Math.Min(request.FromSequence, long.MaxValue);
        await foreach (var happened in pool.Events.ReadAsync(from, request.Follow, context.CancellationToken))
        {
            var message = new PoolEvent
            {
                Sequence = (ulong)happened.Sequence,
                Time = Timestamp.FromDateTimeOffset(happened.Time),
                Kind = happened.Kind switch
                {
                    Diagnostics.EventKind.WorkerReady => EventKind.WorkerReady,
                    Diagnostics.EventKind.WorkerDied => EventKind.WorkerDied,
                    Diagnostics.EventKind.WorkerEnded => EventKind.WorkerEnded,
                    Diagnostics.EventKind.WorkerStartFailed => EventKind.WorkerStartFailed,
                    Diagnostics.EventKind.PoolBroken => EventKind.PoolBroken,
                    Diagnostics.EventKind.PoolResized => EventKind.PoolResized,
                    Diagnostics.EventKind.PoolDraining => EventKind.PoolDraining,
                    Diagnostics.EventKind.JobStarted => EventKind.JobStarted,
                    _ => EventKind.JobEnded,
                },
                Message = happened.Message,
                Worker = happened.Worker,
                JobId = happened.JobId,
            };
            await responseStream.SendAsync(new WatchEventsResponse { Event = message }, context.CancellationToken);
        }
    }

    private static int? SlotOf(string name) =>
        name.StartsWith(WorkerPrefix, StringComparison.Ordinal)
        && int.TryParse(name.AsSpan(WorkerPrefix.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var slot)
            ? slot
            : null;

    private static RpcException Unknown(string message) =>
        RpcErrors.Create(StatusCode.NotFound, ErrorReasons.UnknownWorker, message, field: "name");

    private async Task<PoolStatus> StatusAsync() => PoolStatuses.From(await pool.SnapshotAsync(), time);
}
