using Google.Protobuf;
using Grpc.Core;
using WorkerPool.Processes.Memory;
using WorkerPool.Protocol.Packing;
using WorkerPool.Worker.V1;

namespace WorkerPool.Supervisor.Workers;

/// <summary>
/// Where large messages of a session are laid, when its worker is on this machine: the stream then carries where they are. A byte of an
/// item is copied six times between two processes over a stream, and twice over memory that both map.
/// </summary>
internal sealed class SessionMemory : IDisposable
{
    private readonly MessageMemory _memory;
    private volatile bool _isShared;

    private SessionMemory(MessageMemory memory) => _memory = memory;

    /// <summary>What the worker is told of it.</summary>
    public MemoryOffer Offer => new() { Path = _memory.Path };

    /// <summary>Makes one, to be offered.</summary>
    /// <returns><c>null</c> where the system gives none.</returns>
    public static SessionMemory? TryCreate() => MessageMemory.TryCreate() is { } memory ? new SessionMemory(memory) : null;

    /// <summary>The worker has answered the offer.</summary>
    /// <param name="isTaken">Whether it has mapped the memory.</param>
    public void Settle(bool isTaken)
    {
        _isShared = isTaken;
        if (isTaken)
        {
            _memory.Close();
        }
        else
        {
            _memory.Dispose();
        }
    }

    /// <summary>Lays a message there, if it is large and there is room.</summary>
    /// <param name="request">The message.</param>
    /// <param name="bytes">Bytes of the items in it.</param>
    /// <returns>What is to be sent.</returns>
    public SessionRequest Laid(SessionRequest request, long bytes)
    {
        if (!_isShared || bytes < MessageRing.LeastBytes)
        {
            return request;
        }

        var size = request.CalculateSize();
        return _memory.Out.TryWrite(request, size, static (message, target) => message.WriteTo(target), out var position)
            ? new SessionRequest { InMemory = new MemoryRange { Position = position, Length = (uint)size } }
            : request;
    }

    /// <summary>A message as it was written, wherever it is.</summary>
    /// <param name="response">What came.</param>
    /// <exception cref="RpcException">Where it is said to be there is none.</exception>
    public SessionResponse Read(SessionResponse response)
    {
        if (response.InMemory is not { } range)
        {
            return response;
        }

        try
        {
            return _memory.In.Read(range.Position, range.Length, RentedMessages.ReadResponse);
        }
        catch (Exception error) when (error is InvalidDataException or InvalidProtocolBufferException or ObjectDisposedException)
        {
            throw new RpcException(new Status(StatusCode.Internal, error.Message, error));
        }
    }

    /// <summary>Lets go of it.</summary>
    public void Dispose() => _memory.Dispose();
}
