namespace WorkerPool.Supervisor.Jobs.Timing;

/// <summary>The slowest items of a job: few, the slowest first. Pure; one thread.</summary>
internal sealed class SlowestItems
{
    /// <summary>How many are kept.</summary>
    public const int Most = 10;

    private readonly List<SlowItem> _kept = new(Most + 1);

    /// <summary>They, the slowest first.</summary>
    public IReadOnlyList<SlowItem> Kept => [.. _kept];

    /// <summary>Takes note of an item, if it is among them. A second try of one counts if it was slower.</summary>
    /// <param name="item">The item.</param>
    public void Add(SlowItem item)
    {
        if (_kept.Count == Most && item.Nanoseconds <= _kept[^1].Nanoseconds)
        {
            return;
        }

        Insert(item);
    }

    private void Insert(SlowItem item)
    {
        if (_kept.FindIndex(kept => kept.Index == item.Index) is >= 0 and var known)
        {
            if (_kept[known].Nanoseconds >= item.Nanoseconds)
            {
                return;
            }

            _kept.RemoveAt(known);
        }

        var position = _kept.FindIndex(kept => kept.Nanoseconds < item.Nanoseconds);
        _kept.Insert(position < 0 ? _kept.Count : position, item);
        if (_kept.Count > Most)
        {
            _kept.RemoveAt(Most);
        }
    }
}

/// <summary>An item that took long.</summary>
/// <param name="Index">Its index.</param>
/// <param name="Slot">Slot of its worker.</param>
/// <param name="Nanoseconds">How long it ran.</param>
internal readonly record struct SlowItem(ulong Index, int Slot, ulong Nanoseconds);
