using WorkerPool.Client.Methods;

namespace WorkerPool.Client.Functions;

/// <summary>
/// The functions of a pool, asked for once and remembered; asked for again when a name is not among them, since a
/// pool may have been given more since.
/// </summary>
/// <param name="fetch">Asks the pool.</param>
/// <param name="address">Where the pool is, for messages.</param>
internal sealed class FunctionCatalog(Func<CancellationToken, Task<FunctionSet>> fetch, string address)
{
    private FunctionSet? _known;

    /// <summary>Asks the pool, whatever is remembered.</summary>
    public async Task<FunctionSet> RefreshAsync(CancellationToken cancellationToken) =>
        _known = await fetch(cancellationToken).ConfigureAwait(false);

    /// <summary>The limits and what is known of what a call is to run; <c>null</c> if the pool has none of that name.</summary>
    /// <exception cref="UnknownFunctionException">No function stands for the method.</exception>
    /// <exception cref="InvalidRequestException">The function of its name has another signature.</exception>
    public async Task<(FunctionSet Set, FunctionInfo? Function)> FindAsync(FunctionReference function, CancellationToken cancellationToken)
    {
        if (function is { Delegate: { } own, Method: not null })
        {
            // The pool knows it from the call; what is asked for is the limits.
            var limits = _known ?? await RefreshAsync(cancellationToken).ConfigureAwait(false);
            return (limits, MethodSignature.Of(function.Name, own.Method));
        }

        var (set, info) = await FindAsync(function.Name, cancellationToken).ConfigureAwait(false);
        return function.Delegate is { } method ? (set, MethodSignature.Match(set, function.Name, method.Method, address)) : (set, info);
    }

    /// <summary>Forgets: what was remembered has proved to be out of date.</summary>
    public void Forget() => _known = null;

    private async Task<(FunctionSet Set, FunctionInfo? Function)> FindAsync(string name, CancellationToken cancellationToken)
    {
        if (_known is { } known && known.ByName.TryGetValue(name, out var function))
        {
            return (known, function);
        }

        var set = await RefreshAsync(cancellationToken).ConfigureAwait(false);
        return (set, set.ByName.GetValueOrDefault(name));
    }
}
