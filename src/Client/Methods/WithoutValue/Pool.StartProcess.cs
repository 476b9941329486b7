using System.Runtime.CompilerServices;
using WorkerPool.Client.Methods;

namespace WorkerPool.Client;

/// <summary>Processes beside the workers that run methods without a value, of local pools alone.</summary>
/// <remarks>
/// A method is synchronous, or gives a <see cref="Task"/>, and may take a <see cref="CancellationToken"/> last. The form that gives a
/// task has precedence, so that an <c>async</c> lambda is waited for.
/// </remarks>
public sealed partial class Pool
{
    /// <summary>Runs a method without a value once in a process of its own, as <c>StartProcessAsync</c> with a name does a function.</summary>
    /// <param name="method">The method: static, or a lambda that captures nothing.</param>
    /// <param name="options">Options. Default: all defaults.</param>
    /// <param name="cancellationToken">Gives up the start. A process that has started goes on.</param>
    /// <returns>The process, once it runs.</returns>
    /// <exception cref="InvalidRequestException">The method cannot be run by another process; the message says why.</exception>
    /// <exception cref="NotSupportedException">The pool is not a local one.</exception>
    /// <exception cref="PoolUnavailableException">The process cannot be started.</exception>
    public Task<PoolProcess> StartProcessAsync(
        Action method, ProcessOptions? options = null, CancellationToken cancellationToken = default) =>
        StartProcessWithoutValue<object?>(FunctionReference.WithoutValue(method), null, options, cancellationToken);

    /// <inheritdoc cref="StartProcessAsync(Action, ProcessOptions, CancellationToken)"/>
    [OverloadResolutionPriority(1)]
    public Task<PoolProcess> StartProcessAsync(
        Func<Task> method, ProcessOptions? options = null, CancellationToken cancellationToken = default) =>
        StartProcessWithoutValue<object?>(FunctionReference.WithoutValue(method), null, options, cancellationToken);

    /// <inheritdoc cref="StartProcessAsync(Action, ProcessOptions, CancellationToken)"/>
    public Task<PoolProcess> StartProcessAsync(
        Action<CancellationToken> method, ProcessOptions? options = null, CancellationToken cancellationToken = default) =>
        StartProcessWithoutValue<object?>(FunctionReference.WithoutValue(method), null, options, cancellationToken);

    /// <inheritdoc cref="StartProcessAsync(Action, ProcessOptions, CancellationToken)"/>
    [OverloadResolutionPriority(1)]
    public Task<PoolProcess> StartProcessAsync(
        Func<CancellationToken, Task> method, ProcessOptions? options = null, CancellationToken cancellationToken = default) =>
        StartProcessWithoutValue<object?>(FunctionReference.WithoutValue(method), null, options, cancellationToken);

    /// <summary>Runs a method without a value once in a process of its own, as <c>StartProcessAsync</c> with a name does a function.</summary>
    /// <param name="method">The method: static, or a lambda that captures nothing.</param>
    /// <param name="item">The item.</param>
    /// <param name="options">Options. Default: all defaults.</param>
    /// <param name="cancellationToken">Gives up the start. A process that has started goes on.</param>
    /// <typeparam name="TItem">Type of the item.</typeparam>
    /// <returns>The process, once it runs.</returns>
    /// <exception cref="InvalidRequestException">The method cannot be run by another process; the message says why.</exception>
    /// <exception cref="NotSupportedException">The pool is not a local one.</exception>
    /// <exception cref="PoolUnavailableException">The process cannot be started.</exception>
    public Task<PoolProcess> StartProcessAsync<TItem>(
        Action<TItem> method, TItem item, ProcessOptions? options = null, CancellationToken cancellationToken = default) =>
        StartProcessWithoutValue<TItem>(FunctionReference.WithoutValue(method), item, options, cancellationToken);

    /// <inheritdoc cref="StartProcessAsync{TItem}(Action{TItem}, TItem, ProcessOptions, CancellationToken)"/>
    [OverloadResolutionPriority(1)]
    public Task<PoolProcess> StartProcessAsync<TItem>(
        Func<TItem, Task> method, TItem item, ProcessOptions? options = null, CancellationToken cancellationToken = default) =>
        StartProcessWithoutValue<TItem>(FunctionReference.WithoutValue(method), item, options, cancellationToken);

    /// <inheritdoc cref="StartProcessAsync{TItem}(Action{TItem}, TItem, ProcessOptions, CancellationToken)"/>
    public Task<PoolProcess> StartProcessAsync<TItem>(
        Action<TItem, CancellationToken> method,
        TItem item,
        ProcessOptions? options = null,
        CancellationToken cancellationToken = default) =>
        StartProcessWithoutValue<TItem>(FunctionReference.WithoutValue(method), item, options, cancellationToken);

    /// <inheritdoc cref="StartProcessAsync{TItem}(Action{TItem}, TItem, ProcessOptions, CancellationToken)"/>
    [OverloadResolutionPriority(1)]
    public Task<PoolProcess> StartProcessAsync<TItem>(
        Func<TItem, CancellationToken, Task> method,
        TItem item,
        ProcessOptions? options = null,
        CancellationToken cancellationToken = default) =>
        StartProcessWithoutValue<TItem>(FunctionReference.WithoutValue(method), item, options, cancellationToken);

    /// <summary>Runs a method without a value once in a process of its own, as <c>StartProcessAsync</c> with a name does a function.</summary>
    /// <param name="method">The method: static, or a lambda that captures nothing.</param>
    /// <param name="argument1">Argument 1.</param>
    /// <param name="argument2">Argument 2.</param>
    /// <param name="options">Options. Default: all defaults.</param>
    /// <param name="cancellationToken">Gives up the start. A process that has started goes on.</param>
    /// <typeparam name="T1">Type of parameter 1.</typeparam>
    /// <typeparam name="T2">Type of parameter 2.</typeparam>
    /// <returns>The process, once it runs.</returns>
    /// <exception cref="InvalidRequestException">The method cannot be run by another process; the message says why.</exception>
    /// <exception cref="NotSupportedException">The pool is not a local one.</exception>
    /// <exception cref="PoolUnavailableException">The process cannot be started.</exception>
    public Task<PoolProcess> StartProcessAsync<T1, T2>(
        Action<T1, T2> method,
        T1 argument1,
        T2 argument2,
        ProcessOptions? options = null,
        CancellationToken cancellationToken = default) =>
        StartProcessWithoutValue<(T1, T2)>(FunctionReference.WithoutValue(method), (argument1, argument2), options, cancellationToken);

    /// <inheritdoc cref="StartProcessAsync{T1, T2}(Action{T1, T2}, T1, T2, ProcessOptions, CancellationToken)"/>
    [OverloadResolutionPriority(1)]
    public Task<PoolProcess> StartProcessAsync<T1, T2>(
        Func<T1, T2, Task> method,
        T1 argument1,
        T2 argument2,
        ProcessOptions? options = null,
        CancellationToken cancellationToken = default) =>
        StartProcessWithoutValue<(T1, T2)>(FunctionReference.WithoutValue(method), (argument1, argument2), options, cancellationToken);

    /// <inheritdoc cref="StartProcessAsync{T1, T2}(Action{T1, T2}, T1, T2, ProcessOptions, CancellationToken)"/>
    public Task<PoolProcess> StartProcessAsync<T1, T2>(
        Action<T1, T2, CancellationToken> method,
        T1 argument1,
        T2 argument2,
        ProcessOptions? options = null,
        CancellationToken cancellationToken = default) =>
        StartProcessWithoutValue<(T1, T2)>(FunctionReference.WithoutValue(method), (argument1, argument2), options, cancellationToken);

    /// <inheritdoc cref="StartProcessAsync{T1, T2}(Action{T1, T2}, T1, T2, ProcessOptions, CancellationToken)"/>
    [OverloadResolutionPriority(1)]
    public Task<PoolProcess> StartProcessAsync<T1, T2>(
        Func<T1, T2, CancellationToken, Task> method,
        T1 argument1,
        T2 argument2,
        ProcessOptions? options = null,
        CancellationToken cancellationToken = default) =>
        StartProcessWithoutValue<(T1, T2)>(FunctionReference.WithoutValue(method), (argument1, argument2), options, cancellationToken);

    /// <summary>Runs a method without a value once in a process of its own, as <c>StartProcessAsync</c> with a name does a function.</summary>
    /// <param name="method">The method: static, or a lambda that captures nothing.</param>
    /// <param name="argument1">Argument 1.</param>
    /// <param name="argument2">Argument 2.</param>
    /// <param name="argument3">Argument 3.</param>
    /// <param name="options">Options. Default: all defaults.</param>
    /// <param name="cancellationToken">Gives up the start. A process that has started goes on.</param>
    /// <typeparam name="T1">Type of parameter 1.</typeparam>
    /// <typeparam name="T2">Type of parameter 2.</typeparam>
    /// <typeparam name="T3">Type of parameter 3.</typeparam>
    /// <returns>The process, once it runs.</returns>
    /// <exception cref="InvalidRequestException">The method cannot be run by another process; the message says why.</exception>
    /// <exception cref="NotSupportedException">The pool is not a local one.</exception>
    /// <exception cref="PoolUnavailableException">The process cannot be started.</exception>
    public Task<PoolProcess> StartProcessAsync<T1, T2, T3>(
        Action<T1, T2, T3> method,
        T1 argument1,
        T2 argument2,
        T3 argument3,
        ProcessOptions? options = null,
        CancellationToken cancellationToken = default) =>
        StartProcessWithoutValue<(T1, T2, T3)>(FunctionReference.WithoutValue(method), (argument1, argument2, argument3), options, cancellationToken);

    /// <inheritdoc cref="StartProcessAsync{T1, T2, T3}(Action{T1, T2, T3}, T1, T2, T3, ProcessOptions, CancellationToken)"/>
    [OverloadResolutionPriority(1)]
    public Task<PoolProcess> StartProcessAsync<T1, T2, T3>(
        Func<T1, T2, T3, Task> method,
        T1 argument1,
        T2 argument2,
        T3 argument3,
        ProcessOptions? options = null,
        CancellationToken cancellationToken = default) =>
        StartProcessWithoutValue<(T1, T2, T3)>(FunctionReference.WithoutValue(method), (argument1, argument2, argument3), options, cancellationToken);

    /// <inheritdoc cref="StartProcessAsync{T1, T2, T3}(Action{T1, T2, T3}, T1, T2, T3, ProcessOptions, CancellationToken)"/>
    public Task<PoolProcess> StartProcessAsync<T1, T2, T3>(
        Action<T1, T2, T3, CancellationToken> method,
        T1 argument1,
        T2 argument2,
        T3 argument3,
        ProcessOptions? options = null,
        CancellationToken cancellationToken = default) =>
        StartProcessWithoutValue<(T1, T2, T3)>(FunctionReference.WithoutValue(method), (argument1, argument2, argument3), options, cancellationToken);

    /// <inheritdoc cref="StartProcessAsync{T1, T2, T3}(Action{T1, T2, T3}, T1, T2, T3, ProcessOptions, CancellationToken)"/>
    [OverloadResolutionPriority(1)]
    public Task<PoolProcess> StartProcessAsync<T1, T2, T3>(
        Func<T1, T2, T3, CancellationToken, Task> method,
        T1 argument1,
        T2 argument2,
        T3 argument3,
        ProcessOptions? options = null,
        CancellationToken cancellationToken = default) =>
        StartProcessWithoutValue<(T1, T2, T3)>(FunctionReference.WithoutValue(method), (argument1, argument2, argument3), options, cancellationToken);
}
