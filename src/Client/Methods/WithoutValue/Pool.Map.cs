using System.Runtime.CompilerServices;
using WorkerPool.Client.Mapping;
using WorkerPool.Client.Methods;

namespace WorkerPool.Client;

/// <summary>Maps of methods without a value.</summary>
/// <remarks>
/// A method is synchronous, or gives a <see cref="Task"/>, and may take a <see cref="CancellationToken"/> last. The form that gives a
/// task has precedence, so that an <c>async</c> lambda is waited for.
/// </remarks>
public sealed partial class Pool
{
    /// <summary>Runs a method without a value on each of many items and waits until all are done.</summary>
    /// <param name="method">
    /// The method: static, or a lambda that captures nothing, unless the workers are threads. A pool at an address runs the
    /// function of its name instead, if it has one that takes the same.
    /// </param>
    /// <param name="items">The items.</param>
    /// <param name="options">Options. Default: all defaults.</param>
    /// <param name="cancellationToken">Ends the job.</param>
    /// <typeparam name="TItem">Type of the items.</typeparam>
    /// <exception cref="ItemFailedException">An item failed: of those that did, the one with the lowest index. The rest is cancelled.</exception>
    /// <exception cref="InvalidRequestException">The pool cannot run the method, such as for a variable that it captures; the message says why.</exception>
    public Task MapAsync<TItem>(
        Action<TItem> method, IEnumerable<TItem> items, MapOptions? options = null, CancellationToken cancellationToken = default) =>
        DrainAsync(FunctionReference.WithoutValue(method), new ItemSource<TItem>(items), options, cancellationToken);

    /// <inheritdoc cref="MapAsync{TItem}(Action{TItem}, IEnumerable{TItem}, MapOptions, CancellationToken)"/>
    [OverloadResolutionPriority(1)]
    public Task MapAsync<TItem>(
        Func<TItem, Task> method,
        IEnumerable<TItem> items,
        MapOptions? options = null,
        CancellationToken cancellationToken = default) =>
        DrainAsync(FunctionReference.WithoutValue(method), new ItemSource<TItem>(items), options, cancellationToken);

    /// <inheritdoc cref="MapAsync{TItem}(Action{TItem}, IEnumerable{TItem}, MapOptions, CancellationToken)"/>
    public Task MapAsync<TItem>(
        Action<TItem, CancellationToken> method,
        IEnumerable<TItem> items,
        MapOptions? options = null,
        CancellationToken cancellationToken = default) =>
        DrainAsync(FunctionReference.WithoutValue(method), new ItemSource<TItem>(items), options, cancellationToken);

    /// <inheritdoc cref="MapAsync{TItem}(Action{TItem}, IEnumerable{TItem}, MapOptions, CancellationToken)"/>
    [OverloadResolutionPriority(1)]
    public Task MapAsync<TItem>(
        Func<TItem, CancellationToken, Task> method,
        IEnumerable<TItem> items,
        MapOptions? options = null,
        CancellationToken cancellationToken = default) =>
        DrainAsync(FunctionReference.WithoutValue(method), new ItemSource<TItem>(items), options, cancellationToken);

    /// <summary>Runs a method without a value on each of many items and waits until all are done.</summary>
    /// <param name="method">
    /// The method: static, or a lambda that captures nothing, unless the workers are threads. A pool at an address runs the
    /// function of its name instead, if it has one that takes the same.
    /// </param>
    /// <param name="items">The items.</param>
    /// <param name="options">Options. Default: all defaults.</param>
    /// <param name="cancellationToken">Ends the job.</param>
    /// <typeparam name="TItem">Type of the items.</typeparam>
    /// <exception cref="ItemFailedException">An item failed: of those that did, the one with the lowest index. The rest is cancelled.</exception>
    /// <exception cref="InvalidRequestException">The pool cannot run the method, such as for a variable that it captures; the message says why.</exception>
    public Task MapAsync<TItem>(
        Action<TItem> method,
        IAsyncEnumerable<TItem> items,
        MapOptions? options = null,
        CancellationToken cancellationToken = default) =>
        DrainAsync(FunctionReference.WithoutValue(method), new ItemSource<TItem>(items), options, cancellationToken);

    /// <inheritdoc cref="MapAsync{TItem}(Action{TItem}, IAsyncEnumerable{TItem}, MapOptions, CancellationToken)"/>
    [OverloadResolutionPriority(1)]
    public Task MapAsync<TItem>(
        Func<TItem, Task> method,
        IAsyncEnumerable<TItem> items,
        MapOptions? options = null,
        CancellationToken cancellationToken = default) =>
        DrainAsync(FunctionReference.WithoutValue(method), new ItemSource<TItem>(items), options, cancellationToken);

    /// <inheritdoc cref="MapAsync{TItem}(Action{TItem}, IAsyncEnumerable{TItem}, MapOptions, CancellationToken)"/>
    public Task MapAsync<TItem>(
        Action<TItem, CancellationToken> method,
        IAsyncEnumerable<TItem> items,
        MapOptions? options = null,
        CancellationToken cancellationToken = default) =>
        DrainAsync(FunctionReference.WithoutValue(method), new ItemSource<TItem>(items), options, cancellationToken);

    /// <inheritdoc cref="MapAsync{TItem}(Action{TItem}, IAsyncEnumerable{TItem}, MapOptions, CancellationToken)"/>
    [OverloadResolutionPriority(1)]
    public Task MapAsync<TItem>(
        Func<TItem, CancellationToken, Task> method,
        IAsyncEnumerable<TItem> items,
        MapOptions? options = null,
        CancellationToken cancellationToken = default) =>
        DrainAsync(FunctionReference.WithoutValue(method), new ItemSource<TItem>(items), options, cancellationToken);

    /// <summary>Runs a method of several parameters without a value on tuples and waits until all are done.</summary>
    /// <param name="method">
    /// The method: static, or a lambda that captures nothing, unless the workers are threads. A pool at an address runs the
    /// function of its name instead, if it has one that takes the same.
    /// </param>
    /// <param name="items">The tuples, each spread over the method's parameters.</param>
    /// <param name="options">Options. Default: all defaults.</param>
    /// <param name="cancellationToken">Ends the job.</param>
    /// <typeparam name="T1">Type of parameter 1.</typeparam>
    /// <typeparam name="T2">Type of parameter 2.</typeparam>
    /// <exception cref="ItemFailedException">An item failed: of those that did, the one with the lowest index. The rest is cancelled.</exception>
    /// <exception cref="InvalidRequestException">The pool cannot run the method, such as for a variable that it captures; the message says why.</exception>
    public Task StarmapAsync<T1, T2>(
        Action<T1, T2> method,
        IEnumerable<(T1, T2)> items,
        MapOptions? options = null,
        CancellationToken cancellationToken = default) =>
        DrainAsync(FunctionReference.WithoutValue(method), new ItemSource<(T1, T2)>(items), options, cancellationToken);

    /// <inheritdoc cref="StarmapAsync{T1, T2}(Action{T1, T2}, IEnumerable{ValueTuple{T1, T2}}, MapOptions, CancellationToken)"/>
    [OverloadResolutionPriority(1)]
    public Task StarmapAsync<T1, T2>(
        Func<T1, T2, Task> method,
        IEnumerable<(T1, T2)> items,
        MapOptions? options = null,
        CancellationToken cancellationToken = default) =>
        DrainAsync(FunctionReference.WithoutValue(method), new ItemSource<(T1, T2)>(items), options, cancellationToken);

    /// <inheritdoc cref="StarmapAsync{T1, T2}(Action{T1, T2}, IEnumerable{ValueTuple{T1, T2}}, MapOptions, CancellationToken)"/>
    public Task StarmapAsync<T1, T2>(
        Action<T1, T2, CancellationToken> method,
        IEnumerable<(T1, T2)> items,
        MapOptions? options = null,
        CancellationToken cancellationToken = default) =>
        DrainAsync(FunctionReference.WithoutValue(method), new ItemSource<(T1, T2)>(items), options, cancellationToken);

    /// <inheritdoc cref="StarmapAsync{T1, T2}(Action{T1, T2}, IEnumerable{ValueTuple{T1, T2}}, MapOptions, CancellationToken)"/>
    [OverloadResolutionPriority(1)]
    public Task StarmapAsync<T1, T2>(
        Func<T1, T2, CancellationToken, Task> method,
        IEnumerable<(T1, T2)> items,
        MapOptions? options = null,
        CancellationToken cancellationToken = default) =>
        DrainAsync(FunctionReference.WithoutValue(method), new ItemSource<(T1, T2)>(items), options, cancellationToken);

    /// <summary>Runs a method of several parameters without a value on tuples and waits until all are done.</summary>
    /// <param name="method">
    /// The method: static, or a lambda that captures nothing, unless the workers are threads. A pool at an address runs the
    /// function of its name instead, if it has one that takes the same.
    /// </param>
    /// <param name="items">The tuples, each spread over the method's parameters.</param>
    /// <param name="options">Options. Default: all defaults.</param>
    /// <param name="cancellationToken">Ends the job.</param>
    /// <typeparam name="T1">Type of parameter 1.</typeparam>
    /// <typeparam name="T2">Type of parameter 2.</typeparam>
    /// <typeparam name="T3">Type of parameter 3.</typeparam>
    /// <exception cref="ItemFailedException">An item failed: of those that did, the one with the lowest index. The rest is cancelled.</exception>
    /// <exception cref="InvalidRequestException">The pool cannot run the method, such as for a variable that it captures; the message says why.</exception>
    public Task StarmapAsync<T1, T2, T3>(
        Action<T1, T2, T3> method,
        IEnumerable<(T1, T2, T3)> items,
        MapOptions? options = null,
        CancellationToken cancellationToken = default) =>
        DrainAsync(FunctionReference.WithoutValue(method), new ItemSource<(T1, T2, T3)>(items), options, cancellationToken);

    /// <inheritdoc cref="StarmapAsync{T1, T2, T3}(Action{T1, T2, T3}, IEnumerable{ValueTuple{T1, T2, T3}}, MapOptions, CancellationToken)"/>
    [OverloadResolutionPriority(1)]
    public Task StarmapAsync<T1, T2, T3>(
        Func<T1, T2, T3, Task> method,
        IEnumerable<(T1, T2, T3)> items,
        MapOptions? options = null,
        CancellationToken cancellationToken = default) =>
        DrainAsync(FunctionReference.WithoutValue(method), new ItemSource<(T1, T2, T3)>(items), options, cancellationToken);

    /// <inheritdoc cref="StarmapAsync{T1, T2, T3}(Action{T1, T2, T3}, IEnumerable{ValueTuple{T1, T2, T3}}, MapOptions, CancellationToken)"/>
    public Task StarmapAsync<T1, T2, T3>(
        Action<T1, T2, T3, CancellationToken> method,
        IEnumerable<(T1, T2, T3)> items,
        MapOptions? options = null,
        CancellationToken cancellationToken = default) =>
        DrainAsync(FunctionReference.WithoutValue(method), new ItemSource<(T1, T2, T3)>(items), options, cancellationToken);

    /// <inheritdoc cref="StarmapAsync{T1, T2, T3}(Action{T1, T2, T3}, IEnumerable{ValueTuple{T1, T2, T3}}, MapOptions, CancellationToken)"/>
    [OverloadResolutionPriority(1)]
    public Task StarmapAsync<T1, T2, T3>(
        Func<T1, T2, T3, CancellationToken, Task> method,
        IEnumerable<(T1, T2, T3)> items,
        MapOptions? options = null,
        CancellationToken cancellationToken = default) =>
        DrainAsync(FunctionReference.WithoutValue(method), new ItemSource<(T1, T2, T3)>(items), options, cancellationToken);

    /// <summary>Runs a method of several parameters without a value on tuples and waits until all are done.</summary>
    /// <param name="method">
    /// The method: static, or a lambda that captures nothing, unless the workers are threads. A pool at an address runs the
    /// function of its name instead, if it has one that takes the same.
    /// </param>
    /// <param name="items">The tuples, each spread over the method's parameters.</param>
    /// <param name="options">Options. Default: all defaults.</param>
    /// <param name="cancellationToken">Ends the job.</param>
    /// <typeparam name="T1">Type of parameter 1.</typeparam>
    /// <typeparam name="T2">Type of parameter 2.</typeparam>
    /// <typeparam name="T3">Type of parameter 3.</typeparam>
    /// <typeparam name="T4">Type of parameter 4.</typeparam>
    /// <exception cref="ItemFailedException">An item failed: of those that did, the one with the lowest index. The rest is cancelled.</exception>
    /// <exception cref="InvalidRequestException">The pool cannot run the method, such as for a variable that it captures; the message says why.</exception>
    public Task StarmapAsync<T1, T2, T3, T4>(
        Action<T1, T2, T3, T4> method,
        IEnumerable<(T1, T2, T3, T4)> items,
        MapOptions? options = null,
        CancellationToken cancellationToken = default) =>
        DrainAsync(FunctionReference.WithoutValue(method), new ItemSource<(T1, T2, T3, T4)>(items), options, cancellationToken);

    /// <inheritdoc cref="StarmapAsync{T1, T2, T3, T4}(Action{T1, T2, T3, T4}, IEnumerable{ValueTuple{T1, T2, T3, T4}}, MapOptions, CancellationToken)"/>
    [OverloadResolutionPriority(1)]
    public Task StarmapAsync<T1, T2, T3, T4>(
        Func<T1, T2, T3, T4, Task> method,
        IEnumerable<(T1, T2, T3, T4)> items,
        MapOptions? options = null,
        CancellationToken cancellationToken = default) =>
        DrainAsync(FunctionReference.WithoutValue(method), new ItemSource<(T1, T2, T3, T4)>(items), options, cancellationToken);

    /// <inheritdoc cref="StarmapAsync{T1, T2, T3, T4}(Action{T1, T2, T3, T4}, IEnumerable{ValueTuple{T1, T2, T3, T4}}, MapOptions, CancellationToken)"/>
    public Task StarmapAsync<T1, T2, T3, T4>(
        Action<T1, T2, T3, T4, CancellationToken> method,
        IEnumerable<(T1, T2, T3, T4)> items,
        MapOptions? options = null,
        CancellationToken cancellationToken = default) =>
        DrainAsync(FunctionReference.WithoutValue(method), new ItemSource<(T1, T2, T3, T4)>(items), options, cancellationToken);

    /// <inheritdoc cref="StarmapAsync{T1, T2, T3, T4}(Action{T1, T2, T3, T4}, IEnumerable{ValueTuple{T1, T2, T3, T4}}, MapOptions, CancellationToken)"/>
    [OverloadResolutionPriority(1)]
    public Task StarmapAsync<T1, T2, T3, T4>(
        Func<T1, T2, T3, T4, CancellationToken, Task> method,
        IEnumerable<(T1, T2, T3, T4)> items,
        MapOptions? options = null,
        CancellationToken cancellationToken = default) =>
        DrainAsync(FunctionReference.WithoutValue(method), new ItemSource<(T1, T2, T3, T4)>(items), options, cancellationToken);
}
