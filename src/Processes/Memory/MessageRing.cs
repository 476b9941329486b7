using System.Runtime.InteropServices;

namespace WorkerPool.Processes.Memory;

/// <summary>Writes a message.</summary>
/// <typeparam name="T">The type of the message.</typeparam>
/// <param name="message">The message.</param>
/// <param name="target">All of it is to be written.</param>
public delegate void MessageWriting<in T>(T message, Span<byte> target);

/// <summary>Reads a message.</summary>
/// <typeparam name="T">The type of the message.</typeparam>
/// <param name="source">The message; not to be kept.</param>
public delegate T MessageReading<out T>(ReadOnlySpan<byte> source);

/// <summary>
/// Messages that one process writes and another reads, in that order, at places that the one tells the other. Where there is no room for a message
/// it takes another way: nobody ever waits. For one thread at a time on either side.
/// </summary>
/// <remarks>
/// Positions rise for ever; their place is what is left of them by the ring's size. A message is whole: one that does not fit before the end
/// starts anew, as does one that fits in front of all that is not read yet, so that as little as possible of the ring is used, and that
/// little stays in the processor's cache. The reader says how far it has come in memory, not by a message. Neither side trusts what the other
/// has written: what is wrong costs messages, not memory that is not the ring's.
/// </remarks>
public sealed unsafe class MessageRing
{
    /// <summary>Bytes from which on a message is worth its place: below them, a stream is as quick.</summary>
    public const int LeastBytes = 8 << 10;

    // The part of the ring that must be free in front to start anew there: it has room for some large messages.
    private const int RoomInFront = 8;

    private readonly SafeBuffer _memory;
    private readonly int _counter;
    private readonly long _start;
    private readonly ulong _size;
    private ulong _written;
    private ulong _startedAt;

    /// <summary>A ring.</summary>
    /// <param name="memory">What it is in.</param>
    /// <param name="counter">Where in that it says how far it has been read; 8 bytes.</param>
    /// <param name="start">Where in that it starts.</param>
    /// <param name="size">Its size in bytes. Range: 1 and up.</param>
    internal MessageRing(SafeBuffer memory, int counter, long start, int size)
    {
        _memory = memory;
        _counter = counter;
        _start = start;
        _size = (ulong)size;
    }

    /// <summary>Writes a message, if there is room.</summary>
    /// <typeparam name="T">The type of the message.</typeparam>
    /// <param name="message">The message.</param>
    /// <param name="size">Its size in bytes. Range: 1 and up.</param>
    /// <param name="write">Writes it; what it throws goes on, and nothing is written.</param>
    /// <param name="position">Where it is, for the reader.</param>
    /// <exception cref="ObjectDisposedException">The memory has been let go of.</exception>
    public bool TryWrite<T>(T message, int size, MessageWriting<T> write, out ulong position)
    {
        byte* memory = null;
        _memory.AcquirePointer(ref memory);
        try
        {
            if (!TryPlace(Volatile.Read(ref *(ulong*)(memory + _counter)), (ulong)size, out position))
            {
                return false;
            }

            write(message, new Span<byte>(memory + _start + (long)(position % _size), size));
            _written = position + (ulong)size;
            return true;
        }
        finally
        {
            _memory.ReleasePointer();
        }
    }

    /// <summary>Reads a message; its place is free afterwards.</summary>
    /// <typeparam name="T">The type of the message.</typeparam>
    /// <param name="position">Where it is.</param>
    /// <param name="size">Its size in bytes.</param>
    /// <param name="read">Reads it; what it throws goes on.</param>
    /// <exception cref="InvalidDataException">There is no such place.</exception>
    /// <exception cref="ObjectDisposedException">The memory has been let go of.</exception>
    public T Read<T>(ulong position, uint size, MessageReading<T> read)
    {
        var place = position % _size;
        if (size > _size - place)
        {
            throw new InvalidDataException($"There are no {size} bytes at position {position} of a ring of {_size} bytes.");
        }

        byte* memory = null;
        _memory.AcquirePointer(ref memory);
        try
        {
            var message = read(new ReadOnlySpan<byte>(memory + _start + (long)place, (int)size));
            Volatile.Write(ref *(ulong*)(memory + _counter), position + size);
            return message;
        }
        finally
        {
            _memory.ReleasePointer();
        }
    }

    private bool TryPlace(ulong read, ulong size, out ulong position)
    {
        // What was left out to start anew has been read as well.
        read = Math.Max(read, _startedAt);
        var unread = _written - read;
        position = _written;
        if (size > _size || unread > _size)
        {
            // The second is nonsense.
            return false;
        }

        var (first, next) = (read % _size, _written % _size);
        var anew = next == 0 ? _written : _written - next + _size;
        if (unread == 0)
        {
            position = _startedAt = anew;
            return true;
        }

        if (next <= first)
        {
            // What is not read goes round the end.
            return size <= first - next;
        }

        // Anew only where there is room for as much again as comes until all that is not read has been.
        if (size > _size - next || size + Math.Max(2 * unread, _size / RoomInFront) <= first)
        {
            position = anew;
            return size <= first;
        }

        return true;
    }
}
