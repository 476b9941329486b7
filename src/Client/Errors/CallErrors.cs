using System.Net.Sockets;
using System.Text;
using Grpc.Core;
using WorkerPool.Client.Connecting;
using WorkerPool.Client.Connecting.Security;
using WorkerPool.Protocol.Errors;

namespace WorkerPool.Client.Errors;

/// <summary>Turns the error of a call into the exception that names it.</summary>
internal static class CallErrors
{
    /// <summary>The exception for a call that failed.</summary>
    /// <param name="error">The error as gRPC has it.</param>
    /// <param name="address">Where the pool was looked for.</param>
    public static WorkerPoolException From(RpcException error, string address)
    {
        if (RpcErrors.InfoOf(error) is { } info)
        {
            return FromReason(info.Reason, error.Status.Detail, error);
        }

        var detail = error.Status.Detail;
        if (TlsProblem(error, address) is { } problem)
        {
            return new PoolUnreachableException(ErrorReasons.PoolUnreachable, $"No pool can be reached at {address}: {problem}", error);
        }

        if (error.StatusCode != StatusCode.Unavailable && Disconnection.IsWorthRetrying(error))
        {
            return new PoolUnreachableException(
                ErrorReasons.PoolUnreachable, $"The connection to the pool at {address} broke: {Cause(error)}", error);
        }

        return error.StatusCode switch
        {
            StatusCode.Unavailable => new PoolUnreachableException(
                ErrorReasons.PoolUnreachable, $"No pool can be reached at {address}: {Cause(error)}", error),
            StatusCode.Unimplemented => new PoolProtocolException(
                ErrorReasons.ProtocolMismatch, $"What answers at {address} is not a WorkerPool of this version: {detail}", error),
            StatusCode.InvalidArgument => new InvalidRequestException(ErrorReasons.InvalidArgument, detail, error),
            _ => new WorkerPoolException(UpperSnake(error.StatusCode), $"The pool at {address} failed the call: {Cause(error)}", error),
        };
    }

    private static WorkerPoolException FromReason(string reason, string message, RpcException error) => reason switch
    {
        ErrorReasons.UnknownFunction => new UnknownFunctionException(reason, message, error),
        ErrorReasons.UnknownJob => new UnknownJobException(reason, message, error),
        ErrorReasons.UnknownWorker => new UnknownWorkerException(reason, message, error),
        ErrorReasons.InvalidArgument or ErrorReasons.EncodingMismatch or ErrorReasons.MethodRefused or ErrorReasons.SharedArgumentInvalid
            or ErrorReasons.SharedArgumentsTooLarge => new InvalidRequestException(reason, message, error),
        ErrorReasons.CallerUnknown or ErrorReasons.RoleTooLow => new AccessDeniedException(reason, message, error),
        ErrorReasons.PoolUnreachable => new PoolUnreachableException(reason, message, error),
        ErrorReasons.StreamNotStarted or ErrorReasons.UnexpectedMessage or ErrorReasons.WindowOverrun
            or ErrorReasons.ProtocolMismatch => new PoolProtocolException(reason, message, error),
        ErrorReasons.PoolDraining or ErrorReasons.PoolBroken or ErrorReasons.TooManyJobs or ErrorReasons.BuffersFull or ErrorReasons.TooManyRequests
            or ErrorReasons.FunctionLibraryInvalid
            or ErrorReasons.WorkerStartFailed => new PoolUnavailableException(reason, message, error),
        _ => error.StatusCode == StatusCode.Unavailable
            ? new PoolUnavailableException(reason, message, error)
            : new WorkerPoolException(reason, message, error),
    };

    // What the two sides do not agree on before the first call, in words that say what to do.
    private static string? TlsProblem(RpcException error, string address)
    {
        var causes = Disconnection.Causes(error).ToList();
        return causes.OfType<UntrustedPoolException>().FirstOrDefault() is { } untrusted ? untrusted.Message
            : causes.Any(cause => cause is HttpRequestException { HttpRequestError: HttpRequestError.SecureConnectionError })
                ? $"{Cause(error)} If it listens without TLS, its address begins with http://"
            : address.Contains("http://", StringComparison.Ordinal) && causes.Any(IsBrokenHandshake)
                ? $"{Cause(error)} If it listens with TLS, its address begins with https://"
            : null;
    }

    // How HTTP/2 fails against a port that hangs up or answers something else: what comes is no HTTP/2; the connection ended before
    // a request could take a place on it; it ended, in order or with a reset, while this side still wrote its own part of the handshake.
    private static bool IsBrokenHandshake(Exception cause) => cause is
        HttpIOException { HttpRequestError: HttpRequestError.ResponseEnded or HttpRequestError.InvalidResponse }
        or HttpRequestException { HttpRequestError: HttpRequestError.Unknown, InnerException: null }
        or IOException { InnerException: ObjectDisposedException }
        or SocketException { SocketErrorCode: SocketError.ConnectionReset or SocketError.Shutdown };

    // gRPC's own text for a failed connection is long and begins with a method name; the innermost error says it best, but
    // for the mere trace of a connection that was closed on the way.
    private static string Cause(RpcException error)
    {
        Exception? cause = error.Status.DebugException;
        while (cause?.InnerException is { } inner and not ObjectDisposedException)
        {
            cause = inner;
        }

        return cause?.Message ?? error.Status.Detail;
    }

    private static string UpperSnake(StatusCode code)
    {
        var text = new StringBuilder();
        foreach (var letter in code.ToString())
        {
            if (char.IsUpper(letter) && text.Length > 0)
            {
                text.Append('_');
            }

            text.Append(char.ToUpperInvariant(letter));
        }

        return text.ToString();
    }
}
