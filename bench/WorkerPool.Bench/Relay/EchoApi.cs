using Grpc.Core;

namespace WorkerPool.Bench.Relay;

/// <summary>The far end: gives back what it gets.</summary>
internal sealed class EchoApi : RelayService.RelayServiceBase
{
    /// <inheritdoc/>
    public override Task<Batch> Call(Batch request, ServerCallContext context) => Task.FromResult(request);

    /// <inheritdoc/>
    public override async Task Stream(IAsyncStreamReader<Batch> requestStream, IServerStreamWriter<Batch> responseStream, ServerCallContext context)
    {
        while (await requestStream.MoveNext(context.CancellationToken))
        {
            await responseStream.WriteAsync(requestStream.Current, context.CancellationToken);
        }
    }
}
