using Grpc.Core;
using WorkerPool.Client.Errors;
using WorkerPool.Protocol.Errors;

namespace WorkerPool.Client.Tests.Errors;

public sealed class CallErrorsTests
{
    private const string Address = "http://pool:50051";

    [Theory]
    [InlineData(ErrorReasons.UnknownFunction, StatusCode.NotFound, typeof(UnknownFunctionException))]
    [InlineData(ErrorReasons.UnknownJob, StatusCode.NotFound, typeof(UnknownJobException))]
    [InlineData(ErrorReasons.UnknownWorker, StatusCode.NotFound, typeof(UnknownWorkerException))]
    [InlineData(ErrorReasons.InvalidArgument, StatusCode.InvalidArgument, typeof(InvalidRequestException))]
    [InlineData(ErrorReasons.EncodingMismatch, StatusCode.InvalidArgument, typeof(InvalidRequestException))]
    [InlineData(ErrorReasons.PoolDraining, StatusCode.Unavailable, typeof(PoolUnavailableException))]
    [InlineData(ErrorReasons.PoolBroken, StatusCode.FailedPrecondition, typeof(PoolUnavailableException))]
    [InlineData(ErrorReasons.WindowOverrun, StatusCode.FailedPrecondition, typeof(PoolProtocolException))]
    [InlineData(ErrorReasons.InternalError, StatusCode.Internal, typeof(WorkerPoolException))]
    [InlineData("A_NEW_ONE", StatusCode.Unavailable, typeof(PoolUnavailableException))]
    public void A_reason_decides_the_type(string reason, StatusCode code, Type type)
    {
        var error = CallErrors.From(RpcErrors.Create(code, reason, "What happened."), Address);
        Assert.IsType(type, error);
        Assert.Equal((reason, "What happened."), (error.Reason, error.Message));
    }

    [Fact]
    public void Without_a_reason_the_status_decides()
    {
        var unreachable = CallErrors.From(new RpcException(new Status(StatusCode.Unavailable, "no")), Address);
        Assert.IsType<PoolUnreachableException>(unreachable);
        Assert.Contains(Address, unreachable.Message, StringComparison.Ordinal);
        var denied = CallErrors.From(new RpcException(new Status(StatusCode.PermissionDenied, "no")), Address);
        Assert.Equal("PERMISSION_DENIED", denied.Reason);
    }

    [Fact]
    public void An_items_failure_shows_the_workers_stack()
    {
        var error = new ItemFailedException(new V1.ItemError
        {
            Index = 7,
            Reason = ErrorReasons.FunctionFailed,
            Message = "It broke.",
            Type = "System.FormatException",
            StackTrace = "   at Samples.Broken()",
            Attempts = 2,
        });
        Assert.Contains("7", error.Message, StringComparison.Ordinal);
        Assert.Contains("at Samples.Broken()", error.ToString(), StringComparison.Ordinal);
        Assert.Contains("System.FormatException", error.ToString(), StringComparison.Ordinal);
    }
}
