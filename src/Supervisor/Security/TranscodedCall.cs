using Google.Protobuf.Reflection;
using Microsoft.AspNetCore.Grpc.JsonTranscoding;

namespace WorkerPool.Supervisor.Security;

/// <summary>Tells calls that come as HTTP with JSON from those that come as gRPC: by where they were routed to.</summary>
internal static class TranscodedCall
{
    /// <summary>The RPC that is called in JSON; <c>null</c> for everything else.</summary>
    /// <param name="context">The request, after routing.</param>
    public static MethodDescriptor? MethodOf(HttpContext context) =>
        context.GetEndpoint()?.Metadata.GetMetadata<GrpcJsonTranscodingMetadata>()?.MethodDescriptor;

    /// <summary>The path of an RPC in gRPC, <c>/package.Service/Method</c>.</summary>
    /// <param name="method">The RPC.</param>
    public static string PathOf(MethodDescriptor method) => $"/{method.Service.FullName}/{method.Name}";
}
