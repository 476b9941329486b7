using Grpc.Core;
using WorkerPool.Client.Errors;
using WorkerPool.Client.Functions;
using WorkerPool.Protocol.Errors;

namespace WorkerPool.Client.Connecting;

/// <summary>What every call on a pool shares: its channels, its functions, and the words for its errors.</summary>
internal sealed class PoolConnection : IDisposable
{
    public PoolConnection(PoolEndpoint endpoint, PoolOptions options)
    {
        Channels = new PoolChannels(endpoint, options);
        Functions = new FunctionCatalog(async cancellationToken =>
        {
            var request = new V1.ListFunctionsRequest();
            return FunctionSet.From(await Channels.Calls.ListFunctionsAsync(request, cancellationToken: cancellationToken));
        });
    }

    public PoolChannels Channels { get; }

    public FunctionCatalog Functions { get; }

    /// <summary>The exception to give the caller for one that came up in a call.</summary>
    public Exception Explain(Exception error)
    {
        if (error is not RpcException rpc)
        {
            return error;
        }

        var explained = CallErrors.From(rpc, Channels.Address);
        if (explained.Reason == ErrorReasons.EncodingMismatch)
        {
            // The function's signature is not what it was when it was asked for.
            Functions.Forget();
        }

        return explained;
    }

    public void Dispose() => Channels.Dispose();
}
