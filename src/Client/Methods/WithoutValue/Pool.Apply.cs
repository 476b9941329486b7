using System.Runtime.CompilerServices;
using WorkerPool.Client.Methods;

namespace WorkerPool.Client;

/// <summary>Single calls of methods without a value.</summary>
/// <remarks>
/// A method is synchronous, or gives a <see cref="Task"/>, and may take a <see cref="CancellationToken"/> last. The form that gives a
/// task has precedence, so that an <c>async</c> lambda is waited for.
/// </remarks>
public sealed partial class Pool
{
    /// <summary>Runs a method without a value once and waits until it is done.</summary>
    /// <param name="method">
    /// The method: static, or a lambda that captures nothing, unless the workers are threads. A pool at an address runs the
    /// function of its name instead, if it has one that takes the same.
    /// </param>
    /// <param name="options">Timeout and retries; the rest is not used. Default: all defaults.</param>
    /// <param name="cancellationToken">Cancels the call, and the method where it runs.</param>
    /// <exception cref="ItemFailedException">The method threw, or did not end for another reason.</exception>
    /// <exception cref="InvalidRequestException">The pool cannot run the method, such as for a variable that it captures; the message says why.</exception>
    public Task ApplyAsync(
        Action method, MapOptions? options = null, CancellationToken cancellationToken = default) =>
        CallItemAsync<object?, object?>(FunctionReference.WithoutValue(method), null, options, cancellationToken);

    /// <inheritdoc cref="ApplyAsync(Action, MapOptions, CancellationToken)"/>
    [OverloadResolutionPriority(1)]
    public Task ApplyAsync(
        Func<Task> method, MapOptions? options = null, CancellationToken cancellationToken = default) =>
        CallItemAsync<object?, object?>(FunctionReference.WithoutValue(method), null, options, cancellationToken);

    /// <inheritdoc cref="ApplyAsync(Action, MapOptions, CancellationToken)"/>
    public Task ApplyAsync(
        Action<CancellationToken> method, MapOptions? options = null, CancellationToken cancellationToken = default) =>
        CallItemAsync<object?, object?>(FunctionReference.WithoutValue(method), null, options, cancellationToken);

    /// <inheritdoc cref="ApplyAsync(Action, MapOptions, CancellationToken)"/>
    [OverloadResolutionPriority(1)]
    public Task ApplyAsync(
        Func<CancellationToken, Task> method, MapOptions? options = null, CancellationToken cancellationToken = default) =>
        CallItemAsync<object?, object?>(FunctionReference.WithoutValue(method), null, options, cancellationToken);

    /// <summary>Runs a method without a value once and waits until it is done.</summary>
    /// <param name="method">
    /// The method: static, or a lambda that captures nothing, unless the workers are threads. A pool at an address runs the
    /// function of its name instead, if it has one that takes the same.
    /// </param>
    /// <param name="item">The item.</param>
    /// <param name="options">Timeout and retries; the rest is not used. Default: all defaults.</param>
    /// <param name="cancellationToken">Cancels the call, and the method where it runs.</param>
    /// <typeparam name="TItem">Type of the item.</typeparam>
    /// <exception cref="ItemFailedException">The method threw, or did not end for another reason.</exception>
    /// <exception cref="InvalidRequestException">The pool cannot run the method, such as for a variable that it captures; the message says why.</exception>
    public Task ApplyAsync<TItem>(
        Action<TItem> method, TItem item, MapOptions? options = null, CancellationToken cancellationToken = default) =>
        CallItemAsync<TItem, object?>(FunctionReference.WithoutValue(method), item, options, cancellationToken);

    /// <inheritdoc cref="ApplyAsync{TItem}(Action{TItem}, TItem, MapOptions, CancellationToken)"/>
    [OverloadResolutionPriority(1)]
    public Task ApplyAsync<TItem>(
        Func<TItem, Task> method, TItem item, MapOptions? options = null, CancellationToken cancellationToken = default) =>
        CallItemAsync<TItem, object?>(FunctionReference.WithoutValue(method), item, options, cancellationToken);

    /// <inheritdoc cref="ApplyAsync{TItem}(Action{TItem}, TItem, MapOptions, CancellationToken)"/>
    public Task ApplyAsync<TItem>(
        Action<TItem, CancellationToken> method,
        TItem item,
        MapOptions? options = null,
        CancellationToken cancellationToken = default) =>
        CallItemAsync<TItem, object?>(FunctionReference.WithoutValue(method), item, options, cancellationToken);

    /// <inheritdoc cref="ApplyAsync{TItem}(Action{TItem}, TItem, MapOptions, CancellationToken)"/>
    [OverloadResolutionPriority(1)]
    public Task ApplyAsync<TItem>(
        Func<TItem, CancellationToken, Task> method,
        TItem item,
        MapOptions? options = null,
        CancellationToken cancellationToken = default) =>
        CallItemAsync<TItem, object?>(FunctionReference.WithoutValue(method), item, options, cancellationToken);

    /// <summary>Runs a method without a value once and waits until it is done.</summary>
    /// <param name="method">
    /// The method: static, or a lambda that captures nothing, unless the workers are threads. A pool at an address runs the
    /// function of its name instead, if it has one that takes the same.
    /// </param>
    /// <param name="argument1">Argument 1.</param>
    /// <param name="argument2">Argument 2.</param>
    /// <param name="options">Timeout and retries; the rest is not used. Default: all defaults.</param>
    /// <param name="cancellationToken">Cancels the call, and the method where it runs.</param>
    /// <typeparam name="T1">Type of parameter 1.</typeparam>
    /// <typeparam name="T2">Type of parameter 2.</typeparam>
    /// <exception cref="ItemFailedException">The method threw, or did not end for another reason.</exception>
    /// <exception cref="InvalidRequestException">The pool cannot run the method, such as for a variable that it captures; the message says why.</exception>
    public Task ApplyAsync<T1, T2>(
        Action<T1, T2> method,
        T1 argument1,
        T2 argument2,
        MapOptions? options = null,
        CancellationToken cancellationToken = default) =>
        CallItemAsync<(T1, T2), object?>(FunctionReference.WithoutValue(method), (argument1, argument2), options, cancellationToken);

    /// <inheritdoc cref="ApplyAsync{T1, T2}(Action{T1, T2}, T1, T2, MapOptions, CancellationToken)"/>
    [OverloadResolutionPriority(1)]
    public Task ApplyAsync<T1, T2>(
        Func<T1, T2, Task> method,
        T1 argument1,
        T2 argument2,
        MapOptions? options = null,
        CancellationToken cancellationToken = default) =>
        CallItemAsync<(T1, T2), object?>(FunctionReference.WithoutValue(method), (argument1, argument2), options, cancellationToken);

    /// <inheritdoc cref="ApplyAsync{T1, T2}(Action{T1, T2}, T1, T2, MapOptions, CancellationToken)"/>
    public Task ApplyAsync<T1, T2>(
        Action<T1, T2, CancellationToken> method,
        T1 argument1,
        T2 argument2,
        MapOptions? options = null,
        CancellationToken cancellationToken = default) =>
        CallItemAsync<(T1, T2), object?>(FunctionReference.WithoutValue(method), (argument1, argument2), options, cancellationToken);

    /// <inheritdoc cref="ApplyAsync{T1, T2}(Action{T1, T2}, T1, T2, MapOptions, CancellationToken)"/>
    [OverloadResolutionPriority(1)]
    public Task ApplyAsync<T1, T2>(
        Func<T1, T2, CancellationToken, Task> method,
        T1 argument1,
        T2 argument2,
        MapOptions? options = null,
        CancellationToken cancellationToken = default) =>
        CallItemAsync<(T1, T2), object?>(FunctionReference.WithoutValue(method), (argument1, argument2), options, cancellationToken);

    /// <summary>Runs a method without a value once and waits until it is done.</summary>
    /// <param name="method">
    /// The method: static, or a lambda that captures nothing, unless the workers are threads. A pool at an address runs the
    /// function of its name instead, if it has one that takes the same.
    /// </param>
    /// <param name="argument1">Argument 1.</param>
    /// <param name="argument2">Argument 2.</param>
    /// <param name="argument3">Argument 3.</param>
    /// <param name="options">Timeout and retries; the rest is not used. Default: all defaults.</param>
    /// <param name="cancellationToken">Cancels the call, and the method where it runs.</param>
    /// <typeparam name="T1">Type of parameter 1.</typeparam>
    /// <typeparam name="T2">Type of parameter 2.</typeparam>
    /// <typeparam name="T3">Type of parameter 3.</typeparam>
    /// <exception cref="ItemFailedException">The method threw, or did not end for another reason.</exception>
    /// <exception cref="InvalidRequestException">The pool cannot run the method, such as for a variable that it captures; the message says why.</exception>
    public Task ApplyAsync<T1, T2, T3>(
        Action<T1, T2, T3> method,
        T1 argument1,
        T2 argument2,
        T3 argument3,
        MapOptions? options = null,
        CancellationToken cancellationToken = default) =>
        CallItemAsync<(T1, T2, T3), object?>(FunctionReference.WithoutValue(method), (argument1, argument2, argument3), options, cancellationToken);

    /// <inheritdoc cref="ApplyAsync{T1, T2, T3}(Action{T1, T2, T3}, T1, T2, T3, MapOptions, CancellationToken)"/>
    [OverloadResolutionPriority(1)]
    public Task ApplyAsync<T1, T2, T3>(
        Func<T1, T2, T3, Task> method,
        T1 argument1,
        T2 argument2,
        T3 argument3,
        MapOptions? options = null,
        CancellationToken cancellationToken = default) =>
        CallItemAsync<(T1, T2, T3), object?>(FunctionReference.WithoutValue(method), (argument1, argument2, argument3), options, cancellationToken);

    /// <inheritdoc cref="ApplyAsync{T1, T2, T3}(Action{T1, T2, T3}, T1, T2, T3, MapOptions, CancellationToken)"/>
    public Task ApplyAsync<T1, T2, T3>(
        Action<T1, T2, T3, CancellationToken> method,
        T1 argument1,
        T2 argument2,
        T3 argument3,
        MapOptions? options = null,
        CancellationToken cancellationToken = default) =>
        CallItemAsync<(T1, T2, T3), object?>(FunctionReference.WithoutValue(method), (argument1, argument2, argument3), options, cancellationToken);

    /// <inheritdoc cref="ApplyAsync{T1, T2, T3}(Action{T1, T2, T3}, T1, T2, T3, MapOptions, CancellationToken)"/>
    [OverloadResolutionPriority(1)]
    public Task ApplyAsync<T1, T2, T3>(
        Func<T1, T2, T3, CancellationToken, Task> method,
        T1 argument1,
        T2 argument2,
        T3 argument3,
        MapOptions? options = null,
        CancellationToken cancellationToken = default) =>
        CallItemAsync<(T1, T2, T3), object?>(FunctionReference.WithoutValue(method), (argument1, argument2, argument3), options, cancellationToken);
}
