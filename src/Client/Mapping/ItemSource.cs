namespace WorkerPool.Client.Mapping;

/// <summary>The caller's items, whichever way they come.</summary>
internal sealed class ItemSource<TItem>
{
    private readonly Func<CancellationToken, IAsyncEnumerator<TItem>> _open;

    public ItemSource(IEnumerable<TItem> items)
    {
        ArgumentNullException.ThrowIfNull(items);
        Count = items.TryGetNonEnumeratedCount(out var count) ? count : (items as IReadOnlyCollection<TItem>)?.Count;
        _open = _ => new Synchronous(items.GetEnumerator());
    }

    public ItemSource(IAsyncEnumerable<TItem> items)
    {
        ArgumentNullException.ThrowIfNull(items);
        _open = items.GetAsyncEnumerator;
    }

    /// <summary>How many items there are, where that is known beforehand.</summary>
    public int? Count { get; }

    public IAsyncEnumerator<TItem> Open(CancellationToken cancellationToken) => _open(cancellationToken);

    private sealed class Synchronous(IEnumerator<TItem> items) : IAsyncEnumerator<TItem>
    {
        public TItem Current => items.Current;

        public ValueTask<bool> MoveNextAsync() => new(items.MoveNext());

        public ValueTask DisposeAsync()
        {
            items.Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
