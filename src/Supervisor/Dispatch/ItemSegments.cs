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

    /// <summary>The items from <paramref name="start"/>, <paramref name="count"/> of them.</summary>
    /// <param name="start">Position of the first. Range: 0 to <see cref="Count"/>.</param>
    /// <param name="count">How many. Range: 0 to <see cref="Count"/> - start.</param>
    public ItemSegments Slice(int start, int count)
    {
        if (start == 0 && count == Count)
        {
            return this;
        }

        var kept = new List<PackedRun>();
        foreach (var segment in Segments)
        {
            if (count == 0)
            {
                break;
            }

            if (start >= segment.Count)
            {
                start -= segment.Count;
                continue;
            }

            var taken = Math.Min(count, segment.Count - start);
            kept.Add(segment.Slice(start, taken));
            start = 0;
            count -= taken;
        }

        return new ItemSegments([.. kept]);
    }
}
