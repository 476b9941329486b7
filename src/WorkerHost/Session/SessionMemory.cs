using Google.Protobuf;
using WorkerPool.Processes.Memory;
using WorkerPool.Protocol.Errors;
using WorkerPool.Worker.V1;

namespace WorkerPool.WorkerHost.Session;

/// <summary>Where large messages of the session are laid, when its Supervisor is on this machine: the stream then carries where they are.</summary>
internal sealed class SessionMemory : IDisposable
{
    private readonly MessageMemory _memory;

    private SessionMemory(MessageMemory memory) => _memory = memory;

    /// <summary>Maps what the Supervisor offers.</summary>
    /// <param name="offer">The offer; <c>null</c>: there is none.</param>
    /// <returns><c>null</c> without an offer, and where it cannot be mapped: then all messages stand in the stream.</returns>
    public static SessionMemory? TryOpen(MemoryOffer? offer)
    {
        if (offer is null || MessageMemory.TryOpen(offer.Path) is not { } memory)
        {
            return null;
        }

        memory.Close();
        return new SessionMemory(memory);
    }

    /// <summary>Lays a message there, if it is large and there is room.</summary>
    /// <param name="response">The message.</param>
    /// <param name="bytes">Bytes of the results in it.</param>
    /// <returns>What is to be sent.</returns>
    public SessionResponse Laid(SessionResponse response, long bytes)
    {
        if (bytes < MessageRing.LeastBytes)
        {
            return response;
        }

        var size = response.CalculateSize();
        return _memory.Out.TryWrite(response, size, static (message, target) => message.WriteTo(target), out var position)
            ? new SessionResponse { InMemory = new MemoryRange { Position = position, Length = (uint)size } }
            : response;
    }

    /// <summary>A message as it was written, wherever it is.</summary>
    /// <param name="request">What came.</param>
    /// <exception cref="Grpc.Core.RpcException">INVALID_ARGUMENT: where it is said to be there is none.</exception>
    public SessionRequest Read(SessionRequest request)
    {
        if (request.InMemory is not { } range)
        {
            return request;
        }

        try
        {
            return _memory.In.Read(range.Position, range.Length, static message => SessionRequest.Parser.ParseFrom(message));
        }
        catch (Exception error) when (error is InvalidDataException or InvalidProtocolBufferException)
        {
            throw RpcErrors.Invalid("in_memory", $"There is no message where one is said to be: {error.Message}");
        }
    }

    /// <summary>Lets go of it.</summary>
    public void Dispose() => _memory.Dispose();
}
