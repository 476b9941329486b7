using System.Runtime.CompilerServices;
using WorkerPool.Client.Encodings;
using WorkerPool.Client.Mapping;
using WorkerPool.Client.Methods;

namespace WorkerPool.Client;

/// <summary>Maps.</summary>
/// <remarks>
/// A source of items is read on the thread pool, no further ahead of the results taken than the pool's window allows. A
/// source that blocks when its job ends is left to itself and disposed when it returns.
/// </remarks>
public sealed partial class Pool
{
    /// <summary>Maps a function over items and waits for all results, in the order of the items.</summary>
    /// <param name="function">Name of the function.</param>
    /// <param name="items">The items.</param>
    /// <param name="options">Options. Default: all defaults.</param>
    /// <param name="cancellationToken">Ends the job.</param>
    /// <typeparam name="TItem">Type of the items.</typeparam>
    /// <typeparam name="TResult">Type of the values.</typeparam>
    /// <exception cref="ItemFailedException">An item failed: of those that did, the one with the lowest index. The rest is cancelled.</exception>
    public Task<TResult[]> MapAsync<TItem, TResult>(
        string function, IEnumerable<TItem> items, MapOptions? options = null, CancellationToken cancellationToken = default) =>
        CollectAsync<TItem, TResult>(function, new ItemSource<TItem>(items), options, cancellationToken);

    /// <inheritdoc cref="MapAsync{TItem, TResult}(string, IEnumerable{TItem}, MapOptions, CancellationToken)"/>
    public Task<TResult[]> MapAsync<TItem, TResult>(
        string function, IAsyncEnumerable<TItem> items, MapOptions? options = null, CancellationToken cancellationToken = default) =>
        CollectAsync<TItem, TResult>(function, new ItemSource<TItem>(items), options, cancellationToken);

    /// <summary>Maps a function of several parameters over tuples and waits for all results, in their order.</summary>
    /// <param name="function">Name of the function.</param>
    /// <param name="items">The tuples; each is sent as an array, one element a parameter.</param>
    /// <param name="options">Options. Default: all defaults.</param>
    /// <param name="cancellationToken">Ends the job.</param>
    /// <typeparam name="TArguments">Type of the tuples.</typeparam>
    /// <typeparam name="TResult">Type of the values.</typeparam>
    /// <exception cref="ItemFailedException">An item failed: of those that did, the one with the lowest index. The rest is cancelled.</exception>
    public Task<TResult[]> StarmapAsync<TArguments, TResult>(
        string function, IEnumerable<TArguments> items, MapOptions? options = null, CancellationToken cancellationToken = default)
        where TArguments : ITuple =>
        CollectAsync<TArguments, TResult>(function, new ItemSource<TArguments>(items), options, cancellationToken);

    /// <summary>Maps a function of several parameters over arrays of arguments and waits for all results, in their order.</summary>
    /// <param name="function">Name of the function.</param>
    /// <param name="items">The arguments of each item, by position.</param>
    /// <param name="options">Options. Default: all defaults.</param>
    /// <param name="cancellationToken">Ends the job.</param>
    /// <typeparam name="TResult">Type of the values.</typeparam>
    /// <exception cref="ItemFailedException">An item failed: of those that did, the one with the lowest index. The rest is cancelled.</exception>
    public Task<TResult[]> StarmapAsync<TResult>(
        string function, IEnumerable<object?[]> items, MapOptions? options = null, CancellationToken cancellationToken = default) =>
        CollectAsync<object?[], TResult>(function, new ItemSource<object?[]>(items), options, cancellationToken);

    /// <summary>
    /// Maps a function over items and gives the results as they come, in the order of the items. The job begins when the
    /// results are enumerated and ends with the enumeration.
    /// </summary>
    /// <param name="function">Name of the function.</param>
    /// <param name="items">The items, of any number.</param>
    /// <param name="options">Options. Default: all defaults.</param>
    /// <param name="cancellationToken">Ends the job.</param>
    /// <typeparam name="TItem">Type of the items.</typeparam>
    /// <typeparam name="TResult">Type of the values.</typeparam>
    /// <exception cref="ItemFailedException">Thrown where an item that failed is reached, and ends the job.</exception>
    public IAsyncEnumerable<TResult> ImapAsync<TItem, TResult>(
        string function, IEnumerable<TItem> items, MapOptions? options = null, CancellationToken cancellationToken = default) =>
        Results<TItem, TResult>(function, new ItemSource<TItem>(items), options, ordered: true, cancellationToken);

    /// <inheritdoc cref="ImapAsync{TItem, TResult}(string, IEnumerable{TItem}, MapOptions, CancellationToken)"/>
    public IAsyncEnumerable<TResult> ImapAsync<TItem, TResult>(
        string function, IAsyncEnumerable<TItem> items, MapOptions? options = null, CancellationToken cancellationToken = default) =>
        Results<TItem, TResult>(function, new ItemSource<TItem>(items), options, ordered: true, cancellationToken);

    /// <summary>As <c>ImapAsync</c>, with the results in the order in which they complete.</summary>
    /// <inheritdoc cref="ImapAsync{TItem, TResult}(string, IEnumerable{TItem}, MapOptions, CancellationToken)"/>
    public IAsyncEnumerable<TResult> ImapUnorderedAsync<TItem, TResult>(
        string function, IEnumerable<TItem> items, MapOptions? options = null, CancellationToken cancellationToken = default) =>
        Results<TItem, TResult>(function, new ItemSource<TItem>(items), options, ordered: false, cancellationToken);

    /// <summary>As <c>ImapAsync</c>, with the results in the order in which they complete.</summary>
    /// <inheritdoc cref="ImapAsync{TItem, TResult}(string, IEnumerable{TItem}, MapOptions, CancellationToken)"/>
    public IAsyncEnumerable<TResult> ImapUnorderedAsync<TItem, TResult>(
        string function, IAsyncEnumerable<TItem> items, MapOptions? options = null, CancellationToken cancellationToken = default) =>
        Results<TItem, TResult>(function, new ItemSource<TItem>(items), options, ordered: false, cancellationToken);

    /// <summary>
    /// Maps a function over items and gives the outcome of each, value or error, in the order of the items. It throws for
    /// no item.
    /// </summary>
    /// <param name="function">Name of the function.</param>
    /// <param name="items">The items, of any number.</param>
    /// <param name="options">Options. Default: all defaults; with <see cref="OnItemError.Stop"/> the stream ends after a failure.</param>
    /// <param name="cancellationToken">Ends the job.</param>
    /// <typeparam name="TItem">Type of the items.</typeparam>
    /// <typeparam name="TResult">Type of the values.</typeparam>
    public MapStream<TResult> ImapOutcomesAsync<TItem, TResult>(
        string function, IEnumerable<TItem> items, MapOptions? options = null, CancellationToken cancellationToken = default) =>
        Outcomes<TItem, TResult>(function, new ItemSource<TItem>(items), options, ordered: true, cancellationToken);

    /// <inheritdoc cref="ImapOutcomesAsync{TItem, TResult}(string, IEnumerable{TItem}, MapOptions, CancellationToken)"/>
    public MapStream<TResult> ImapOutcomesAsync<TItem, TResult>(
        string function, IAsyncEnumerable<TItem> items, MapOptions? options = null, CancellationToken cancellationToken = default) =>
        Outcomes<TItem, TResult>(function, new ItemSource<TItem>(items), options, ordered: true, cancellationToken);

    /// <summary>As <c>ImapOutcomesAsync</c>, with the outcomes in the order in which they complete.</summary>
    /// <inheritdoc cref="ImapOutcomesAsync{TItem, TResult}(string, IEnumerable{TItem}, MapOptions, CancellationToken)"/>
    public MapStream<TResult> ImapUnorderedOutcomesAsync<TItem, TResult>(
        string function, IEnumerable<TItem> items, MapOptions? options = null, CancellationToken cancellationToken = default) =>
        Outcomes<TItem, TResult>(function, new ItemSource<TItem>(items), options, ordered: false, cancellationToken);

    /// <summary>As <c>ImapOutcomesAsync</c>, with the outcomes in the order in which they complete.</summary>
    /// <inheritdoc cref="ImapOutcomesAsync{TItem, TResult}(string, IEnumerable{TItem}, MapOptions, CancellationToken)"/>
    public MapStream<TResult> ImapUnorderedOutcomesAsync<TItem, TResult>(
        string function, IAsyncEnumerable<TItem> items, MapOptions? options = null, CancellationToken cancellationToken = default) =>
        Outcomes<TItem, TResult>(function, new ItemSource<TItem>(items), options, ordered: false, cancellationToken);

    private async Task<TResult[]> CollectAsync<TItem, TResult>(
        FunctionReference function, ItemSource<TItem> items, MapOptions? options, CancellationToken cancellationToken)
    {
        var results = new List<TResult>(items.Count ?? 0);
        var job = Plan<TItem, TResult>(function, items, options, ordered: true, throws: true, cancellationToken, collects: true)(default);
        await using (job.ConfigureAwait(false))
        {
            while (await job.MoveNextAsync().ConfigureAwait(false))
            {
                results.Add(job.Current.Value);
            }
        }

        return [.. results];
    }

    // As CollectAsync, for methods whose values nobody looks at.
    private async Task DrainAsync<TItem>(
        FunctionReference function, ItemSource<TItem> items, MapOptions? options, CancellationToken cancellationToken)
    {
        var job = Plan<TItem, object?>(function, items, options, ordered: true, throws: true, cancellationToken, collects: true)(default);
        await using (job.ConfigureAwait(false))
        {
            while (await job.MoveNextAsync().ConfigureAwait(false))
            {
                _ = job.Current.Value;
            }
        }
    }

    private ResultSequence<TResult> Results<TItem, TResult>(
        FunctionReference function, ItemSource<TItem> items, MapOptions? options, bool ordered, CancellationToken cancellationToken) =>
        new(Plan<TItem, TResult>(function, items, options, ordered, throws: true, cancellationToken));

    private MapStream<TResult> Outcomes<TItem, TResult>(
        FunctionReference function, ItemSource<TItem> items, MapOptions? options, bool ordered, CancellationToken cancellationToken) =>
        new(Plan<TItem, TResult>(function, items, options, ordered, throws: false, cancellationToken));

    // What begins the job, with a token of the enumeration beside that of the call.
    private Func<CancellationToken, MapCall<TResult>> Plan<TItem, TResult>(
        FunctionReference function,
        ItemSource<TItem> items,
        MapOptions? options,
        bool ordered,
        bool throws,
        CancellationToken callToken,
        bool collects = false)
    {
        var bound = Bind(function);
        _work.ThrowIfClosed();
        var chosen = options ?? MapOptions.Default;
        var stops = throws || chosen.OnItemError == OnItemError.Stop;
        return enumerationToken =>
        {
            var request = RequestFor<TItem, TResult>(bound, items, chosen, ordered, stops, throws) with { Collects = collects };
            return _work.Begin(() => new MapCall<TResult>(_connection, request, callToken, enumerationToken));
        };
    }

    private static JobRequest<TResult> RequestFor<TItem, TResult>(
        FunctionReference function, ItemSource<TItem> items, MapOptions options, bool ordered, bool stops, bool throws) =>
        new(
            function,
            new ItemSender<TItem>(items, EncodingChoice.ForItems<TItem>),
            EncodingChoice.ForValues<TResult>,
            options,
            ordered,
            stops,
            throws);
}
