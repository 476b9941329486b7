using Grpc.Core;

namespace WorkerPool.Bench.Relay;

/// <summary>The one in the middle: passes on what it gets, in both directions.</summary>
/// <param name="next">Whom to.</param>
internal sealed class RelayApi(RelayService.RelayServiceClient next) : RelayService.RelayServiceBase
{
    /// <inheritdoc/>
    public override Task<Batch> Call(Batch request, ServerCallContext context) => next.CallAsync(request).ResponseAsync;

    /// <inheritdoc/>
    public override async Task Stream(IAsyncStreamReader<Batch> requestStream, IServerStreamWriter<Batch> responseStream, ServerCallContext context)
    {
        using var onward = next.Stream(cancellationToken: context.CancellationToken);
        var there = PassOnAsync(requestStream, onward.RequestStream, context.CancellationToken);
        await PassOnAsync(onward.ResponseStream, responseStream, context.CancellationToken);
        await there;
    }

    private static async Task PassOnAsync(IAsyncStreamReader<Batch> from, IAsyncStreamWriter<Batch> to, CancellationToken cancellation)
    {
        while (await from.MoveNext(cancellation))
        {
            await to.WriteAsync(from.Current, cancellation);
        }

        if (to is IClientStreamWriter<Batch> client)
        {
            await client.CompleteAsync();
        }
    }
}
