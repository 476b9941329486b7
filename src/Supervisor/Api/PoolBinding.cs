using Grpc.Core;
using WorkerPool.Protocol.Packing;
using WorkerPool.V1;

namespace WorkerPool.Supervisor.Api;

/// <summary>Binds <see cref="PoolApi"/> as the library would, but for one thing: what carries items is read into memory that is used again.</summary>
internal static class PoolBinding
{
    /// <summary>What the library asks of whoever binds a service.</summary>
    public static Google.Protobuf.Reflection.ServiceDescriptor Descriptor => PoolService.Descriptor;

    /// <summary>Adds the methods of the service.</summary>
    /// <param name="binder">Where to.</param>
    /// <param name="service">The service; <c>null</c>: one is made for each call.</param>
    public static void BindService(ServiceBinderBase binder, PoolService.PoolServiceBase? service) =>
        PoolService.BindService(new Renting(binder), service);

    private sealed class Renting(ServiceBinderBase binder) : ServiceBinderBase
    {
        /// <inheritdoc/>
        public override void AddMethod<TRequest, TResponse>(
            Method<TRequest, TResponse> method, DuplexStreamingServerMethod<TRequest, TResponse>? handler) => binder.AddMethod(
                method is Method<MapStreamRequest, TResponse> map ? (Method<TRequest, TResponse>)(object)Rented(map) : method, handler);

        /// <inheritdoc/>
        public override void AddMethod<TRequest, TResponse>(
            Method<TRequest, TResponse> method, ServerStreamingServerMethod<TRequest, TResponse>? handler) => binder.AddMethod(method, handler);

        /// <inheritdoc/>
        public override void AddMethod<TRequest, TResponse>(
            Method<TRequest, TResponse> method, ClientStreamingServerMethod<TRequest, TResponse>? handler) => binder.AddMethod(method, handler);

        /// <inheritdoc/>
        public override void AddMethod<TRequest, TResponse>(Method<TRequest, TResponse> method, UnaryServerMethod<TRequest, TResponse>? handler) =>
            binder.AddMethod(method, handler);

        private static Method<MapStreamRequest, TResponse> Rented<TResponse>(Method<MapStreamRequest, TResponse> method) =>
            new(method.Type, method.ServiceName, method.Name, RentedMessages.MapStreamRequests, method.ResponseMarshaller);
    }
}
