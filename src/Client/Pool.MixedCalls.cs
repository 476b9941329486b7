namespace WorkerPool.Client;

/// <summary>Maps of calls of several functions.</summary>
public sealed partial class Pool
{
    private const string CallFunction = "call";

    /// <summary>Runs calls of several functions as one job and waits for all results, in the order of the calls.</summary>
    /// <param name="calls">The calls. One of a function that the pool does not have fails by itself.</param>
    /// <param name="options">Options. Default: all defaults.</param>
    /// <param name="cancellationToken">Ends the job.</param>
    /// <typeparam name="TResult">Type of the values, such as <see cref="JsonText"/> where they differ.</typeparam>
    /// <exception cref="ItemFailedException">A call failed: of those that did, the one with the lowest index. The rest is cancelled.</exception>
    public Task<TResult[]> CallsAsync<TResult>(
        IEnumerable<Call> calls, MapOptions? options = null, CancellationToken cancellationToken = default) =>
        MapAsync<Call, TResult>(CallFunction, calls, options, cancellationToken);

    /// <summary>As <c>CallsAsync</c>, with the outcomes as they come, in the order of the calls or in that in which they complete.</summary>
    /// <param name="calls">The calls, of any number.</param>
    /// <param name="options">Options. Default: all defaults.</param>
    /// <param name="ordered">Whether they come in the order of the calls. Default: yes.</param>
    /// <typeparam name="TResult">Type of the values, such as <see cref="JsonText"/> where they differ.</typeparam>
    public MapStream<TResult> CallsOutcomesAsync<TResult>(IEnumerable<Call> calls, MapOptions? options = null, bool ordered = true) => ordered
        ? ImapOutcomesAsync<Call, TResult>(CallFunction, calls, options)
        : ImapUnorderedOutcomesAsync<Call, TResult>(CallFunction, calls, options);
}
