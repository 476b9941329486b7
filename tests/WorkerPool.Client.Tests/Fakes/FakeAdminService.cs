using Grpc.Core;
using WorkerPool.Protocol.Errors;
using WorkerPool.V1;

namespace WorkerPool.Client.Tests.Fakes;

/// <summary>A pool of one worker to operate, with ten events kept.</summary>
public sealed class FakeAdminService : AdminService.AdminServiceBase
{
    public const int KeptEvents = 10;

    public V1.PoolStatus Pool { get; } = new() { State = V1.PoolState.Ready, SlotCount = 1, ReadyWorkers = 1 };

    public V1.WorkerStatus Worker { get; } = new() { Name = "worker-1", Slot = 1, State = V1.WorkerState.Idle };

    public DrainPoolRequest? Drained { get; private set; }

    public override Task<GetPoolResponse> GetPool(GetPoolRequest request, ServerCallContext context) =>
        Task.FromResult(new GetPoolResponse { Pool = Pool });

    public override Task<ListWorkersResponse> ListWorkers(ListWorkersRequest request, ServerCallContext context) =>
        Task.FromResult(new ListWorkersResponse { Workers = { Worker } });

    public override Task<ResizePoolResponse> ResizePool(ResizePoolRequest request, ServerCallContext context)
    {
        if (request.WorkerCount is < 1 or > 1024)
        {
            throw RpcErrors.Invalid("worker_count", "worker_count has to be between 1 and 1024.");
        }

        Pool.SlotCount = (uint)request.WorkerCount;
        return Task.FromResult(new ResizePoolResponse { Pool = Pool });
    }

    public override Task<RecycleWorkerResponse> RecycleWorker(RecycleWorkerRequest request, ServerCallContext context) =>
        request.Name == Worker.Name
            ? Task.FromResult(new RecycleWorkerResponse { Worker = Worker })
            : throw RpcErrors.Create(StatusCode.NotFound, ErrorReasons.UnknownWorker, $"There is no worker '{request.Name}'.");

    public override Task<RecyclePoolResponse> RecyclePool(RecyclePoolRequest request, ServerCallContext context) =>
        Task.FromResult(new RecyclePoolResponse { Pool = Pool, ReplacedWorkers = 3, KeptWorkers = { "worker-2" } });

    public override async Task<DrainPoolResponse> DrainPool(DrainPoolRequest request, ServerCallContext context)
    {
        Drained = request;
        if (request.Grace is null)
        {
            await new TaskCompletionSource().Task.WaitAsync(context.CancellationToken);
        }

        Pool.State = V1.PoolState.Draining;
        return new DrainPoolResponse { Pool = Pool };
    }

    public override async Task WatchEvents(
        WatchEventsRequest request, IServerStreamWriter<WatchEventsResponse> responseStream, ServerCallContext context)
    {
        for (var sequence = Math.Max(1, request.FromSequence); sequence <= KeptEvents; sequence++)
        {
            var happened = new V1.PoolEvent { Sequence = sequence, Kind = EventKind.WorkerReady, Message = $"event {sequence}" };
            await responseStream.WriteAsync(new WatchEventsResponse { Event = happened }, context.CancellationToken);
        }

        if (request.Follow)
        {
            await new TaskCompletionSource().Task.WaitAsync(context.CancellationToken);
        }
    }
}
