using System.Runtime.CompilerServices;
using WorkerPool.Client.Mapping;
using WorkerPool.Client.Methods;

namespace WorkerPool.Client;

/// <summary>Maps of methods whose items have an argument in common, with the values as they come.</summary>
/// <remarks>
/// The first parameter of the method is the shared one: its argument is sent once to each worker, and not with each item. A method
/// is synchronous, or gives a <see cref="Task{TResult}"/> or <see cref="ValueTask{TResult}"/>; it is told of cancellation by its
/// worker's context.
/// </remarks>
public sealed partial class Pool
{
    /// <summary>Maps a method over items that have an argument in common, and gives the values as they come, in the order of the items.</summary>
    /// <param name="method">
    /// The method, of two parameters: static, or a lambda that captures nothing, unless the workers are threads. A pool at an address
    /// runs the function of its name instead, if it has one that takes and gives the same.
    /// </param>
    /// <param name="shared">The argument of its first parameter, which all items have in common. Do not change it while the job runs.</param>
    /// <param name="items">The items, which fill its second parameter.</param>
    /// <param name="options">Options. Default: all defaults.</param>
    /// <param name="cancellationToken">Ends the job.</param>
    /// <typeparam name="TShared">Type of the shared argument.</typeparam>
    /// <typeparam name="TItem">Type of the items.</typeparam>
    /// <typeparam name="TResult">Type of the values.</typeparam>
    /// <exception cref="InvalidRequestException">The pool cannot run the method, such as for a variable that it captures; the message says why.</exception>
    public IAsyncEnumerable<TResult> ImapAsync<TShared, TItem, TResult>(
        Func<TShared, TItem, TResult> method,
        TShared shared,
        IEnumerable<TItem> items,
        MapOptions? options = null,
        CancellationToken cancellationToken = default) =>
        Results<TItem, TResult>(
            FunctionReference.To(method), new ItemSource<TItem>(items), SharedFirst(method, shared, options), ordered: true, cancellationToken);

    /// <inheritdoc cref="ImapAsync{TShared, TItem, TResult}(Func{TShared, TItem, TResult}, TShared, IEnumerable{TItem}, MapOptions, CancellationToken)"/>
    public IAsyncEnumerable<TResult> ImapAsync<TShared, TItem, TResult>(
        Func<TShared, TItem, TResult> method,
        TShared shared,
        IAsyncEnumerable<TItem> items,
        MapOptions? options = null,
        CancellationToken cancellationToken = default) =>
        Results<TItem, TResult>(
            FunctionReference.To(method), new ItemSource<TItem>(items), SharedFirst(method, shared, options), ordered: true, cancellationToken);

    /// <inheritdoc cref="ImapAsync{TShared, TItem, TResult}(Func{TShared, TItem, TResult}, TShared, IEnumerable{TItem}, MapOptions, CancellationToken)"/>
    [OverloadResolutionPriority(1)]
    public IAsyncEnumerable<TResult> ImapAsync<TShared, TItem, TResult>(
        Func<TShared, TItem, Task<TResult>> method,
        TShared shared,
        IEnumerable<TItem> items,
        MapOptions? options = null,
        CancellationToken cancellationToken = default) =>
        Results<TItem, TResult>(
            FunctionReference.To(method), new ItemSource<TItem>(items), SharedFirst(method, shared, options), ordered: true, cancellationToken);

    /// <inheritdoc cref="ImapAsync{TShared, TItem, TResult}(Func{TShared, TItem, TResult}, TShared, IEnumerable{TItem}, MapOptions, CancellationToken)"/>
    [OverloadResolutionPriority(1)]
    public IAsyncEnumerable<TResult> ImapAsync<TShared, TItem, TResult>(
        Func<TShared, TItem, Task<TResult>> method,
        TShared shared,
        IAsyncEnumerable<TItem> items,
        MapOptions? options = null,
        CancellationToken cancellationToken = default) =>
        Results<TItem, TResult>(
            FunctionReference.To(method), new ItemSource<TItem>(items), SharedFirst(method, shared, options), ordered: true, cancellationToken);

    /// <inheritdoc cref="ImapAsync{TShared, TItem, TResult}(Func{TShared, TItem, TResult}, TShared, IEnumerable{TItem}, MapOptions, CancellationToken)"/>
    public IAsyncEnumerable<TResult> ImapAsync<TShared, TItem, TResult>(
        Func<TShared, TItem, ValueTask<TResult>> method,
        TShared shared,
        IEnumerable<TItem> items,
        MapOptions? options = null,
        CancellationToken cancellationToken = default) =>
        Results<TItem, TResult>(
            FunctionReference.To(method), new ItemSource<TItem>(items), SharedFirst(method, shared, options), ordered: true, cancellationToken);

    /// <inheritdoc cref="ImapAsync{TShared, TItem, TResult}(Func{TShared, TItem, TResult}, TShared, IEnumerable{TItem}, MapOptions, CancellationToken)"/>
    public IAsyncEnumerable<TResult> ImapAsync<TShared, TItem, TResult>(
        Func<TShared, TItem, ValueTask<TResult>> method,
        TShared shared,
        IAsyncEnumerable<TItem> items,
        MapOptions? options = null,
        CancellationToken cancellationToken = default) =>
        Results<TItem, TResult>(
            FunctionReference.To(method), new ItemSource<TItem>(items), SharedFirst(method, shared, options), ordered: true, cancellationToken);

    /// <summary>Maps a method over items that have an argument in common, and gives the values as they complete.</summary>
    /// <param name="method">
    /// The method, of two parameters: static, or a lambda that captures nothing, unless the workers are threads. A pool at an address
    /// runs the function of its name instead, if it has one that takes and gives the same.
    /// </param>
    /// <param name="shared">The argument of its first parameter, which all items have in common. Do not change it while the job runs.</param>
    /// <param name="items">The items, which fill its second parameter.</param>
    /// <param name="options">Options. Default: all defaults.</param>
    /// <param name="cancellationToken">Ends the job.</param>
    /// <typeparam name="TShared">Type of the shared argument.</typeparam>
    /// <typeparam name="TItem">Type of the items.</typeparam>
    /// <typeparam name="TResult">Type of the values.</typeparam>
    /// <exception cref="InvalidRequestException">The pool cannot run the method, such as for a variable that it captures; the message says why.</exception>
    public IAsyncEnumerable<TResult> ImapUnorderedAsync<TShared, TItem, TResult>(
        Func<TShared, TItem, TResult> method,
        TShared shared,
        IEnumerable<TItem> items,
        MapOptions? options = null,
        CancellationToken cancellationToken = default) =>
        Results<TItem, TResult>(
            FunctionReference.To(method), new ItemSource<TItem>(items), SharedFirst(method, shared, options), ordered: false, cancellationToken);

    /// <inheritdoc cref="ImapUnorderedAsync{TShared, TItem, TResult}(Func{TShared, TItem, TResult}, TShared, IEnumerable{TItem}, MapOptions, CancellationToken)"/>
    public IAsyncEnumerable<TResult> ImapUnorderedAsync<TShared, TItem, TResult>(
        Func<TShared, TItem, TResult> method,
        TShared shared,
        IAsyncEnumerable<TItem> items,
        MapOptions? options = null,
        CancellationToken cancellationToken = default) =>
        Results<TItem, TResult>(
            FunctionReference.To(method), new ItemSource<TItem>(items), SharedFirst(method, shared, options), ordered: false, cancellationToken);

    /// <inheritdoc cref="ImapUnorderedAsync{TShared, TItem, TResult}(Func{TShared, TItem, TResult}, TShared, IEnumerable{TItem}, MapOptions, CancellationToken)"/>
    [OverloadResolutionPriority(1)]
    public IAsyncEnumerable<TResult> ImapUnorderedAsync<TShared, TItem, TResult>(
        Func<TShared, TItem, Task<TResult>> method,
        TShared shared,
        IEnumerable<TItem> items,
        MapOptions? options = null,
        CancellationToken cancellationToken = default) =>
        Results<TItem, TResult>(
            FunctionReference.To(method), new ItemSource<TItem>(items), SharedFirst(method, shared, options), ordered: false, cancellationToken);

    /// <inheritdoc cref="ImapUnorderedAsync{TShared, TItem, TResult}(Func{TShared, TItem, TResult}, TShared, IEnumerable{TItem}, MapOptions, CancellationToken)"/>
    [OverloadResolutionPriority(1)]
    public IAsyncEnumerable<TResult> ImapUnorderedAsync<TShared, TItem, TResult>(
        Func<TShared, TItem, Task<TResult>> method,
        TShared shared,
        IAsyncEnumerable<TItem> items,
        MapOptions? options = null,
        CancellationToken cancellationToken = default) =>
        Results<TItem, TResult>(
            FunctionReference.To(method), new ItemSource<TItem>(items), SharedFirst(method, shared, options), ordered: false, cancellationToken);

    /// <inheritdoc cref="ImapUnorderedAsync{TShared, TItem, TResult}(Func{TShared, TItem, TResult}, TShared, IEnumerable{TItem}, MapOptions, CancellationToken)"/>
    public IAsyncEnumerable<TResult> ImapUnorderedAsync<TShared, TItem, TResult>(
        Func<TShared, TItem, ValueTask<TResult>> method,
        TShared shared,
        IEnumerable<TItem> items,
        MapOptions? options = null,
        CancellationToken cancellationToken = default) =>
        Results<TItem, TResult>(
            FunctionReference.To(method), new ItemSource<TItem>(items), SharedFirst(method, shared, options), ordered: false, cancellationToken);

    /// <inheritdoc cref="ImapUnorderedAsync{TShared, TItem, TResult}(Func{TShared, TItem, TResult}, TShared, IEnumerable{TItem}, MapOptions, CancellationToken)"/>
    public IAsyncEnumerable<TResult> ImapUnorderedAsync<TShared, TItem, TResult>(
        Func<TShared, TItem, ValueTask<TResult>> method,
        TShared shared,
        IAsyncEnumerable<TItem> items,
        MapOptions? options = null,
        CancellationToken cancellationToken = default) =>
        Results<TItem, TResult>(
            FunctionReference.To(method), new ItemSource<TItem>(items), SharedFirst(method, shared, options), ordered: false, cancellationToken);
}
