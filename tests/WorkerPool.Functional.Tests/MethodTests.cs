using Grpc.Core;
using WorkerPool.Protocol.Errors;
using WorkerPool.V1;

namespace WorkerPool.Functional.Tests;

/// <summary>A service loads nothing that its clients name.</summary>
public sealed class MethodTests(SharedSupervisor shared) : IClassFixture<SharedSupervisor>
{
    private static readonly CallerMethod Method = new()
    {
        Assembly = new AssemblyMethod
        {
            Path = typeof(MethodTests).Assembly.Location,
            Root = typeof(MethodTests).Assembly.Location,
            ModuleVersionId = typeof(MethodTests).Module.ModuleVersionId.ToString(),
            MetadataToken = 0x06000001,
        },
    };

    [Fact]
    public async Task A_method_is_refused_by_a_map_and_by_a_call()
    {
        var pool = shared.Running.Client;
        var cancellation = TestContext.Current.CancellationToken;
        using var call = pool.MapStream(cancellationToken: cancellation);
        await call.RequestStream.WriteAsync(
            new MapStreamRequest { Start = new MapStart { Function = "Tests.Method", Method = Method } }, cancellation);

        AssertRefused(await Assert.ThrowsAsync<RpcException>(() => call.ResponseStream.MoveNext(cancellation)));
        AssertRefused(await Assert.ThrowsAsync<RpcException>(
            async () => await pool.ApplyAsync(new ApplyRequest { Function = "Tests.Method", Method = Method }, cancellationToken: cancellation)));
    }

    private static void AssertRefused(RpcException error)
    {
        Assert.Equal(StatusCode.FailedPrecondition, error.StatusCode);
        Assert.Equal(ErrorReasons.MethodRefused, RpcErrors.InfoOf(error)!.Reason);
        Assert.Contains("Tests.Method came as a method of the caller's program", error.Status.Detail, StringComparison.Ordinal);
    }
}
