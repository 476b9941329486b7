using System.Runtime.CompilerServices;
using WorkerPool.Client.Mapping;
using WorkerPool.Client.Methods;

namespace WorkerPool.Client;

/// <summary>Maps of methods of several parameters.</summary>
/// <remarks>
/// A method is synchronous, or gives a <see cref="Task{TResult}"/> or <see cref="ValueTask{TResult}"/>, and may take a
/// <see cref="CancellationToken"/> last. A form that gives a task has precedence, so that an <c>async</c> lambda is what it looks like.
/// </remarks>
public sealed partial class Pool
{
    /// <summary>Maps a method of several parameters over tuples and waits for all results, in their order.</summary>
    /// <param name="method">
    /// The method: static, or a lambda that captures nothing, unless the workers are threads. A pool at an address runs the
    /// function of its name instead, if it has one that takes and gives the same.
    /// </param>
    /// <param name="items">The tuples, each spread over the method's parameters.</param>
    /// <param name="options">Options. Default: all defaults.</param>
    /// <param name="cancellationToken">Ends the job.</param>
    /// <typeparam name="T1">Type of parameter 1.</typeparam>
    /// <typeparam name="T2">Type of parameter 2.</typeparam>
    /// <typeparam name="TResult">Type of the values.</typeparam>
    /// <exception cref="InvalidRequestException">The pool cannot run the method, such as for a variable that it captures; the message says why.</exception>
    public Task<TResult[]> StarmapAsync<T1, T2, TResult>(
        Func<T1, T2, TResult> method,
        IEnumerable<(T1, T2)> items,
        MapOptions? options = null,
        CancellationToken cancellationToken = default) =>
        CollectAsync<(T1, T2), TResult>(FunctionReference.To(method), new ItemSource<(T1, T2)>(items), options, cancellationToken);

    /// <inheritdoc cref="StarmapAsync{T1, T2, TResult}(Func{T1, T2, TResult}, IEnumerable{ValueTuple{T1, T2}}, MapOptions, CancellationToken)"/>
    [OverloadResolutionPriority(1)]
    public Task<TResult[]> StarmapAsync<T1, T2, TResult>(
        Func<T1, T2, Task<TResult>> method,
        IEnumerable<(T1, T2)> items,
        MapOptions? options = null,
        CancellationToken cancellationToken = default) =>
        CollectAsync<(T1, T2), TResult>(FunctionReference.To(method), new ItemSource<(T1, T2)>(items), options, cancellationToken);

    /// <inheritdoc cref="StarmapAsync{T1, T2, TResult}(Func{T1, T2, TResult}, IEnumerable{ValueTuple{T1, T2}}, MapOptions, CancellationToken)"/>
    public Task<TResult[]> StarmapAsync<T1, T2, TResult>(
        Func<T1, T2, ValueTask<TResult>> method,
        IEnumerable<(T1, T2)> items,
        MapOptions? options = null,
        CancellationToken cancellationToken = default) =>
        CollectAsync<(T1, T2), TResult>(FunctionReference.To(method), new ItemSource<(T1, T2)>(items), options, cancellationToken);

    /// <inheritdoc cref="StarmapAsync{T1, T2, TResult}(Func{T1, T2, TResult}, IEnumerable{ValueTuple{T1, T2}}, MapOptions, CancellationToken)"/>
    public Task<TResult[]> StarmapAsync<T1, T2, TResult>(
        Func<T1, T2, CancellationToken, TResult> method,
        IEnumerable<(T1, T2)> items,
        MapOptions? options = null,
        CancellationToken cancellationToken = default) =>
        CollectAsync<(T1, T2), TResult>(FunctionReference.To(method), new ItemSource<(T1, T2)>(items), options, cancellationToken);

    /// <inheritdoc cref="StarmapAsync{T1, T2, TResult}(Func{T1, T2, TResult}, IEnumerable{ValueTuple{T1, T2}}, MapOptions, CancellationToken)"/>
    [OverloadResolutionPriority(1)]
    public Task<TResult[]> StarmapAsync<T1, T2, TResult>(
        Func<T1, T2, CancellationToken, Task<TResult>> method,
        IEnumerable<(T1, T2)> items,
        MapOptions? options = null,
        CancellationToken cancellationToken = default) =>
        CollectAsync<(T1, T2), TResult>(FunctionReference.To(method), new ItemSource<(T1, T2)>(items), options, cancellationToken);

    /// <inheritdoc cref="StarmapAsync{T1, T2, TResult}(Func{T1, T2, TResult}, IEnumerable{ValueTuple{T1, T2}}, MapOptions, CancellationToken)"/>
    public Task<TResult[]> StarmapAsync<T1, T2, TResult>(
        Func<T1, T2, CancellationToken, ValueTask<TResult>> method,
        IEnumerable<(T1, T2)> items,
        MapOptions? options = null,
        CancellationToken cancellationToken = default) =>
        CollectAsync<(T1, T2), TResult>(FunctionReference.To(method), new ItemSource<(T1, T2)>(items), options, cancellationToken);

    /// <summary>Maps a method of several parameters over tuples and waits for all results, in their order.</summary>
    /// <param name="method">
    /// The method: static, or a lambda that captures nothing, unless the workers are threads. A pool at an address runs the
    /// function of its name instead, if it has one that takes and gives the same.
    /// </param>
    /// <param name="items">The tuples, each spread over the method's parameters.</param>
    /// <param name="options">Options. Default: all defaults.</param>
    /// <param name="cancellationToken">Ends the job.</param>
    /// <typeparam name="T1">Type of parameter 1.</typeparam>
    /// <typeparam name="T2">Type of parameter 2.</typeparam>
    /// <typeparam name="T3">Type of parameter 3.</typeparam>
    /// <typeparam name="TResult">Type of the values.</typeparam>
    /// <exception cref="InvalidRequestException">The pool cannot run the method, such as for a variable that it captures; the message says why.</exception>
    public Task<TResult[]> StarmapAsync<T1, T2, T3, TResult>(
        Func<T1, T2, T3, TResult> method,
        IEnumerable<(T1, T2, T3)> items,
        MapOptions? options = null,
        CancellationToken cancellationToken = default) =>
        CollectAsync<(T1, T2, T3), TResult>(FunctionReference.To(method), new ItemSource<(T1, T2, T3)>(items), options, cancellationToken);

    /// <inheritdoc cref="StarmapAsync{T1, T2, T3, TResult}(Func{T1, T2, T3, TResult}, IEnumerable{ValueTuple{T1, T2, T3}}, MapOptions, CancellationToken)"/>
    [OverloadResolutionPriority(1)]
    public Task<TResult[]> StarmapAsync<T1, T2, T3, TResult>(
        Func<T1, T2, T3, Task<TResult>> method,
        IEnumerable<(T1, T2, T3)> items,
        MapOptions? options = null,
        CancellationToken cancellationToken = default) =>
        CollectAsync<(T1, T2, T3), TResult>(FunctionReference.To(method), new ItemSource<(T1, T2, T3)>(items), options, cancellationToken);

    /// <inheritdoc cref="StarmapAsync{T1, T2, T3, TResult}(Func{T1, T2, T3, TResult}, IEnumerable{ValueTuple{T1, T2, T3}}, MapOptions, CancellationToken)"/>
    public Task<TResult[]> StarmapAsync<T1, T2, T3, TResult>(
        Func<T1, T2, T3, ValueTask<TResult>> method,
        IEnumerable<(T1, T2, T3)> items,
        MapOptions? options = null,
        CancellationToken cancellationToken = default) =>
        CollectAsync<(T1, T2, T3), TResult>(FunctionReference.To(method), new ItemSource<(T1, T2, T3)>(items), options, cancellationToken);

    /// <inheritdoc cref="StarmapAsync{T1, T2, T3, TResult}(Func{T1, T2, T3, TResult}, IEnumerable{ValueTuple{T1, T2, T3}}, MapOptions, CancellationToken)"/>
    public Task<TResult[]> StarmapAsync<T1, T2, T3, TResult>(
        Func<T1, T2, T3, CancellationToken, TResult> method,
        IEnumerable<(T1, T2, T3)> items,
        MapOptions? options = null,
        CancellationToken cancellationToken = default) =>
        CollectAsync<(T1, T2, T3), TResult>(FunctionReference.To(method), new ItemSource<(T1, T2, T3)>(items), options, cancellationToken);

    /// <inheritdoc cref="StarmapAsync{T1, T2, T3, TResult}(Func{T1, T2, T3, TResult}, IEnumerable{ValueTuple{T1, T2, T3}}, MapOptions, CancellationToken)"/>
    [OverloadResolutionPriority(1)]
    public Task<TResult[]> StarmapAsync<T1, T2, T3, TResult>(
        Func<T1, T2, T3, CancellationToken, Task<TResult>> method,
        IEnumerable<(T1, T2, T3)> items,
        MapOptions? options = null,
        CancellationToken cancellationToken = default) =>
        CollectAsync<(T1, T2, T3), TResult>(FunctionReference.To(method), new ItemSource<(T1, T2, T3)>(items), options, cancellationToken);

    /// <inheritdoc cref="StarmapAsync{T1, T2, T3, TResult}(Func{T1, T2, T3, TResult}, IEnumerable{ValueTuple{T1, T2, T3}}, MapOptions, CancellationToken)"/>
    public Task<TResult[]> StarmapAsync<T1, T2, T3, TResult>(
        Func<T1, T2, T3, CancellationToken, ValueTask<TResult>> method,
        IEnumerable<(T1, T2, T3)> items,
        MapOptions? options = null,
        CancellationToken cancellationToken = default) =>
        CollectAsync<(T1, T2, T3), TResult>(FunctionReference.To(method), new ItemSource<(T1, T2, T3)>(items), options, cancellationToken);

    /// <summary>Maps a method of several parameters over tuples and waits for all results, in their order.</summary>
    /// <param name="method">
    /// The method: static, or a lambda that captures nothing, unless the workers are threads. A pool at an address runs the
    /// function of its name instead, if it has one that takes and gives the same.
    /// </param>
    /// <param name="items">The tuples, each spread over the method's parameters.</param>
    /// <param name="options">Options. Default: all defaults.</param>
    /// <param name="cancellationToken">Ends the job.</param>
    /// <typeparam name="T1">Type of parameter 1.</typeparam>
    /// <typeparam name="T2">Type of parameter 2.</typeparam>
    /// <typeparam name="T3">Type of parameter 3.</typeparam>
    /// <typeparam name="T4">Type of parameter 4.</typeparam>
    /// <typeparam name="TResult">Type of the values.</typeparam>
    /// <exception cref="InvalidRequestException">The pool cannot run the method, such as for a variable that it captures; the message says why.</exception>
    public Task<TResult[]> StarmapAsync<T1, T2, T3, T4, TResult>(
        Func<T1, T2, T3, T4, TResult> method,
        IEnumerable<(T1, T2, T3, T4)> items,
        MapOptions? options = null,
        CancellationToken cancellationToken = default) =>
        CollectAsync<(T1, T2, T3, T4), TResult>(FunctionReference.To(method), new ItemSource<(T1, T2, T3, T4)>(items), options, cancellationToken);

    /// <inheritdoc cref="StarmapAsync{T1, T2, T3, T4, TResult}(Func{T1, T2, T3, T4, TResult}, IEnumerable{ValueTuple{T1, T2, T3, T4}}, MapOptions, CancellationToken)"/>
    [OverloadResolutionPriority(1)]
    public Task<TResult[]> StarmapAsync<T1, T2, T3, T4, TResult>(
        Func<T1, T2, T3, T4, Task<TResult>> method,
        IEnumerable<(T1, T2, T3, T4)> items,
        MapOptions? options = null,
        CancellationToken cancellationToken = default) =>
        CollectAsync<(T1, T2, T3, T4), TResult>(FunctionReference.To(method), new ItemSource<(T1, T2, T3, T4)>(items), options, cancellationToken);

    /// <inheritdoc cref="StarmapAsync{T1, T2, T3, T4, TResult}(Func{T1, T2, T3, T4, TResult}, IEnumerable{ValueTuple{T1, T2, T3, T4}}, MapOptions, CancellationToken)"/>
    public Task<TResult[]> StarmapAsync<T1, T2, T3, T4, TResult>(
        Func<T1, T2, T3, T4, ValueTask<TResult>> method,
        IEnumerable<(T1, T2, T3, T4)> items,
        MapOptions? options = null,
        CancellationToken cancellationToken = default) =>
        CollectAsync<(T1, T2, T3, T4), TResult>(FunctionReference.To(method), new ItemSource<(T1, T2, T3, T4)>(items), options, cancellationToken);

    /// <inheritdoc cref="StarmapAsync{T1, T2, T3, T4, TResult}(Func{T1, T2, T3, T4, TResult}, IEnumerable{ValueTuple{T1, T2, T3, T4}}, MapOptions, CancellationToken)"/>
    public Task<TResult[]> StarmapAsync<T1, T2, T3, T4, TResult>(
        Func<T1, T2, T3, T4, CancellationToken, TResult> method,
        IEnumerable<(T1, T2, T3, T4)> items,
        MapOptions? options = null,
        CancellationToken cancellationToken = default) =>
        CollectAsync<(T1, T2, T3, T4), TResult>(FunctionReference.To(method), new ItemSource<(T1, T2, T3, T4)>(items), options, cancellationToken);

    /// <inheritdoc cref="StarmapAsync{T1, T2, T3, T4, TResult}(Func{T1, T2, T3, T4, TResult}, IEnumerable{ValueTuple{T1, T2, T3, T4}}, MapOptions, CancellationToken)"/>
    [OverloadResolutionPriority(1)]
    public Task<TResult[]> StarmapAsync<T1, T2, T3, T4, TResult>(
        Func<T1, T2, T3, T4, CancellationToken, Task<TResult>> method,
        IEnumerable<(T1, T2, T3, T4)> items,
        MapOptions? options = null,
        CancellationToken cancellationToken = default) =>
        CollectAsync<(T1, T2, T3, T4), TResult>(FunctionReference.To(method), new ItemSource<(T1, T2, T3, T4)>(items), options, cancellationToken);

    /// <inheritdoc cref="StarmapAsync{T1, T2, T3, T4, TResult}(Func{T1, T2, T3, T4, TResult}, IEnumerable{ValueTuple{T1, T2, T3, T4}}, MapOptions, CancellationToken)"/>
    public Task<TResult[]> StarmapAsync<T1, T2, T3, T4, TResult>(
        Func<T1, T2, T3, T4, CancellationToken, ValueTask<TResult>> method,
        IEnumerable<(T1, T2, T3, T4)> items,
        MapOptions? options = null,
        CancellationToken cancellationToken = default) =>
        CollectAsync<(T1, T2, T3, T4), TResult>(FunctionReference.To(method), new ItemSource<(T1, T2, T3, T4)>(items), options, cancellationToken);
}
