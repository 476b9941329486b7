using System.Net.Sockets;
using Grpc.Core;
using WorkerPool.Protocol.Errors;

namespace WorkerPool.Client.Connecting;

/// <summary>Which failures of calls are those of the connection, so that the call may do better on another.</summary>
internal static class Disconnection
{
    /// <summary>
    /// Whether another try may help: the connection broke or could not be made, or the pool is going away. Never where the
    /// pool has said what is wrong with the call.
    /// </summary>
    public static bool IsWorthRetrying(Exception error) => error is RpcException rpc && (RpcErrors.InfoOf(rpc) is { } info
        ? info.Reason == ErrorReasons.PoolDraining
        : rpc.StatusCode == StatusCode.Unavailable || Causes(rpc).Any(cause => cause is IOException or SocketException or HttpRequestException));

    /// <summary>Whether the call cannot have reached a pool, so that nothing of it was carried out.</summary>
    public static bool WasNeverSent(Exception error) => error is RpcException rpc && Causes(rpc).Any(cause => cause is HttpRequestException
    {
        HttpRequestError: HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError or HttpRequestError.SecureConnectionError,
    });

    /// <summary>What this side noted of a failure, the outermost first; of a status that the pool sent there is nothing.</summary>
    public static IEnumerable<Exception> Causes(RpcException error)
    {
        for (var cause = error.Status.DebugException; cause is not null; cause = cause.InnerException)
        {
            yield return cause;
        }
    }
}
