using System.Buffers;
using Microsoft.AspNetCore.Connections;

namespace WorkerPool.WorkerHost.Hosting;

/// <summary>The line that a connection may begin with, to say that it is not for the server as it is.</summary>
internal static class FirstLine
{
    /// <summary>Takes it off a connection. Nothing is taken of one that begins with something else.</summary>
    /// <param name="connection">The connection.</param>
    /// <param name="word">The line's first word, with the space after it.</param>
    /// <param name="longest">The bytes of the longest line.</param>
    /// <returns>
    /// Whether the connection begins with the word; and what follows it, without the line feed: <c>null</c> when the line is too long,
    /// or the connection ends before it.
    /// </returns>
    public static async ValueTask<(bool Begins, byte[]? Line)> TakeAsync(ConnectionContext connection, byte[] word, int longest)
    {
        var input = connection.Transport.Input;
        while (true)
        {
            var read = await input.ReadAsync(connection.ConnectionClosed);
            var buffer = read.Buffer;
            if (!MayBegin(buffer, word))
            {
                input.AdvanceTo(buffer.Start);
                return (false, null);
            }

            if (buffer.PositionOf((byte)'\n') is { } end)
            {
                var line = buffer.Slice(0, end).ToArray();
                input.AdvanceTo(buffer.GetPosition(1, end));
                return (true, line[word.Length..]);
            }

            input.AdvanceTo(buffer.Start, buffer.End);
            if (read.IsCompleted || buffer.Length > longest)
            {
                return (true, null);
            }
        }
    }

    private static bool MayBegin(in ReadOnlySequence<byte> buffer, byte[] word)
    {
        var length = (int)Math.Min(buffer.Length, word.Length);
        Span<byte> start = stackalloc byte[length];
        buffer.Slice(0, length).CopyTo(start);
        return start.SequenceEqual(word.AsSpan(0, length));
    }
}
