namespace WorkerPool.Client.Mapping;

/// <summary>
/// What a job may hold at once: items granted to the source and not yet acknowledged as taken by the consumer, and
/// bytes of items laid ready or sent and not yet answered. Accounting only; its owner locks.
/// </summary>
internal sealed class JobWindow
{
    private long _maxItems;
    private long _maxBytes;

    /// <summary>An empty window.</summary>
    /// <param name="maxItems">The most items. Range: 1 and up.</param>
    /// <param name="maxBytes">The most bytes; one larger item passes alone. Range: 1 and up.</param>
    public JobWindow(long maxItems, long maxBytes) => Resize(maxItems, maxBytes);

    /// <summary>A number that came by the wire, as far as there is one here.</summary>
    public static long Clamp(ulong value) => (long)Math.Min(value, long.MaxValue);

    /// <summary>Items held.</summary>
    public long Items { get; private set; }

    /// <summary>Bytes held.</summary>
    public long Bytes { get; private set; }

    /// <summary>How much is worth adding before answers come.</summary>
    public Lookahead Lookahead { get; set; } = Lookahead.Unlimited;

    /// <summary>Items it has room for.</summary>
    public long FreeItems => Math.Max(0, _maxItems - Items);

    /// <summary>Bytes it has room for, and that are worth adding.</summary>
    public long FreeBytes => Math.Max(0, Math.Min(_maxBytes, Lookahead.Bytes) - Bytes);

    /// <summary>Taken items and bytes from which on telling the pool is worth a message.</summary>
    public long ItemsWorthTelling { get; private set; }

    /// <summary>Likewise for bytes of values.</summary>
    public long BytesWorthTelling { get; private set; }

    /// <summary>Whether an item may be added now, and is worth it.</summary>
    /// <param name="bytes">Its bytes.</param>
    /// <param name="unanswered">Items that are not answered.</param>
    public bool Fits(long bytes, long unanswered) =>
        Bytes == 0 || (bytes <= _maxBytes - Bytes && (unanswered < Lookahead.Items || bytes <= Lookahead.Bytes - Bytes));

    /// <summary>Sets what it may hold. What it holds already may be more.</summary>
    /// <param name="maxItems">The most items. Range: 1 and up.</param>
    /// <param name="maxBytes">The most bytes; one larger item passes alone. Range: 1 and up.</param>
    public void Resize(long maxItems, long maxBytes)
    {
        _maxItems = maxItems;
        _maxBytes = maxBytes;
        ItemsWorthTelling = Math.Max(1, maxItems / 8);
        BytesWorthTelling = Math.Max(1, maxBytes / 8);
    }

    /// <summary>The account of a stream that has this window to itself.</summary>
    public StreamAccount NewAccount() => new(_maxItems, _maxBytes);

    public void AddItems(long count)
    {
        Items += count;
        Check(Items);
    }

    public void AddBytes(long count)
    {
        Bytes += count;
        Check(Bytes);
    }

    public void ReleaseItems(long count) => AddItems(-count);

    public void ReleaseBytes(long count) => AddBytes(-count);

    private static void Check(long held)
    {
        if (held < 0)
        {
            throw new InvalidOperationException("More was given back to the window than was taken from it.");
        }
    }
}
