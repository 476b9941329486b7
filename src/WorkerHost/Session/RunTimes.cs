using WorkerPool.Protocol.Timing;
using WorkerPool.Worker.V1;

namespace WorkerPool.WorkerHost.Session;

/// <summary>How long the items of an entry took to run: counted by bucket, in a fixed table that is used again.</summary>
internal sealed class RunTimes
{
    private readonly uint[] _counts = new uint[TimeBuckets.Count];
    private int _first = TimeBuckets.Count;
    private int _last = -1;
    private int _count;
    private int _slowestPosition;
    private ulong _slowest;

    /// <summary>Whether no item is counted.</summary>
    public bool IsEmpty => _count == 0;

    /// <summary>Counts the next item.</summary>
    /// <param name="nanoseconds">How long it ran.</param>
    public void Add(ulong nanoseconds)
    {
        var bucket = TimeBuckets.Of(nanoseconds);
        _counts[bucket]++;
        _first = Math.Min(_first, bucket);
        _last = Math.Max(_last, bucket);
        if (nanoseconds > _slowest)
        {
            _slowest = nanoseconds;
            _slowestPosition = _count;
        }

        _count++;
    }

    /// <summary>As a message; afterwards it is empty.</summary>
    public ItemTimes Take()
    {
        var used = _counts.AsSpan(_first, _last - _first + 1);
        var message = new ItemTimes
        {
            FirstBucket = (uint)_first,
            SlowestPosition = (uint)_slowestPosition,
            SlowestNanoseconds = _slowest,
        };
        message.Counts.Capacity = used.Length;
        foreach (var count in used)
        {
            message.Counts.Add(count);
        }

        used.Clear();
        _first = TimeBuckets.Count;
        (_last, _count, _slowestPosition, _slowest) = (-1, 0, 0, 0);
        return message;
    }
}
