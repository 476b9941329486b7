using System.Runtime.CompilerServices;
using WorkerPool.Client.Mapping;
using WorkerPool.Client.Methods;

namespace WorkerPool.Client;

/// <summary>Maps of methods.</summary>
/// <remarks>
/// A method is synchronous, or gives a <see cref="Task{TResult}"/> or <see cref="ValueTask{TResult}"/>, and may take a
/// <see cref="CancellationToken"/> last. A form that gives a task has precedence, so that an <c>async</c> lambda is what it looks like.
/// </remarks>
public sealed partial class Pool
{
    /// <summary>Maps a method over items and waits for all results, in the order of the items.</summary>
    /// <param name="method">
    /// The method: static, or a lambda that captures nothing, unless the workers are threads. A pool at an address runs the
    /// function of its name instead, if it has one that takes and gives the same.
    /// </param>
    /// <param name="items">The items.</param>
    /// <param name="options">Options. Default: all defaults.</param>
    /// <param name="cancellationToken">Ends the job.</param>
    /// <typeparam name="TItem">Type of the items.</typeparam>
    /// <typeparam name="TResult">Type of the values.</typeparam>
    /// <exception cref="InvalidRequestException">The pool cannot run the method, such as for a variable that it captures; the message says why.</exception>
    public Task<TResult[]> MapAsync<TItem, TResult>(
        Func<TItem, TResult> method,
        IEnumerable<TItem> items,
        MapOptions? options = null,
        CancellationToken cancellationToken = default) =>
        CollectAsync<TItem, TResult>(FunctionReference.To(method), new ItemSource<TItem>(items), options, cancellationToken);

    /// <inheritdoc cref="MapAsync{TItem, TResult}(Func{TItem, TResult}, IEnumerable{TItem}, MapOptions, CancellationToken)"/>
    public Task<TResult[]> MapAsync<TItem, TResult>(
        Func<TItem, TResult> method,
        IAsyncEnumerable<TItem> items,
        MapOptions? options = null,
        CancellationToken cancellationToken = default) =>
        CollectAsync<TItem, TResult>(FunctionReference.To(method), new ItemSource<TItem>(items), options, cancellationToken);

    /// <inheritdoc cref="MapAsync{TItem, TResult}(Func{TItem, TResult}, IEnumerable{TItem}, MapOptions, CancellationToken)"/>
    [OverloadResolutionPriority(1)]
    public Task<TResult[]> MapAsync<TItem, TResult>(
        Func<TItem, Task<TResult>> method,
        IEnumerable<TItem> items,
        MapOptions? options = null,
        CancellationToken cancellationToken = default) =>
        CollectAsync<TItem, TResult>(FunctionReference.To(method), new ItemSource<TItem>(items), options, cancellationToken);

    /// <inheritdoc cref="MapAsync{TItem, TResult}(Func{TItem, TResult}, IEnumerable{TItem}, MapOptions, CancellationToken)"/>
    [OverloadResolutionPriority(1)]
    public Task<TResult[]> MapAsync<TItem, TResult>(
        Func<TItem, Task<TResult>> method,
        IAsyncEnumerable<TItem> items,
        MapOptions? options = null,
        CancellationToken cancellationToken = default) =>
        CollectAsync<TItem, TResult>(FunctionReference.To(method), new ItemSource<TItem>(items), options, cancellationToken);

    /// <inheritdoc cref="MapAsync{TItem, TResult}(Func{TItem, TResult}, IEnumerable{TItem}, MapOptions, CancellationToken)"/>
    public Task<TResult[]> MapAsync<TItem, TResult>(
        Func<TItem, ValueTask<TResult>> method,
        IEnumerable<TItem> items,
        MapOptions? options = null,
        CancellationToken cancellationToken = default) =>
        CollectAsync<TItem, TResult>(FunctionReference.To(method), new ItemSource<TItem>(items), options, cancellationToken);

    /// <inheritdoc cref="MapAsync{TItem, TResult}(Func{TItem, TResult}, IEnumerable{TItem}, MapOptions, CancellationToken)"/>
    public Task<TResult[]> MapAsync<TItem, TResult>(
        Func<TItem, ValueTask<TResult>> method,
        IAsyncEnumerable<TItem> items,
        MapOptions? options = null,
        CancellationToken cancellationToken = default) =>
        CollectAsync<TItem, TResult>(FunctionReference.To(method), new ItemSource<TItem>(items), options, cancellationToken);

    /// <inheritdoc cref="MapAsync{TItem, TResult}(Func{TItem, TResult}, IEnumerable{TItem}, MapOptions, CancellationToken)"/>
    public Task<TResult[]> MapAsync<TItem, TResult>(
        Func<TItem, CancellationToken, TResult> method,
        IEnumerable<TItem> items,
        MapOptions? options = null,
        CancellationToken cancellationToken = default) =>
        CollectAsync<TItem, TResult>(FunctionReference.To(method), new ItemSource<TItem>(items), options, cancellationToken);

    /// <inheritdoc cref="MapAsync{TItem, TResult}(Func{TItem, TResult}, IEnumerable{TItem}, MapOptions, CancellationToken)"/>
    public Task<TResult[]> MapAsync<TItem, TResult>(
        Func<TItem, CancellationToken, TResult> method,
        IAsyncEnumerable<TItem> items,
        MapOptions? options = null,
        CancellationToken cancellationToken = default) =>
        CollectAsync<TItem, TResult>(FunctionReference.To(method), new ItemSource<TItem>(items), options, cancellationToken);

    /// <inheritdoc cref="MapAsync{TItem, TResult}(Func{TItem, TResult}, IEnumerable{TItem}, MapOptions, CancellationToken)"/>
    [OverloadResolutionPriority(1)]
    public Task<TResult[]> MapAsync<TItem, TResult>(
        Func<TItem, CancellationToken, Task<TResult>> method,
        IEnumerable<TItem> items,
        MapOptions? options = null,
        CancellationToken cancellationToken = default) =>
        CollectAsync<TItem, TResult>(FunctionReference.To(method), new ItemSource<TItem>(items), options, cancellationToken);

    /// <inheritdoc cref="MapAsync{TItem, TResult}(Func{TItem, TResult}, IEnumerable{TItem}, MapOptions, CancellationToken)"/>
    [OverloadResolutionPriority(1)]
    public Task<TResult[]> MapAsync<TItem, TResult>(
        Func<TItem, CancellationToken, Task<TResult>> method,
        IAsyncEnumerable<TItem> items,
        MapOptions? options = null,
        CancellationToken cancellationToken = default) =>
        CollectAsync<TItem, TResult>(FunctionReference.To(method), new ItemSource<TItem>(items), options, cancellationToken);

    /// <inheritdoc cref="MapAsync{TItem, TResult}(Func{TItem, TResult}, IEnumerable{TItem}, MapOptions, CancellationToken)"/>
    public Task<TResult[]> MapAsync<TItem, TResult>(
        Func<TItem, CancellationToken, ValueTask<TResult>> method,
        IEnumerable<TItem> items,
        MapOptions? options = null,
        CancellationToken cancellationToken = default) =>
        CollectAsync<TItem, TResult>(FunctionReference.To(method), new ItemSource<TItem>(items), options, cancellationToken);

    /// <inheritdoc cref="MapAsync{TItem, TResult}(Func{TItem, TResult}, IEnumerable{TItem}, MapOptions, CancellationToken)"/>
    public Task<TResult[]> MapAsync<TItem, TResult>(
        Func<TItem, CancellationToken, ValueTask<TResult>> method,
        IAsyncEnumerable<TItem> items,
        MapOptions? options = null,
        CancellationToken cancellationToken = default) =>
        CollectAsync<TItem, TResult>(FunctionReference.To(method), new ItemSource<TItem>(items), options, cancellationToken);
}
