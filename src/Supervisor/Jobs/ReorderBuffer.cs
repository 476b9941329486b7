using System.Diagnostics.CodeAnalysis;

namespace WorkerPool.Supervisor.Jobs;

/// <summary>
/// Holds results until it is their turn, so that they leave in the order of the input. Indexes may have gaps: what
/// is next is told by <see cref="Expect"/>. Pure; one thread.
/// </summary>
internal sealed class ReorderBuffer
{
    private readonly PriorityQueue<ResultRun, ulong> _held = new();
    private readonly LinkedList<(ulong Next, ulong End)> _expected = new();

    /// <summary>Bytes held.</summary>
    public long ByteCount { get; private set; }

    /// <summary>Results held.</summary>
    public long Count { get; private set; }

    /// <summary>The lowest index that has not left; <c>null</c> when all have.</summary>
    public ulong? NextIndex => _expected.First?.Value.Next;

    /// <summary>Announces items, in rising order.</summary>
    /// <param name="firstIndex">Index of the first.</param>
    /// <param name="count">How many.</param>
    public void Expect(ulong firstIndex, int count)
    {
        var end = firstIndex + (ulong)count;
        if (_expected.Last is { } last && last.Value.End == firstIndex)
        {
            last.Value = (last.Value.Next, end);
        }
        else if (count > 0)
        {
            _expected.AddLast((firstIndex, end));
        }
    }

    /// <summary>Holds results.</summary>
    /// <param name="run">The results, of consecutive items that were announced.</param>
    public void Add(ResultRun run)
    {
        _held.Enqueue(run, run.FirstIndex);
        ByteCount += run.ByteCount;
        Count += run.Count;
    }

    /// <summary>Lets the next results go, if they are there.</summary>
    /// <param name="run">The results.</param>
    public bool TryTake([NotNullWhen(true)] out ResultRun? run)
    {
        run = null;
        if (_expected.First is not { } range || !_held.TryPeek(out var held, out var first) || first != range.Value.Next)
        {
            return false;
        }

        run = _held.Dequeue();
        ByteCount -= held.ByteCount;
        Count -= held.Count;
        if (held.EndIndex == range.Value.End)
        {
            _expected.RemoveFirst();
        }
        else
        {
            range.Value = (held.EndIndex, range.Value.End);
        }

        return true;
    }
}
