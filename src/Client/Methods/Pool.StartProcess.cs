using System.Runtime.CompilerServices;
using WorkerPool.Client.Methods;

namespace WorkerPool.Client;

/// <summary>Processes beside the workers that run methods, of local pools alone.</summary>
/// <remarks>
/// A method is synchronous, or gives a <see cref="Task{TResult}"/> or <see cref="ValueTask{TResult}"/>, and may take a
/// <see cref="CancellationToken"/> last. A form that gives a task has precedence, so that an <c>async</c> lambda is what it looks like.
/// </remarks>
public sealed partial class Pool
{
    /// <summary>Runs a method once in a process of its own, as <c>StartProcessAsync</c> with a name does a function.</summary>
    /// <param name="method">The method: static, or a lambda that captures nothing.</param>
    /// <param name="options">Options. Default: all defaults.</param>
    /// <param name="cancellationToken">Gives up the start. A process that has started goes on.</param>
    /// <typeparam name="TResult">Type of the value.</typeparam>
    /// <returns>The process, once it runs.</returns>
    /// <exception cref="InvalidRequestException">The method cannot be run by another process; the message says why.</exception>
    /// <exception cref="NotSupportedException">The pool is not a local one.</exception>
    /// <exception cref="PoolUnavailableException">The process cannot be started.</exception>
    public Task<PoolProcess<TResult>> StartProcessAsync<TResult>(
        Func<TResult> method, ProcessOptions? options = null, CancellationToken cancellationToken = default) =>
        StartProcess<object?, TResult>(FunctionReference.To(method), null, options, cancellationToken);

    /// <inheritdoc cref="StartProcessAsync{TResult}(Func{TResult}, ProcessOptions, CancellationToken)"/>
    [OverloadResolutionPriority(1)]
    public Task<PoolProcess<TResult>> StartProcessAsync<TResult>(
        Func<Task<TResult>> method, ProcessOptions? options = null, CancellationToken cancellationToken = default) =>
        StartProcess<object?, TResult>(FunctionReference.To(method), null, options, cancellationToken);

    /// <inheritdoc cref="StartProcessAsync{TResult}(Func{TResult}, ProcessOptions, CancellationToken)"/>
    public Task<PoolProcess<TResult>> StartProcessAsync<TResult>(
        Func<ValueTask<TResult>> method, ProcessOptions? options = null, CancellationToken cancellationToken = default) =>
        StartProcess<object?, TResult>(FunctionReference.To(method), null, options, cancellationToken);

    /// <inheritdoc cref="StartProcessAsync{TResult}(Func{TResult}, ProcessOptions, CancellationToken)"/>
    public Task<PoolProcess<TResult>> StartProcessAsync<TResult>(
        Func<CancellationToken, TResult> method, ProcessOptions? options = null, CancellationToken cancellationToken = default) =>
        StartProcess<object?, TResult>(FunctionReference.To(method), null, options, cancellationToken);

    /// <inheritdoc cref="StartProcessAsync{TResult}(Func{TResult}, ProcessOptions, CancellationToken)"/>
    [OverloadResolutionPriority(1)]
    public Task<PoolProcess<TResult>> StartProcessAsync<TResult>(
        Func<CancellationToken, Task<TResult>> method,
        ProcessOptions? options = null,
        CancellationToken cancellationToken = default) =>
        StartProcess<object?, TResult>(FunctionReference.To(method), null, options, cancellationToken);

    /// <inheritdoc cref="StartProcessAsync{TResult}(Func{TResult}, ProcessOptions, CancellationToken)"/>
    public Task<PoolProcess<TResult>> StartProcessAsync<TResult>(
        Func<CancellationToken, ValueTask<TResult>> method,
        ProcessOptions? options = null,
        CancellationToken cancellationToken = default) =>
        StartProcess<object?, TResult>(FunctionReference.To(method), null, options, cancellationToken);

    /// <summary>Runs a method once in a process of its own, as <c>StartProcessAsync</c> with a name does a function.</summary>
    /// <param name="method">The method: static, or a lambda that captures nothing.</param>
    /// <param name="item">The item.</param>
    /// <param name="options">Options. Default: all defaults.</param>
    /// <param name="cancellationToken">Gives up the start. A process that has started goes on.</param>
    /// <typeparam name="TItem">Type of the item.</typeparam>
    /// <typeparam name="TResult">Type of the value.</typeparam>
    /// <returns>The process, once it runs.</returns>
    /// <exception cref="InvalidRequestException">The method cannot be run by another process; the message says why.</exception>
    /// <exception cref="NotSupportedException">The pool is not a local one.</exception>
    /// <exception cref="PoolUnavailableException">The process cannot be started.</exception>
    public Task<PoolProcess<TResult>> StartProcessAsync<TItem, TResult>(
        Func<TItem, TResult> method, TItem item, ProcessOptions? options = null, CancellationToken cancellationToken = default) =>
        StartProcess<TItem, TResult>(FunctionReference.To(method), item, options, cancellationToken);

    /// <inheritdoc cref="StartProcessAsync{TItem, TResult}(Func{TItem, TResult}, TItem, ProcessOptions, CancellationToken)"/>
    [OverloadResolutionPriority(1)]
    public Task<PoolProcess<TResult>> StartProcessAsync<TItem, TResult>(
        Func<TItem, Task<TResult>> method,
        TItem item,
        ProcessOptions? options = null,
        CancellationToken cancellationToken = default) =>
        StartProcess<TItem, TResult>(FunctionReference.To(method), item, options, cancellationToken);

    /// <inheritdoc cref="StartProcessAsync{TItem, TResult}(Func{TItem, TResult}, TItem, ProcessOptions, CancellationToken)"/>
    public Task<PoolProcess<TResult>> StartProcessAsync<TItem, TResult>(
        Func<TItem, ValueTask<TResult>> method,
        TItem item,
        ProcessOptions? options = null,
        CancellationToken cancellationToken = default) =>
        StartProcess<TItem, TResult>(FunctionReference.To(method), item, options, cancellationToken);

    /// <inheritdoc cref="StartProcessAsync{TItem, TResult}(Func{TItem, TResult}, TItem, ProcessOptions, CancellationToken)"/>
    public Task<PoolProcess<TResult>> StartProcessAsync<TItem, TResult>(
        Func<TItem, CancellationToken, TResult> method,
        TItem item,
        ProcessOptions? options = null,
        CancellationToken cancellationToken = default) =>
        StartProcess<TItem, TResult>(FunctionReference.To(method), item, options, cancellationToken);

    /// <inheritdoc cref="StartProcessAsync{TItem, TResult}(Func{TItem, TResult}, TItem, ProcessOptions, CancellationToken)"/>
    [OverloadResolutionPriority(1)]
    public Task<PoolProcess<TResult>> StartProcessAsync<TItem, TResult>(
        Func<TItem, CancellationToken, Task<TResult>> method,
        TItem item,
        ProcessOptions? options = null,
        CancellationToken cancellationToken = default) =>
        StartProcess<TItem, TResult>(FunctionReference.To(method), item, options, cancellationToken);

    /// <inheritdoc cref="StartProcessAsync{TItem, TResult}(Func{TItem, TResult}, TItem, ProcessOptions, CancellationToken)"/>
    public Task<PoolProcess<TResult>> StartProcessAsync<TItem, TResult>(
        Func<TItem, CancellationToken, ValueTask<TResult>> method,
        TItem item,
        ProcessOptions? options = null,
        CancellationToken cancellationToken = default) =>
        StartProcess<TItem, TResult>(FunctionReference.To(method), item, options, cancellationToken);

    /// <summary>Runs a method once in a process of its own, as <c>StartProcessAsync</c> with a name does a function.</summary>
    /// <param name="method">The method: static, or a lambda that captures nothing.</param>
    /// <param name="argument1">Argument 1.</param>
    /// <param name="argument2">Argument 2.</param>
    /// <param name="options">Options. Default: all defaults.</param>
    /// <param name="cancellationToken">Gives up the start. A process that has started goes on.</param>
    /// <typeparam name="T1">Type of parameter 1.</typeparam>
    /// <typeparam name="T2">Type of parameter 2.</typeparam>
    /// <typeparam name="TResult">Type of the value.</typeparam>
    /// <returns>The process, once it runs.</returns>
    /// <exception cref="InvalidRequestException">The method cannot be run by another process; the message says why.</exception>
    /// <exception cref="NotSupportedException">The pool is not a local one.</exception>
    /// <exception cref="PoolUnavailableException">The process cannot be started.</exception>
    public Task<PoolProcess<TResult>> StartProcessAsync<T1, T2, TResult>(
        Func<T1, T2, TResult> method,
        T1 argument1,
        T2 argument2,
        ProcessOptions? options = null,
        CancellationToken cancellationToken = default) =>
        StartProcess<(T1, T2), TResult>(FunctionReference.To(method), (argument1, argument2), options, cancellationToken);

    /// <inheritdoc cref="StartProcessAsync{T1, T2, TResult}(Func{T1, T2, TResult}, T1, T2, ProcessOptions, CancellationToken)"/>
    [OverloadResolutionPriority(1)]
    public Task<PoolProcess<TResult>> StartProcessAsync<T1, T2, TResult>(
        Func<T1, T2, Task<TResult>> method,
        T1 argument1,
        T2 argument2,
        ProcessOptions? options = null,
        CancellationToken cancellationToken = default) =>
        StartProcess<(T1, T2), TResult>(FunctionReference.To(method), (argument1, argument2), options, cancellationToken);

    /// <inheritdoc cref="StartProcessAsync{T1, T2, TResult}(Func{T1, T2, TResult}, T1, T2, ProcessOptions, CancellationToken)"/>
    public Task<PoolProcess<TResult>> StartProcessAsync<T1, T2, TResult>(
        Func<T1, T2, ValueTask<TResult>> method,
        T1 argument1,
        T2 argument2,
        ProcessOptions? options = null,
        CancellationToken cancellationToken = default) =>
        StartProcess<(T1, T2), TResult>(FunctionReference.To(method), (argument1, argument2), options, cancellationToken);

    /// <inheritdoc cref="StartProcessAsync{T1, T2, TResult}(Func{T1, T2, TResult}, T1, T2, ProcessOptions, CancellationToken)"/>
    public Task<PoolProcess<TResult>> StartProcessAsync<T1, T2, TResult>(
        Func<T1, T2, CancellationToken, TResult> method,
        T1 argument1,
        T2 argument2,
        ProcessOptions? options = null,
        CancellationToken cancellationToken = default) =>
        StartProcess<(T1, T2), TResult>(FunctionReference.To(method), (argument1, argument2), options, cancellationToken);

    /// <inheritdoc cref="StartProcessAsync{T1, T2, TResult}(Func{T1, T2, TResult}, T1, T2, ProcessOptions, CancellationToken)"/>
    [OverloadResolutionPriority(1)]
    public Task<PoolProcess<TResult>> StartProcessAsync<T1, T2, TResult>(
        Func<T1, T2, CancellationToken, Task<TResult>> method,
        T1 argument1,
        T2 argument2,
        ProcessOptions? options = null,
        CancellationToken cancellationToken = default) =>
        StartProcess<(T1, T2), TResult>(FunctionReference.To(method), (argument1, argument2), options, cancellationToken);

    /// <inheritdoc cref="StartProcessAsync{T1, T2, TResult}(Func{T1, T2, TResult}, T1, T2, ProcessOptions, CancellationToken)"/>
    public Task<PoolProcess<TResult>> StartProcessAsync<T1, T2, TResult>(
        Func<T1, T2, CancellationToken, ValueTask<TResult>> method,
        T1 argument1,
        T2 argument2,
        ProcessOptions? options = null,
        CancellationToken cancellationToken = default) =>
        StartProcess<(T1, T2), TResult>(FunctionReference.To(method), (argument1, argument2), options, cancellationToken);

    /// <summary>Runs a method once in a process of its own, as <c>StartProcessAsync</c> with a name does a function.</summary>
    /// <param name="method">The method: static, or a lambda that captures nothing.</param>
    /// <param name="argument1">Argument 1.</param>
    /// <param name="argument2">Argument 2.</param>
    /// <param name="argument3">Argument 3.</param>
    /// <param name="options">Options. Default: all defaults.</param>
    /// <param name="cancellationToken">Gives up the start. A process that has started goes on.</param>
    /// <typeparam name="T1">Type of parameter 1.</typeparam>
    /// <typeparam name="T2">Type of parameter 2.</typeparam>
    /// <typeparam name="T3">Type of parameter 3.</typeparam>
    /// <typeparam name="TResult">Type of the value.</typeparam>
    /// <returns>The process, once it runs.</returns>
    /// <exception cref="InvalidRequestException">The method cannot be run by another process; the message says why.</exception>
    /// <exception cref="NotSupportedException">The pool is not a local one.</exception>
    /// <exception cref="PoolUnavailableException">The process cannot be started.</exception>
    public Task<PoolProcess<TResult>> StartProcessAsync<T1, T2, T3, TResult>(
        Func<T1, T2, T3, TResult> method,
        T1 argument1,
        T2 argument2,
        T3 argument3,
        ProcessOptions? options = null,
        CancellationToken cancellationToken = default) =>
        StartProcess<(T1, T2, T3), TResult>(FunctionReference.To(method), (argument1, argument2, argument3), options, cancellationToken);

    /// <inheritdoc cref="StartProcessAsync{T1, T2, T3, TResult}(Func{T1, T2, T3, TResult}, T1, T2, T3, ProcessOptions, CancellationToken)"/>
    [OverloadResolutionPriority(1)]
    public Task<PoolProcess<TResult>> StartProcessAsync<T1, T2, T3, TResult>(
        Func<T1, T2, T3, Task<TResult>> method,
        T1 argument1,
        T2 argument2,
        T3 argument3,
        ProcessOptions? options = null,
        CancellationToken cancellationToken = default) =>
        StartProcess<(T1, T2, T3), TResult>(FunctionReference.To(method), (argument1, argument2, argument3), options, cancellationToken);

    /// <inheritdoc cref="StartProcessAsync{T1, T2, T3, TResult}(Func{T1, T2, T3, TResult}, T1, T2, T3, ProcessOptions, CancellationToken)"/>
    public Task<PoolProcess<TResult>> StartProcessAsync<T1, T2, T3, TResult>(
        Func<T1, T2, T3, ValueTask<TResult>> method,
        T1 argument1,
        T2 argument2,
        T3 argument3,
        ProcessOptions? options = null,
        CancellationToken cancellationToken = default) =>
        StartProcess<(T1, T2, T3), TResult>(FunctionReference.To(method), (argument1, argument2, argument3), options, cancellationToken);

    /// <inheritdoc cref="StartProcessAsync{T1, T2, T3, TResult}(Func{T1, T2, T3, TResult}, T1, T2, T3, ProcessOptions, CancellationToken)"/>
    public Task<PoolProcess<TResult>> StartProcessAsync<T1, T2, T3, TResult>(
        Func<T1, T2, T3, CancellationToken, TResult> method,
        T1 argument1,
        T2 argument2,
        T3 argument3,
        ProcessOptions? options = null,
        CancellationToken cancellationToken = default) =>
        StartProcess<(T1, T2, T3), TResult>(FunctionReference.To(method), (argument1, argument2, argument3), options, cancellationToken);

    /// <inheritdoc cref="StartProcessAsync{T1, T2, T3, TResult}(Func{T1, T2, T3, TResult}, T1, T2, T3, ProcessOptions, CancellationToken)"/>
    [OverloadResolutionPriority(1)]
    public Task<PoolProcess<TResult>> StartProcessAsync<T1, T2, T3, TResult>(
        Func<T1, T2, T3, CancellationToken, Task<TResult>> method,
        T1 argument1,
        T2 argument2,
        T3 argument3,
        ProcessOptions? options = null,
        CancellationToken cancellationToken = default) =>
        StartProcess<(T1, T2, T3), TResult>(FunctionReference.To(method), (argument1, argument2, argument3), options, cancellationToken);

    /// <inheritdoc cref="StartProcessAsync{T1, T2, T3, TResult}(Func{T1, T2, T3, TResult}, T1, T2, T3, ProcessOptions, CancellationToken)"/>
    public Task<PoolProcess<TResult>> StartProcessAsync<T1, T2, T3, TResult>(
        Func<T1, T2, T3, CancellationToken, ValueTask<TResult>> method,
        T1 argument1,
        T2 argument2,
        T3 argument3,
        ProcessOptions? options = null,
        CancellationToken cancellationToken = default) =>
        StartProcess<(T1, T2, T3), TResult>(FunctionReference.To(method), (argument1, argument2, argument3), options, cancellationToken);
}
