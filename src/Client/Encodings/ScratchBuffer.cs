using System.Buffers;
using Google.Protobuf;

namespace WorkerPool.Client.Encodings;

/// <summary>
/// Memory an item is encoded into before it is known whether it will be sent, used again for each item, so that an
/// item costs no allocation and a bad one leaves no trace in the message under construction.
/// </summary>
internal sealed class ScratchBuffer
{
    // One large item should not keep its memory for the rest of the job.
    private const int KeptBytes = 1024 * 1024;

    private ArrayBufferWriter<byte> _bytes = new(256);

    public ReadOnlyMemory<byte> Written => _bytes.WrittenMemory;

    /// <summary>Empties it.</summary>
    public ArrayBufferWriter<byte> Restart()
    {
        if (_bytes.Capacity > KeptBytes)
        {
            _bytes = new ArrayBufferWriter<byte>(256);
        }

        _bytes.ResetWrittenCount();
        return _bytes;
    }

    /// <summary>Empties it and writes a message.</summary>
    public ReadOnlyMemory<byte> Write(IMessage message)
    {
        message.WriteTo(Restart());
        return Written;
    }
}
