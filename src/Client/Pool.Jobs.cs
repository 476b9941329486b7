using System.Runtime.CompilerServices;
using WorkerPool.Client.Mapping;
using WorkerPool.Client.Methods;

namespace WorkerPool.Client;

/// <summary>Work that is started and looked after later.</summary>
public sealed partial class Pool
{
    /// <summary>Starts a map and returns at once with its handle, which keeps the outcomes: <c>map_async</c>.</summary>
    /// <param name="function">Name of the function.</param>
    /// <param name="items">The items.</param>
    /// <param name="options">Options. Default: all defaults.</param>
    /// <param name="progress">
    /// Is told how far the job is whenever results have come, and at its end; not in parallel. It holds up the job while it
    /// runs, and ends it by throwing. Default: nobody is told.
    /// </param>
    /// <param name="cancellationToken">Ends the job.</param>
    /// <typeparam name="TItem">Type of the items.</typeparam>
    /// <typeparam name="TResult">Type of the values.</typeparam>
    /// <exception cref="PoolClosedException">The pool was closed.</exception>
    public MapJob<TResult> StartMap<TItem, TResult>(
        string function,
        IEnumerable<TItem> items,
        MapOptions? options = null,
        IProgress<JobProgress>? progress = null,
        CancellationToken cancellationToken = default) =>
        Start<TItem, TResult>(function, new ItemSource<TItem>(items), options, progress, cancellationToken);

    /// <inheritdoc cref="StartMap{TItem, TResult}(string, IEnumerable{TItem}, MapOptions, IProgress{JobProgress}, CancellationToken)"/>
    public MapJob<TResult> StartMap<TItem, TResult>(
        string function,
        IAsyncEnumerable<TItem> items,
        MapOptions? options = null,
        IProgress<JobProgress>? progress = null,
        CancellationToken cancellationToken = default) =>
        Start<TItem, TResult>(function, new ItemSource<TItem>(items), options, progress, cancellationToken);

    /// <summary>As <c>StartMap</c>, over tuples, each spread over the function's parameters: <c>starmap_async</c>.</summary>
    /// <typeparam name="TArguments">Type of the tuples.</typeparam>
    /// <typeparam name="TResult">Type of the values.</typeparam>
    /// <inheritdoc cref="StartMap{TItem, TResult}(string, IEnumerable{TItem}, MapOptions, IProgress{JobProgress}, CancellationToken)"/>
    public MapJob<TResult> StartStarmap<TArguments, TResult>(
        string function,
        IEnumerable<TArguments> items,
        MapOptions? options = null,
        IProgress<JobProgress>? progress = null,
        CancellationToken cancellationToken = default)
        where TArguments : ITuple =>
        Start<TArguments, TResult>(function, new ItemSource<TArguments>(items), options, progress, cancellationToken);

    /// <summary>As <c>StartMap</c>, over arrays of arguments, by position: <c>starmap_async</c>.</summary>
    /// <typeparam name="TResult">Type of the values.</typeparam>
    /// <inheritdoc cref="StartMap{TItem, TResult}(string, IEnumerable{TItem}, MapOptions, IProgress{JobProgress}, CancellationToken)"/>
    public MapJob<TResult> StartStarmap<TResult>(
        string function,
        IEnumerable<object?[]> items,
        MapOptions? options = null,
        IProgress<JobProgress>? progress = null,
        CancellationToken cancellationToken = default) =>
        Start<object?[], TResult>(function, new ItemSource<object?[]>(items), options, progress, cancellationToken);

    /// <summary>Starts a single call and returns at once with its handle: <c>apply_async</c>. It can be cancelled, so it shares no messages with others.</summary>
    /// <param name="function">Name of the function.</param>
    /// <param name="item">The item; a tuple for a function of several parameters.</param>
    /// <param name="options">Timeout and retries; the rest is not used. Default: all defaults.</param>
    /// <param name="cancellationToken">Cancels the call, and the item where it runs.</param>
    /// <typeparam name="TItem">Type of the item.</typeparam>
    /// <typeparam name="TResult">Type of the value.</typeparam>
    /// <exception cref="PoolClosedException">The pool was closed.</exception>
    public ApplyJob<TResult> StartApply<TItem, TResult>(
        string function, TItem item, MapOptions? options = null, CancellationToken cancellationToken = default) =>
        StartItem<TItem, TResult>(function, item, options, cancellationToken);

    private ApplyJob<TResult> StartItem<TItem, TResult>(
        FunctionReference function, TItem item, MapOptions? options, CancellationToken cancellationToken)
    {
        var bound = Bind(function);
        _work.ThrowIfClosed();
        return new ApplyJob<TResult>(token => CallItemAsync<TItem, TResult>(bound, item, options, token), _time, cancellationToken);
    }

    // All outcomes are kept, so they may come in any order: an item that takes long holds back no other's. Only a job that
    // stops goes in order, to stop at its lowest failure.
    private MapJob<TResult> Start<TItem, TResult>(
        FunctionReference function, ItemSource<TItem> items, MapOptions? options, IProgress<JobProgress>? progress, CancellationToken callToken)
    {
        var bound = Bind(function);
        var chosen = options ?? MapOptions.Default;
        var stops = chosen.OnItemError == OnItemError.Stop;
        var request = RequestFor<TItem, TResult>(bound, items, chosen, ordered: stops, stops, throws: false);
        return _work.Begin(() => new MapJob<TResult>(
            token => new MapCall<TResult>(_connection, request, callToken, token), items.Count, progress, _time));
    }
}
