using System.Diagnostics.CodeAnalysis;

namespace WorkerPool.Client.Mapping;

/// <summary>
/// Delivery in the order of the input: the results of the pool, which skip the indexes that were never sent, and the
/// failures of this side, which fill those gaps.
/// </summary>
internal sealed class InputOrder
{
    private readonly Queue<ItemFailedException> _held = new();
    private ulong _next;

    /// <summary>Failures whose turn has not come.</summary>
    public int HeldCount => _held.Count;

    /// <summary>Keeps a failure until its turn. They come rising by index, and before any result above them.</summary>
    public void Hold(ItemFailedException failure) => _held.Enqueue(failure);

    /// <summary>The failure whose turn it is, if it is one's.</summary>
    public bool TryTakeHeld([NotNullWhen(true)] out ItemFailedException? failure)
    {
        if (_held.TryPeek(out failure) && (ulong)failure.Index == _next)
        {
            _held.Dequeue();
            _next++;
            return true;
        }

        failure = null;
        return false;
    }

    /// <summary>A result of the pool is to be delivered.</summary>
    /// <returns>What is wrong with it, or <c>null</c>.</returns>
    public string? Deliver(ulong index)
    {
        if (index != _next)
        {
            return $"results are out of order: index {index} came when {_next} was due";
        }

        _next++;
        return null;
    }
}
