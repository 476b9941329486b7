using WorkerPool.V1;

namespace WorkerPool.WorkerHost.Session;

/// <summary>Where the shared arguments of a job gather, each whole. Filled by the reader of the session, then read by the runner.</summary>
/// <param name="arguments">What they are, in the order of their bytes.</param>
internal sealed class SharedBuffer(IReadOnlyList<SharedArgument> arguments)
{
    private readonly byte[][] _values = [.. arguments.Select(argument => GC.AllocateUninitializedArray<byte>((int)argument.Size))];
    private int _argument;
    private int _filled;

    /// <summary>What they are.</summary>
    public IReadOnlyList<SharedArgument> Arguments => arguments;

    /// <summary>Whether all bytes have come.</summary>
    public bool IsComplete
    {
        get
        {
            SkipFull();
            return _argument == _values.Length;
        }
    }

    /// <summary>Takes the next bytes.</summary>
    /// <param name="data">The bytes.</param>
    /// <returns>Whether there was room for all of them.</returns>
    public bool TryAdd(ReadOnlySpan<byte> data)
    {
        while (!data.IsEmpty && !IsComplete)
        {
            var room = _values[_argument].AsSpan(_filled);
            var count = Math.Min(room.Length, data.Length);
            data[..count].CopyTo(room);
            data = data[count..];
            _filled += count;
        }

        return data.IsEmpty;
    }

    /// <summary>Gives away the bytes of one, to be freed when its value needs them no more.</summary>
    /// <param name="position">Position of the argument.</param>
    public byte[] Take(int position)
    {
        var value = _values[position];
        _values[position] = [];
        return value;
    }

    private void SkipFull()
    {
        while (_argument < _values.Length && _filled == _values[_argument].Length)
        {
            _argument++;
            _filled = 0;
        }
    }
}
