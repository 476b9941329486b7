using System.Runtime.CompilerServices;
using WorkerPool.Client.Mapping;
using WorkerPool.Client.Methods;

namespace WorkerPool.Client;

/// <summary>Outcomes of methods without a value.</summary>
/// <remarks>
/// A method is synchronous, or gives a <see cref="Task"/>, and may take a <see cref="CancellationToken"/> last. The form that gives a
/// task has precedence, so that an <c>async</c> lambda is waited for.
/// </remarks>
public sealed partial class Pool
{
    /// <summary>Runs a method without a value on each of many items and gives the outcome of each, <c>null</c> or an error, in the order of the items.</summary>
    /// <param name="method">
    /// The method: static, or a lambda that captures nothing, unless the workers are threads. A pool at an address runs the
    /// function of its name instead, if it has one that takes the same.
    /// </param>
    /// <param name="items">The items, of any number.</param>
    /// <param name="options">Options. Default: all defaults; with <see cref="OnItemError.Stop"/> the stream ends after a failure.</param>
    /// <param name="cancellationToken">Ends the job.</param>
    /// <typeparam name="TItem">Type of the items.</typeparam>
    /// <exception cref="InvalidRequestException">The pool cannot run the method, such as for a variable that it captures; the message says why.</exception>
    public MapStream<object?> ImapOutcomesAsync<TItem>(
        Action<TItem> method, IEnumerable<TItem> items, MapOptions? options = null, CancellationToken cancellationToken = default) =>
        Outcomes<TItem, object?>(
            FunctionReference.WithoutValue(method), new ItemSource<TItem>(items), options, ordered: true, cancellationToken);

    /// <inheritdoc cref="ImapOutcomesAsync{TItem}(Action{TItem}, IEnumerable{TItem}, MapOptions, CancellationToken)"/>
    [OverloadResolutionPriority(1)]
    public MapStream<object?> ImapOutcomesAsync<TItem>(
        Func<TItem, Task> method,
        IEnumerable<TItem> items,
        MapOptions? options = null,
        CancellationToken cancellationToken = default) =>
        Outcomes<TItem, object?>(
            FunctionReference.WithoutValue(method), new ItemSource<TItem>(items), options, ordered: true, cancellationToken);

    /// <inheritdoc cref="ImapOutcomesAsync{TItem}(Action{TItem}, IEnumerable{TItem}, MapOptions, CancellationToken)"/>
    public MapStream<object?> ImapOutcomesAsync<TItem>(
        Action<TItem, CancellationToken> method,
        IEnumerable<TItem> items,
        MapOptions? options = null,
        CancellationToken cancellationToken = default) =>
        Outcomes<TItem, object?>(
            FunctionReference.WithoutValue(method), new ItemSource<TItem>(items), options, ordered: true, cancellationToken);

    /// <inheritdoc cref="ImapOutcomesAsync{TItem}(Action{TItem}, IEnumerable{TItem}, MapOptions, CancellationToken)"/>
    [OverloadResolutionPriority(1)]
    public MapStream<object?> ImapOutcomesAsync<TItem>(
        Func<TItem, CancellationToken, Task> method,
        IEnumerable<TItem> items,
        MapOptions? options = null,
        CancellationToken cancellationToken = default) =>
        Outcomes<TItem, object?>(
            FunctionReference.WithoutValue(method), new ItemSource<TItem>(items), options, ordered: true, cancellationToken);

    /// <summary>Runs a method without a value on each of many items and gives the outcome of each, <c>null</c> or an error, in the order of the items.</summary>
    /// <param name="method">
    /// The method: static, or a lambda that captures nothing, unless the workers are threads. A pool at an address runs the
    /// function of its name instead, if it has one that takes the same.
    /// </param>
    /// <param name="items">The items, of any number.</param>
    /// <param name="options">Options. Default: all defaults; with <see cref="OnItemError.Stop"/> the stream ends after a failure.</param>
    /// <param name="cancellationToken">Ends the job.</param>
    /// <typeparam name="TItem">Type of the items.</typeparam>
    /// <exception cref="InvalidRequestException">The pool cannot run the method, such as for a variable that it captures; the message says why.</exception>
    public MapStream<object?> ImapOutcomesAsync<TItem>(
        Action<TItem> method,
        IAsyncEnumerable<TItem> items,
        MapOptions? options = null,
        CancellationToken cancellationToken = default) =>
        Outcomes<TItem, object?>(
            FunctionReference.WithoutValue(method), new ItemSource<TItem>(items), options, ordered: true, cancellationToken);

    /// <inheritdoc cref="ImapOutcomesAsync{TItem}(Action{TItem}, IAsyncEnumerable{TItem}, MapOptions, CancellationToken)"/>
    [OverloadResolutionPriority(1)]
    public MapStream<object?> ImapOutcomesAsync<TItem>(
        Func<TItem, Task> method,
        IAsyncEnumerable<TItem> items,
        MapOptions? options = null,
        CancellationToken cancellationToken = default) =>
        Outcomes<TItem, object?>(
            FunctionReference.WithoutValue(method), new ItemSource<TItem>(items), options, ordered: true, cancellationToken);

    /// <inheritdoc cref="ImapOutcomesAsync{TItem}(Action{TItem}, IAsyncEnumerable{TItem}, MapOptions, CancellationToken)"/>
    public MapStream<object?> ImapOutcomesAsync<TItem>(
        Action<TItem, CancellationToken> method,
        IAsyncEnumerable<TItem> items,
        MapOptions? options = null,
        CancellationToken cancellationToken = default) =>
        Outcomes<TItem, object?>(
            FunctionReference.WithoutValue(method), new ItemSource<TItem>(items), options, ordered: true, cancellationToken);

    /// <inheritdoc cref="ImapOutcomesAsync{TItem}(Action{TItem}, IAsyncEnumerable{TItem}, MapOptions, CancellationToken)"/>
    [OverloadResolutionPriority(1)]
    public MapStream<object?> ImapOutcomesAsync<TItem>(
        Func<TItem, CancellationToken, Task> method,
        IAsyncEnumerable<TItem> items,
        MapOptions? options = null,
        CancellationToken cancellationToken = default) =>
        Outcomes<TItem, object?>(
            FunctionReference.WithoutValue(method), new ItemSource<TItem>(items), options, ordered: true, cancellationToken);

    /// <summary>Runs a method without a value on each of many items and gives the outcome of each, <c>null</c> or an error, as they complete.</summary>
    /// <param name="method">
    /// The method: static, or a lambda that captures nothing, unless the workers are threads. A pool at an address runs the
    /// function of its name instead, if it has one that takes the same.
    /// </param>
    /// <param name="items">The items, of any number.</param>
    /// <param name="options">Options. Default: all defaults; with <see cref="OnItemError.Stop"/> the stream ends after a failure.</param>
    /// <param name="cancellationToken">Ends the job.</param>
    /// <typeparam name="TItem">Type of the items.</typeparam>
    /// <exception cref="InvalidRequestException">The pool cannot run the method, such as for a variable that it captures; the message says why.</exception>
    public MapStream<object?> ImapUnorderedOutcomesAsync<TItem>(
        Action<TItem> method, IEnumerable<TItem> items, MapOptions? options = null, CancellationToken cancellationToken = default) =>
        Outcomes<TItem, object?>(
            FunctionReference.WithoutValue(method), new ItemSource<TItem>(items), options, ordered: false, cancellationToken);

    /// <inheritdoc cref="ImapUnorderedOutcomesAsync{TItem}(Action{TItem}, IEnumerable{TItem}, MapOptions, CancellationToken)"/>
    [OverloadResolutionPriority(1)]
    public MapStream<object?> ImapUnorderedOutcomesAsync<TItem>(
        Func<TItem, Task> method,
        IEnumerable<TItem> items,
        MapOptions? options = null,
        CancellationToken cancellationToken = default) =>
        Outcomes<TItem, object?>(
            FunctionReference.WithoutValue(method), new ItemSource<TItem>(items), options, ordered: false, cancellationToken);

    /// <inheritdoc cref="ImapUnorderedOutcomesAsync{TItem}(Action{TItem}, IEnumerable{TItem}, MapOptions, CancellationToken)"/>
    public MapStream<object?> ImapUnorderedOutcomesAsync<TItem>(
        Action<TItem, CancellationToken> method,
        IEnumerable<TItem> items,
        MapOptions? options = null,
        CancellationToken cancellationToken = default) =>
        Outcomes<TItem, object?>(
            FunctionReference.WithoutValue(method), new ItemSource<TItem>(items), options, ordered: false, cancellationToken);

    /// <inheritdoc cref="ImapUnorderedOutcomesAsync{TItem}(Action{TItem}, IEnumerable{TItem}, MapOptions, CancellationToken)"/>
    [OverloadResolutionPriority(1)]
    public MapStream<object?> ImapUnorderedOutcomesAsync<TItem>(
        Func<TItem, CancellationToken, Task> method,
        IEnumerable<TItem> items,
        MapOptions? options = null,
        CancellationToken cancellationToken = default) =>
        Outcomes<TItem, object?>(
            FunctionReference.WithoutValue(method), new ItemSource<TItem>(items), options, ordered: false, cancellationToken);

    /// <summary>Runs a method without a value on each of many items and gives the outcome of each, <c>null</c> or an error, as they complete.</summary>
    /// <param name="method">
    /// The method: static, or a lambda that captures nothing, unless the workers are threads. A pool at an address runs the
    /// function of its name instead, if it has one that takes the same.
    /// </param>
    /// <param name="items">The items, of any number.</param>
    /// <param name="options">Options. Default: all defaults; with <see cref="OnItemError.Stop"/> the stream ends after a failure.</param>
    /// <param name="cancellationToken">Ends the job.</param>
    /// <typeparam name="TItem">Type of the items.</typeparam>
    /// <exception cref="InvalidRequestException">The pool cannot run the method, such as for a variable that it captures; the message says why.</exception>
    public MapStream<object?> ImapUnorderedOutcomesAsync<TItem>(
        Action<TItem> method,
        IAsyncEnumerable<TItem> items,
        MapOptions? options = null,
        CancellationToken cancellationToken = default) =>
        Outcomes<TItem, object?>(
            FunctionReference.WithoutValue(method), new ItemSource<TItem>(items), options, ordered: false, cancellationToken);

    /// <inheritdoc cref="ImapUnorderedOutcomesAsync{TItem}(Action{TItem}, IAsyncEnumerable{TItem}, MapOptions, CancellationToken)"/>
    [OverloadResolutionPriority(1)]
    public MapStream<object?> ImapUnorderedOutcomesAsync<TItem>(
        Func<TItem, Task> method,
        IAsyncEnumerable<TItem> items,
        MapOptions? options = null,
        CancellationToken cancellationToken = default) =>
        Outcomes<TItem, object?>(
            FunctionReference.WithoutValue(method), new ItemSource<TItem>(items), options, ordered: false, cancellationToken);

    /// <inheritdoc cref="ImapUnorderedOutcomesAsync{TItem}(Action{TItem}, IAsyncEnumerable{TItem}, MapOptions, CancellationToken)"/>
    public MapStream<object?> ImapUnorderedOutcomesAsync<TItem>(
        Action<TItem, CancellationToken> method,
        IAsyncEnumerable<TItem> items,
        MapOptions? options = null,
        CancellationToken cancellationToken = default) =>
        Outcomes<TItem, object?>(
            FunctionReference.WithoutValue(method), new ItemSource<TItem>(items), options, ordered: false, cancellationToken);

    /// <inheritdoc cref="ImapUnorderedOutcomesAsync{TItem}(Action{TItem}, IAsyncEnumerable{TItem}, MapOptions, CancellationToken)"/>
    [OverloadResolutionPriority(1)]
    public MapStream<object?> ImapUnorderedOutcomesAsync<TItem>(
        Func<TItem, CancellationToken, Task> method,
        IAsyncEnumerable<TItem> items,
        MapOptions? options = null,
        CancellationToken cancellationToken = default) =>
        Outcomes<TItem, object?>(
            FunctionReference.WithoutValue(method), new ItemSource<TItem>(items), options, ordered: false, cancellationToken);
}
