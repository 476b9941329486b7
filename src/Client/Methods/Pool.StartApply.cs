using System.Runtime.CompilerServices;
using WorkerPool.Client.Methods;

namespace WorkerPool.Client;

/// <summary>Single calls of methods that are started and looked after later.</summary>
/// <remarks>
/// A method is synchronous, or gives a <see cref="Task{TResult}"/> or <see cref="ValueTask{TResult}"/>, and may take a
/// <see cref="CancellationToken"/> last. A form that gives a task has precedence, so that an <c>async</c> lambda is what it looks like.
/// </remarks>
public sealed partial class Pool
{
    /// <summary>Starts a single call of a method and returns at once with its handle: <c>apply_async</c>.</summary>
    /// <param name="method">
    /// The method: static, or a lambda that captures nothing, unless the workers are threads. A pool at an address runs the
    /// function of its name instead, if it has one that takes and gives the same.
    /// </param>
    /// <param name="options">Timeout and retries; the rest is not used. Default: all defaults.</param>
    /// <param name="cancellationToken">Cancels the call, and the method where it runs.</param>
    /// <typeparam name="TResult">Type of the value.</typeparam>
    /// <exception cref="InvalidRequestException">The pool cannot run the method, such as for a variable that it captures; the message says why.</exception>
    public ApplyJob<TResult> StartApply<TResult>(
        Func<TResult> method, MapOptions? options = null, CancellationToken cancellationToken = default) =>
        StartItem<object?, TResult>(FunctionReference.To(method), null, options, cancellationToken);

    /// <inheritdoc cref="StartApply{TResult}(Func{TResult}, MapOptions, CancellationToken)"/>
    [OverloadResolutionPriority(1)]
    public ApplyJob<TResult> StartApply<TResult>(
        Func<Task<TResult>> method, MapOptions? options = null, CancellationToken cancellationToken = default) =>
        StartItem<object?, TResult>(FunctionReference.To(method), null, options, cancellationToken);

    /// <inheritdoc cref="StartApply{TResult}(Func{TResult}, MapOptions, CancellationToken)"/>
    public ApplyJob<TResult> StartApply<TResult>(
        Func<ValueTask<TResult>> method, MapOptions? options = null, CancellationToken cancellationToken = default) =>
        StartItem<object?, TResult>(FunctionReference.To(method), null, options, cancellationToken);

    /// <inheritdoc cref="StartApply{TResult}(Func{TResult}, MapOptions, CancellationToken)"/>
    public ApplyJob<TResult> StartApply<TResult>(
        Func<CancellationToken, TResult> method, MapOptions? options = null, CancellationToken cancellationToken = default) =>
        StartItem<object?, TResult>(FunctionReference.To(method), null, options, cancellationToken);

    /// <inheritdoc cref="StartApply{TResult}(Func{TResult}, MapOptions, CancellationToken)"/>
    [OverloadResolutionPriority(1)]
    public ApplyJob<TResult> StartApply<TResult>(
        Func<CancellationToken, Task<TResult>> method, MapOptions? options = null, CancellationToken cancellationToken = default) =>
        StartItem<object?, TResult>(FunctionReference.To(method), null, options, cancellationToken);

    /// <inheritdoc cref="StartApply{TResult}(Func{TResult}, MapOptions, CancellationToken)"/>
    public ApplyJob<TResult> StartApply<TResult>(
        Func<CancellationToken, ValueTask<TResult>> method,
        MapOptions? options = null,
        CancellationToken cancellationToken = default) =>
        StartItem<object?, TResult>(FunctionReference.To(method), null, options, cancellationToken);

    /// <summary>Starts a single call of a method and returns at once with its handle: <c>apply_async</c>.</summary>
    /// <param name="method">
    /// The method: static, or a lambda that captures nothing, unless the workers are threads. A pool at an address runs the
    /// function of its name instead, if it has one that takes and gives the same.
    /// </param>
    /// <param name="item">The item.</param>
    /// <param name="options">Timeout and retries; the rest is not used. Default: all defaults.</param>
    /// <param name="cancellationToken">Cancels the call, and the method where it runs.</param>
    /// <typeparam name="TItem">Type of the item.</typeparam>
    /// <typeparam name="TResult">Type of the value.</typeparam>
    /// <exception cref="InvalidRequestException">The pool cannot run the method, such as for a variable that it captures; the message says why.</exception>
    public ApplyJob<TResult> StartApply<TItem, TResult>(
        Func<TItem, TResult> method, TItem item, MapOptions? options = null, CancellationToken cancellationToken = default) =>
        StartItem<TItem, TResult>(FunctionReference.To(method), item, options, cancellationToken);

    /// <inheritdoc cref="StartApply{TItem, TResult}(Func{TItem, TResult}, TItem, MapOptions, CancellationToken)"/>
    [OverloadResolutionPriority(1)]
    public ApplyJob<TResult> StartApply<TItem, TResult>(
        Func<TItem, Task<TResult>> method, TItem item, MapOptions? options = null, CancellationToken cancellationToken = default) =>
        StartItem<TItem, TResult>(FunctionReference.To(method), item, options, cancellationToken);

    /// <inheritdoc cref="StartApply{TItem, TResult}(Func{TItem, TResult}, TItem, MapOptions, CancellationToken)"/>
    public ApplyJob<TResult> StartApply<TItem, TResult>(
        Func<TItem, ValueTask<TResult>> method,
        TItem item,
        MapOptions? options = null,
        CancellationToken cancellationToken = default) =>
        StartItem<TItem, TResult>(FunctionReference.To(method), item, options, cancellationToken);

    /// <inheritdoc cref="StartApply{TItem, TResult}(Func{TItem, TResult}, TItem, MapOptions, CancellationToken)"/>
    public ApplyJob<TResult> StartApply<TItem, TResult>(
        Func<TItem, CancellationToken, TResult> method,
        TItem item,
        MapOptions? options = null,
        CancellationToken cancellationToken = default) =>
        StartItem<TItem, TResult>(FunctionReference.To(method), item, options, cancellationToken);

    /// <inheritdoc cref="StartApply{TItem, TResult}(Func{TItem, TResult}, TItem, MapOptions, CancellationToken)"/>
    [OverloadResolutionPriority(1)]
    public ApplyJob<TResult> StartApply<TItem, TResult>(
        Func<TItem, CancellationToken, Task<TResult>> method,
        TItem item,
        MapOptions? options = null,
        CancellationToken cancellationToken = default) =>
        StartItem<TItem, TResult>(FunctionReference.To(method), item, options, cancellationToken);

    /// <inheritdoc cref="StartApply{TItem, TResult}(Func{TItem, TResult}, TItem, MapOptions, CancellationToken)"/>
    public ApplyJob<TResult> StartApply<TItem, TResult>(
        Func<TItem, CancellationToken, ValueTask<TResult>> method,
        TItem item,
        MapOptions? options = null,
        CancellationToken cancellationToken = default) =>
        StartItem<TItem, TResult>(FunctionReference.To(method), item, options, cancellationToken);

    /// <summary>Starts a single call of a method and returns at once with its handle: <c>apply_async</c>.</summary>
    /// <param name="method">
    /// The method: static, or a lambda that captures nothing, unless the workers are threads. A pool at an address runs the
    /// function of its name instead, if it has one that takes and gives the same.
    /// </param>
    /// <param name="argument1">Argument 1.</param>
    /// <param name="argument2">Argument 2.</param>
    /// <param name="options">Timeout and retries; the rest is not used. Default: all defaults.</param>
    /// <param name="cancellationToken">Cancels the call, and the method where it runs.</param>
    /// <typeparam name="T1">Type of parameter 1.</typeparam>
    /// <typeparam name="T2">Type of parameter 2.</typeparam>
    /// <typeparam name="TResult">Type of the value.</typeparam>
    /// <exception cref="InvalidRequestException">The pool cannot run the method, such as for a variable that it captures; the message says why.</exception>
    public ApplyJob<TResult> StartApply<T1, T2, TResult>(
        Func<T1, T2, TResult> method,
        T1 argument1,
        T2 argument2,
        MapOptions? options = null,
        CancellationToken cancellationToken = default) =>
        StartItem<(T1, T2), TResult>(FunctionReference.To(method), (argument1, argument2), options, cancellationToken);

    /// <inheritdoc cref="StartApply{T1, T2, TResult}(Func{T1, T2, TResult}, T1, T2, MapOptions, CancellationToken)"/>
    [OverloadResolutionPriority(1)]
    public ApplyJob<TResult> StartApply<T1, T2, TResult>(
        Func<T1, T2, Task<TResult>> method,
        T1 argument1,
        T2 argument2,
        MapOptions? options = null,
        CancellationToken cancellationToken = default) =>
        StartItem<(T1, T2), TResult>(FunctionReference.To(method), (argument1, argument2), options, cancellationToken);

    /// <inheritdoc cref="StartApply{T1, T2, TResult}(Func{T1, T2, TResult}, T1, T2, MapOptions, CancellationToken)"/>
    public ApplyJob<TResult> StartApply<T1, T2, TResult>(
        Func<T1, T2, ValueTask<TResult>> method,
        T1 argument1,
        T2 argument2,
        MapOptions? options = null,
        CancellationToken cancellationToken = default) =>
        StartItem<(T1, T2), TResult>(FunctionReference.To(method), (argument1, argument2), options, cancellationToken);

    /// <inheritdoc cref="StartApply{T1, T2, TResult}(Func{T1, T2, TResult}, T1, T2, MapOptions, CancellationToken)"/>
    public ApplyJob<TResult> StartApply<T1, T2, TResult>(
        Func<T1, T2, CancellationToken, TResult> method,
        T1 argument1,
        T2 argument2,
        MapOptions? options = null,
        CancellationToken cancellationToken = default) =>
        StartItem<(T1, T2), TResult>(FunctionReference.To(method), (argument1, argument2), options, cancellationToken);

    /// <inheritdoc cref="StartApply{T1, T2, TResult}(Func{T1, T2, TResult}, T1, T2, MapOptions, CancellationToken)"/>
    [OverloadResolutionPriority(1)]
    public ApplyJob<TResult> StartApply<T1, T2, TResult>(
        Func<T1, T2, CancellationToken, Task<TResult>> method,
        T1 argument1,
        T2 argument2,
        MapOptions? options = null,
        CancellationToken cancellationToken = default) =>
        StartItem<(T1, T2), TResult>(FunctionReference.To(method), (argument1, argument2), options, cancellationToken);

    /// <inheritdoc cref="StartApply{T1, T2, TResult}(Func{T1, T2, TResult}, T1, T2, MapOptions, CancellationToken)"/>
    public ApplyJob<TResult> StartApply<T1, T2, TResult>(
        Func<T1, T2, CancellationToken, ValueTask<TResult>> method,
        T1 argument1,
        T2 argument2,
        MapOptions? options = null,
        CancellationToken cancellationToken = default) =>
        StartItem<(T1, T2), TResult>(FunctionReference.To(method), (argument1, argument2), options, cancellationToken);

    /// <summary>Starts a single call of a method and returns at once with its handle: <c>apply_async</c>.</summary>
    /// <param name="method">
    /// The method: static, or a lambda that captures nothing, unless the workers are threads. A pool at an address runs the
    /// function of its name instead, if it has one that takes and gives the same.
    /// </param>
    /// <param name="argument1">Argument 1.</param>
    /// <param name="argument2">Argument 2.</param>
    /// <param name="argument3">Argument 3.</param>
    /// <param name="options">Timeout and retries; the rest is not used. Default: all defaults.</param>
    /// <param name="cancellationToken">Cancels the call, and the method where it runs.</param>
    /// <typeparam name="T1">Type of parameter 1.</typeparam>
    /// <typeparam name="T2">Type of parameter 2.</typeparam>
    /// <typeparam name="T3">Type of parameter 3.</typeparam>
    /// <typeparam name="TResult">Type of the value.</typeparam>
    /// <exception cref="InvalidRequestException">The pool cannot run the method, such as for a variable that it captures; the message says why.</exception>
    public ApplyJob<TResult> StartApply<T1, T2, T3, TResult>(
        Func<T1, T2, T3, TResult> method,
        T1 argument1,
        T2 argument2,
        T3 argument3,
        MapOptions? options = null,
        CancellationToken cancellationToken = default) =>
        StartItem<(T1, T2, T3), TResult>(FunctionReference.To(method), (argument1, argument2, argument3), options, cancellationToken);

    /// <inheritdoc cref="StartApply{T1, T2, T3, TResult}(Func{T1, T2, T3, TResult}, T1, T2, T3, MapOptions, CancellationToken)"/>
    [OverloadResolutionPriority(1)]
    public ApplyJob<TResult> StartApply<T1, T2, T3, TResult>(
        Func<T1, T2, T3, Task<TResult>> method,
        T1 argument1,
        T2 argument2,
        T3 argument3,
        MapOptions? options = null,
        CancellationToken cancellationToken = default) =>
        StartItem<(T1, T2, T3), TResult>(FunctionReference.To(method), (argument1, argument2, argument3), options, cancellationToken);

    /// <inheritdoc cref="StartApply{T1, T2, T3, TResult}(Func{T1, T2, T3, TResult}, T1, T2, T3, MapOptions, CancellationToken)"/>
    public ApplyJob<TResult> StartApply<T1, T2, T3, TResult>(
        Func<T1, T2, T3, ValueTask<TResult>> method,
        T1 argument1,
        T2 argument2,
        T3 argument3,
        MapOptions? options = null,
        CancellationToken cancellationToken = default) =>
        StartItem<(T1, T2, T3), TResult>(FunctionReference.To(method), (argument1, argument2, argument3), options, cancellationToken);

    /// <inheritdoc cref="StartApply{T1, T2, T3, TResult}(Func{T1, T2, T3, TResult}, T1, T2, T3, MapOptions, CancellationToken)"/>
    public ApplyJob<TResult> StartApply<T1, T2, T3, TResult>(
        Func<T1, T2, T3, CancellationToken, TResult> method,
        T1 argument1,
        T2 argument2,
        T3 argument3,
        MapOptions? options = null,
        CancellationToken cancellationToken = default) =>
        StartItem<(T1, T2, T3), TResult>(FunctionReference.To(method), (argument1, argument2, argument3), options, cancellationToken);

    /// <inheritdoc cref="StartApply{T1, T2, T3, TResult}(Func{T1, T2, T3, TResult}, T1, T2, T3, MapOptions, CancellationToken)"/>
    [OverloadResolutionPriority(1)]
    public ApplyJob<TResult> StartApply<T1, T2, T3, TResult>(
        Func<T1, T2, T3, CancellationToken, Task<TResult>> method,
        T1 argument1,
        T2 argument2,
        T3 argument3,
        MapOptions? options = null,
        CancellationToken cancellationToken = default) =>
        StartItem<(T1, T2, T3), TResult>(FunctionReference.To(method), (argument1, argument2, argument3), options, cancellationToken);

    /// <inheritdoc cref="StartApply{T1, T2, T3, TResult}(Func{T1, T2, T3, TResult}, T1, T2, T3, MapOptions, CancellationToken)"/>
    public ApplyJob<TResult> StartApply<T1, T2, T3, TResult>(
        Func<T1, T2, T3, CancellationToken, ValueTask<TResult>> method,
        T1 argument1,
        T2 argument2,
        T3 argument3,
        MapOptions? options = null,
        CancellationToken cancellationToken = default) =>
        StartItem<(T1, T2, T3), TResult>(FunctionReference.To(method), (argument1, argument2, argument3), options, cancellationToken);
}
