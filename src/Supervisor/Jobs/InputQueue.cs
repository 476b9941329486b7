using WorkerPool.Protocol.Packing;
using WorkerPool.Supervisor.Dispatch;

namespace WorkerPool.Supervisor.Jobs;

/// <summary>A job's items that wait for a worker, in runs that rise by index. Pure; one thread.</summary>
internal sealed class InputQueue
{
    private readonly LinkedList<Run> _runs = new();
    private readonly List<PackedRun> _taken = [];

    /// <summary>Items that wait.</summary>
    public long Count { get; private set; }

    /// <summary>Their bytes.</summary>
    public long ByteCount { get; private set; }

    /// <summary>The lowest index that waits; <c>null</c> when none does.</summary>
    public ulong? FirstIndex => _runs.First?.Value.FirstIndex;

    /// <summary>Adds items above all that were added before.</summary>
    /// <param name="firstIndex">Index of the first.</param>
    /// <param name="items">The items.</param>
    public void Append(ulong firstIndex, PackedRun items)
    {
        if (items.Count > 0)
        {
            _runs.AddLast(new Run(firstIndex, items));
            Count += items.Count;
            ByteCount += items.Data.Length;
        }
    }

    /// <summary>Puts items back in their place.</summary>
    /// <param name="firstIndex">Index of the first.</param>
    /// <param name="items">The items.</param>
    public void Return(ulong firstIndex, ItemSegments items)
    {
        var next = _runs.First;
        while (next is not null && next.Value.FirstIndex < firstIndex)
        {
            next = next.Next;
        }

        foreach (var segment in items)
        {
            var run = new Run(firstIndex, segment);
            _ = next is null ? _runs.AddLast(run) : _runs.AddBefore(next, run);
            firstIndex += (ulong)segment.Count;
        }

        Count += items.Count;
        ByteCount += items.ByteCount;
    }

    /// <summary>How many items from the first on follow each other without a gap, counted up to a limit.</summary>
    /// <param name="limit">Where to stop counting.</param>
    /// <param name="nextIndex">The lowest index that may still be appended.</param>
    /// <param name="isBroken">Whether a gap ends the count, so that waiting would not make it grow.</param>
    public int CountConsecutive(int limit, ulong nextIndex, out bool isBroken)
    {
        isBroken = false;
        long count = 0;
        ulong? expected = null;
        foreach (var run in _runs)
        {
            if (expected is { } index && run.FirstIndex != index)
            {
                isBroken = true;
                return (int)count;
            }

            count += run.Items.Count;
            expected = run.FirstIndex + (ulong)run.Items.Count;
            if (count >= limit)
            {
                return limit;
            }
        }

        // What was put back may end before the last that came: the items between are elsewhere or answered.
        isBroken = expected is { } end && end != nextIndex;
        return (int)count;
    }

    /// <summary>Takes consecutive items from the front, at least one.</summary>
    /// <param name="maxCount">The most items. Range: 1 and up.</param>
    /// <param name="maxBytes">The most bytes; one item alone may exceed it.</param>
    /// <returns>Index of the first, and the items.</returns>
    public (ulong FirstIndex, ItemSegments Items) Take(int maxCount, long maxBytes)
    {
        var firstIndex = FirstIndex ?? throw new InvalidOperationException("nothing waits");
        var next = firstIndex;
        _taken.Clear();
        while (maxCount > 0 && _runs.First is { } node && node.Value.FirstIndex == next)
        {
            var items = node.Value.Items;
            var count = items.CountWithin(maxBytes, maxCount, out var bytes);
            if (count == 0)
            {
                if (_taken.Count > 0)
                {
                    break;
                }

                count = 1;
                bytes = items.SizeOf(0);
            }

            _taken.Add(items.Slice(0, count));
            maxCount -= count;
            maxBytes -= bytes;
            next += (ulong)count;
            Count -= count;
            ByteCount -= bytes;
            if (count < items.Count)
            {
                node.Value = new Run(next, items.Slice(count));
                break;
            }

            _runs.RemoveFirst();
        }

        return (firstIndex, new ItemSegments([.. _taken]));
    }

    private readonly record struct Run(ulong FirstIndex, PackedRun Items);
}
