using System.Collections.Concurrent;
using Google.Protobuf;
using Grpc.Core;
using WorkerPool.Protocol.Errors;
using WorkerPool.V1;

namespace WorkerPool.Client.Tests.Fakes;

/// <summary>
/// A pool that answers at once and in order, and checks the caller's side of the contract. For what a real Supervisor
/// cannot be brought to do at will.
/// </summary>
public sealed class FakePoolService(FakePoolOptions options) : PoolService.PoolServiceBase
{
    public ConcurrentQueue<string> Violations { get; } = new();

    public ConcurrentQueue<MapStart> Started { get; } = new();

    public ConcurrentQueue<ApplyRequest> Applied { get; } = new();

    /// <summary>The batches of items that came, of all streams.</summary>
    public ConcurrentQueue<ItemBatch> Batches { get; } = new();

    public ulong Acknowledged { get; private set; }

    public ulong AcknowledgedBytes { get; private set; }

    public ulong Received { get; private set; }

    public int Lists { get; private set; }

    public TaskCompletionSource Ended { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public override Task<ListFunctionsResponse> ListFunctions(ListFunctionsRequest request, ServerCallContext context)
    {
        Lists++;
        var response = new ListFunctionsResponse { MaxItemBytes = options.MaxItemBytes, MaxValueBytes = 1 << 20, SlotCount = 1 };
        response.Functions.AddRange(options.Functions);
        return Task.FromResult(response);
    }

    public override Task<ApplyResponse> Apply(ApplyRequest request, ServerCallContext context)
    {
        Known(request.Function);
        Applied.Enqueue(request);
        if (options.CutsApply(Applied.Count))
        {
            context.GetHttpContext().Abort();
            throw new OperationCanceledException("cut");
        }

        return Task.FromResult(new ApplyResponse { Data = ByteString.CopyFrom(options.Run(request.Data.Memory)) });
    }

    public override async Task MapStream(
        IAsyncStreamReader<MapStreamRequest> requestStream,
        IServerStreamWriter<MapStreamResponse> responseStream,
        ServerCallContext context)
    {
        try
        {
            await new FakeStream(this, options, requestStream, responseStream, context).RunAsync();
            Ended.TrySetResult();
        }
        catch (Exception e) when (e is OperationCanceledException or IOException)
        {
            if (options.Cuts == FakePoolOptions.NoCuts)
            {
                Ended.TrySetCanceled();
            }
        }
    }

    internal void Open(MapStart start)
    {
        Started.Enqueue(start);
        Known(start.Function);
    }

    internal void Receive(ItemBatch batch, int count)
    {
        Received += (ulong)count;
        Batches.Enqueue(batch);
    }

    internal void Acknowledge(Acknowledgement acknowledgement)
    {
        Acknowledged = acknowledgement.Results;
        AcknowledgedBytes = acknowledgement.ValueBytes;
    }

    private void Known(string function)
    {
        if (options.Functions.All(f => f.Name != function))
        {
            throw RpcErrors.Create(
                StatusCode.NotFound, ErrorReasons.UnknownFunction, $"There is no function '{function}'. Near: echo.");
        }
    }
}
