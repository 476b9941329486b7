using Grpc.Core;

namespace WorkerPool.Supervisor.Api;

/// <summary>Writing to callers, who may leave at any moment.</summary>
internal static class CallerStreams
{
    /// <summary>Writes a message.</summary>
    /// <param name="stream">The stream.</param>
    /// <param name="message">The message.</param>
    /// <param name="cancellation">The call has been cancelled.</param>
    /// <exception cref="RpcException">The caller has left: the call is over, and nothing is wrong here.</exception>
    public static async Task SendAsync<T>(this IServerStreamWriter<T> stream, T message, CancellationToken cancellation)
    {
        try
        {
            await stream.WriteAsync(message, cancellation);
        }
        catch (Exception error) when (error is InvalidOperationException or IOException or OperationCanceledException)
        {
            // What the server throws depends on where in the write it learns that the caller is gone.
            throw new RpcException(new Status(StatusCode.Cancelled, "The caller has left.", error));
        }
    }
}
