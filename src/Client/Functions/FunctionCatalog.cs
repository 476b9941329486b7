namespace WorkerPool.Client.Functions;

/// <summary>
/// The functions of a pool, asked for once and remembered; asked for again when a name is not among them, since a
/// pool may have been given more since.
/// </summary>
internal sealed class FunctionCatalog(Func<CancellationToken, Task<FunctionSet>> fetch)
{
    private FunctionSet? _known;

    /// <summary>Asks the pool, whatever is remembered.</summary>
    public async Task<FunctionSet> RefreshAsync(CancellationToken cancellationToken) =>
        _known = await fetch(cancellationToken).ConfigureAwait(false);

    /// <summary>The limits and the function, or <c>null</c> for it if the pool has none of that name.</summary>
    public async Task<(FunctionSet Set, FunctionInfo? Function)> FindAsync(string name, CancellationToken cancellationToken)
    {
        if (_known is { } known && known.ByName.TryGetValue(name, out var function))
        {
            return (known, function);
        }

        var set = await RefreshAsync(cancellationToken).ConfigureAwait(false);
        return (set, set.ByName.GetValueOrDefault(name));
    }

    /// <summary>Forgets: what was remembered has proved to be out of date.</summary>
    public void Forget() => _known = null;
}
