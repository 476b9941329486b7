using System.Buffers;
using System.Text.Json;

namespace WorkerPool.WorkerHost.Functions;

/// <summary>Where one value at a time is written before it joins the results. Reused; for one thread.</summary>
internal sealed class ValueBuffer : IDisposable
{
    /// <summary>A value larger than this does not leave its memory behind for the next, in bytes.</summary>
    private const int KeptBytes = 1 << 20;

    private ArrayBufferWriter<byte> _bytes = new(4096);
    private Utf8JsonWriter _json;
    private bool _isJsonUsed;

    /// <summary>An empty buffer.</summary>
    public ValueBuffer() => _json = new Utf8JsonWriter(_bytes, JsonForm.WriterOptions);

    /// <summary>Takes the value's bytes.</summary>
    public IBufferWriter<byte> Bytes => _bytes;

    /// <summary>Takes the value as JSON. Flush it when done.</summary>
    public Utf8JsonWriter Json
    {
        get
        {
            _isJsonUsed = true;
            return _json;
        }
    }

    /// <summary>What was written.</summary>
    public ReadOnlySpan<byte> Written => _bytes.WrittenSpan;

    /// <summary>The item that the value is the answer to.</summary>
    public ReadOnlyMemory<byte> Item { get; private set; }

    /// <summary>Drops what was written, whole or not.</summary>
    /// <param name="item">The item that the next value is the answer to.</param>
    public void Begin(ReadOnlyMemory<byte> item)
    {
        Item = item;
        if (_bytes.Capacity > KeptBytes)
        {
            _bytes = new ArrayBufferWriter<byte>(4096);
            _json = new Utf8JsonWriter(_bytes, JsonForm.WriterOptions);
            return;
        }

        _bytes.ResetWrittenCount();
        if (_isJsonUsed)
        {
            _isJsonUsed = false;
            _json.Reset();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _json.Dispose();
}
