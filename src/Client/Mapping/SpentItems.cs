namespace WorkerPool.Client.Mapping;

/// <summary>
/// What the pool has charged items without a result with: kept here, since the pool that did it may be gone when they are
/// sent again. Few items ever are. Its owner locks.
/// </summary>
internal sealed class SpentItems
{
    private readonly Dictionary<ulong, V1.SpentAttempts> _spent = [];

    /// <summary>Takes what an item has been charged with.</summary>
    public void Set(V1.SpentAttempts spent) => _spent[spent.Index] = spent;

    /// <summary>Forgets items that were answered.</summary>
    /// <param name="first">Index of the first.</param>
    /// <param name="count">How many.</param>
    public void Forget(ulong first, int count)
    {
        if (_spent.Count > 0)
        {
            foreach (var spent in In(first, first + (ulong)count))
            {
                _spent.Remove(spent.Index);
            }
        }
    }

    /// <summary>Those of a run of items, rising by index.</summary>
    /// <param name="first">Index of the first item.</param>
    /// <param name="end">Index after the last.</param>
    public IReadOnlyList<V1.SpentAttempts> In(ulong first, ulong end) => _spent.Count == 0
        ? []
        : [.. _spent.Values.Where(spent => spent.Index >= first && spent.Index < end).OrderBy(spent => spent.Index)];
}
