using System.Net.Sockets;
using Grpc.Core;
using WorkerPool.Client.Connecting;
using WorkerPool.Protocol.Errors;

namespace WorkerPool.Client.Tests.Connecting;

public sealed class DisconnectionTests
{
    public static TheoryData<bool, Exception> Failures => new()
    {
        { true, new RpcException(new Status(StatusCode.Unavailable, "no")) },
        { true, Failed(StatusCode.Unavailable, new HttpRequestException("no", new SocketException())) },
        { true, Failed(StatusCode.Internal, new HttpRequestException("no", new IOException())) },
        { true, Failed(StatusCode.Cancelled, new HttpProtocolException(8, "reset", null)) },
        { true, RpcErrors.Create(StatusCode.Unavailable, ErrorReasons.PoolDraining, "It goes away.") },
        { false, RpcErrors.Create(StatusCode.Unavailable, ErrorReasons.PoolBroken, "It is broken.") },
        { false, RpcErrors.Create(StatusCode.Aborted, ErrorReasons.JobFenced, "It was fenced.") },
        { false, RpcErrors.Create(StatusCode.Cancelled, ErrorReasons.JobCancelled, "It was cancelled.") },
        { false, RpcErrors.Invalid("function", "It is empty.") },
        { false, new RpcException(new Status(StatusCode.Internal, "bug")) },
        { false, new RpcException(new Status(StatusCode.Unimplemented, "no WorkerPool")) },
        { false, Failed(StatusCode.Cancelled, new OperationCanceledException()) },
        { false, new OperationCanceledException() },
        { false, new IOException("of the caller's source") },
    };

    [Theory]
    [MemberData(nameof(Failures))]
    public void Another_try_is_worth_it_where_the_connection_failed_or_the_pool_goes_away(bool isWorthIt, Exception error) =>
        Assert.Equal(isWorthIt, Disconnection.IsWorthRetrying(error));

    [Fact]
    public void A_call_was_never_sent_only_where_there_was_no_connection()
    {
        Assert.True(Disconnection.WasNeverSent(Failed(
            StatusCode.Unavailable, new HttpRequestException(HttpRequestError.ConnectionError, "no", new SocketException()))));
        Assert.False(Disconnection.WasNeverSent(Failed(
            StatusCode.Unavailable, new HttpRequestException(HttpRequestError.ResponseEnded, "gone", new IOException()))));
        Assert.False(Disconnection.WasNeverSent(new RpcException(new Status(StatusCode.Unavailable, "a proxy's"))));
    }

    private static RpcException Failed(StatusCode code, Exception cause) => new(new Status(code, "failed", cause));
}
