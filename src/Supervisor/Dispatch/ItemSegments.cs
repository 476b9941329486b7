using WorkerPool.Protocol.Packing;

namespace WorkerPool.Supervisor.Dispatch;

/// <summary>A run of consecutive items as it came: cut into segments of memory that nobody copies.</summary>
public readonly struct ItemSegments
{
    private readonly PackedRun[] _segments;

    /// <summary>Items in segments.</summary>
    /// <param name="segments">The segments, in order; kept, not copied.</param>
    public ItemSegments(params PackedRun[] segments)
    {
        _segments = segments;
        foreach (var segment in segments)
        {
            Count += segment.Count;
            ByteCount += segment.Data.Length;
        }
    }

    /// <summary>Number of items.</summary>
    public int Count { get; }

    /// <summary>Their bytes.</summary>
    public long ByteCount { get; }

    /// <summary>The segments, in order.</summary>
    public IReadOnlyList<PackedRun> Segments => _segments ?? [];

    /// <summary>Goes through the segments.</summary>
    public ReadOnlySpan<PackedRun>.Enumerator GetEnumerator() => new ReadOnlySpan<PackedRun>(_segments).GetEnumerator();

    /// <summary>Lets go of the items, each once: see <see cref="PackedRun.Release"/>.</summary>
    public void Release()
    {
        foreach (var segment in this)
        {
            segment.Release();
        }
    }

    /// <summary>Somebody may read the items at any time: see <see cref="PackedRun.Keep"/>.</summary>
    public void Keep()
    {
        foreach (var segment in this)
        {
            segment.Keep();
        }
    }

    /// <summary>The items from <paramref name="start"/>, <paramref name="count"/> of them.</summary>
    /// <param name="start">Position of the first. Range: 0 to <see cref="Count"/>.</param>
    /// <param name="count">How many. Range: 0 to <see cref="Count"/> - start.</param>
    public ItemSegments Slice(int start, int count)
    {
        if (start == 0 && count == Count)
        {
            return this;
        }

        if (count == 0)
        {
            return default;
        }

        var first = 0;
        for (; start >= _segments[first].Count; first++)
        {
            start -= _segments[first].Count;
        }

        var last = first;
        for (var left = start + count; left > 0; last++)
        {
            left -= _segments[last].Count;
        }

        var kept = new PackedRun[last - first];
        for (var i = 0; i < kept.Length; i++)
        {
            var segment = _segments[first + i];
            var taken = Math.Min(count, segment.Count - start);
            kept[i] = segment.Slice(start, taken);
            start = 0;
            count -= taken;
        }

        return new ItemSegments(kept);
    }
}
