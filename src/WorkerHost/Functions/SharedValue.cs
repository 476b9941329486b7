using WorkerPool.V1;

namespace WorkerPool.WorkerHost.Functions;

/// <summary>An argument that all items of a job have in common: as it came, then as it was read, once for all runners.</summary>
/// <param name="name">Name of its parameter.</param>
/// <param name="encoding">How its bytes are to be read.</param>
/// <param name="content">Its bytes; whoever reads them may keep them.</param>
internal sealed class SharedValue(string name, Encoding encoding, byte[] content)
{
    private readonly Lock _gate = new();
    private byte[]? _content = content;
    private object? _value;

    /// <summary>Name of its parameter.</summary>
    public string Name => name;

    /// <summary>How its bytes are to be read.</summary>
    public Encoding Encoding => encoding;

    /// <summary>The value, read by whoever asks first; the bytes are let go of.</summary>
    /// <param name="read">Reads the bytes. What it throws is thrown, and the next one reads again.</param>
    public object? ReadOnce(Func<byte[], object?> read)
    {
        lock (_gate)
        {
            if (_content is { } bytes)
            {
                _value = read(bytes);
                _content = null;
            }

            return _value;
        }
    }
}
