namespace WorkerPool.Client;

/// <summary>Calls of methods.</summary>
/// <remarks>Nothing asks for the type of the value here, so that a method may as well give a task: the worker waits for it.</remarks>
public sealed partial record Call
{
    /// <summary>A call of a method, which is given as to every other call.</summary>
    /// <param name="method">The method. Whether the pool can run it is found out when the call is sent.</param>
    /// <typeparam name="TResult">What the method gives.</typeparam>
    public static Call Of<TResult>(Func<TResult> method) => To(method, null);

    /// <inheritdoc cref="Of{TResult}(Func{TResult})"/>
    public static Call Of<TResult>(Func<CancellationToken, TResult> method) => To(method, null);

    /// <inheritdoc cref="Of{TResult}(Func{TResult})"/>
    public static Call Of(Action method) => To(method, null);

    /// <inheritdoc cref="Of{TResult}(Func{TResult})"/>
    public static Call Of(Action<CancellationToken> method) => To(method, null);

    /// <summary>A call of a method, which is given as to every other call.</summary>
    /// <param name="method">The method. Whether the pool can run it is found out when the call is sent.</param>
    /// <param name="item">The item.</param>
    /// <typeparam name="TItem">Type of the item.</typeparam>
    /// <typeparam name="TResult">What the method gives.</typeparam>
    public static Call Of<TItem, TResult>(Func<TItem, TResult> method, TItem item) => To(method, item);

    /// <inheritdoc cref="Of{TItem, TResult}(Func{TItem, TResult}, TItem)"/>
    public static Call Of<TItem, TResult>(Func<TItem, CancellationToken, TResult> method, TItem item) => To(method, item);

    /// <inheritdoc cref="Of{TItem, TResult}(Func{TItem, TResult}, TItem)"/>
    public static Call Of<TItem>(Action<TItem> method, TItem item) => To(method, item);

    /// <inheritdoc cref="Of{TItem, TResult}(Func{TItem, TResult}, TItem)"/>
    public static Call Of<TItem>(Action<TItem, CancellationToken> method, TItem item) => To(method, item);

    /// <summary>A call of a method, which is given as to every other call.</summary>
    /// <param name="method">The method. Whether the pool can run it is found out when the call is sent.</param>
    /// <param name="argument1">Argument 1.</param>
    /// <param name="argument2">Argument 2.</param>
    /// <typeparam name="T1">Type of parameter 1.</typeparam>
    /// <typeparam name="T2">Type of parameter 2.</typeparam>
    /// <typeparam name="TResult">What the method gives.</typeparam>
    public static Call Of<T1, T2, TResult>(Func<T1, T2, TResult> method, T1 argument1, T2 argument2) => To(method, (argument1, argument2));

    /// <inheritdoc cref="Of{T1, T2, TResult}(Func{T1, T2, TResult}, T1, T2)"/>
    public static Call Of<T1, T2, TResult>(Func<T1, T2, CancellationToken, TResult> method, T1 argument1, T2 argument2) =>
        To(method, (argument1, argument2));

    /// <inheritdoc cref="Of{T1, T2, TResult}(Func{T1, T2, TResult}, T1, T2)"/>
    public static Call Of<T1, T2>(Action<T1, T2> method, T1 argument1, T2 argument2) => To(method, (argument1, argument2));

    /// <inheritdoc cref="Of{T1, T2, TResult}(Func{T1, T2, TResult}, T1, T2)"/>
    public static Call Of<T1, T2>(Action<T1, T2, CancellationToken> method, T1 argument1, T2 argument2) =>
        To(method, (argument1, argument2));

    /// <summary>A call of a method, which is given as to every other call.</summary>
    /// <param name="method">The method. Whether the pool can run it is found out when the call is sent.</param>
    /// <param name="argument1">Argument 1.</param>
    /// <param name="argument2">Argument 2.</param>
    /// <param name="argument3">Argument 3.</param>
    /// <typeparam name="T1">Type of parameter 1.</typeparam>
    /// <typeparam name="T2">Type of parameter 2.</typeparam>
    /// <typeparam name="T3">Type of parameter 3.</typeparam>
    /// <typeparam name="TResult">What the method gives.</typeparam>
    public static Call Of<T1, T2, T3, TResult>(Func<T1, T2, T3, TResult> method, T1 argument1, T2 argument2, T3 argument3) =>
        To(method, (argument1, argument2, argument3));

    /// <inheritdoc cref="Of{T1, T2, T3, TResult}(Func{T1, T2, T3, TResult}, T1, T2, T3)"/>
    public static Call Of<T1, T2, T3, TResult>(Func<T1, T2, T3, CancellationToken, TResult> method, T1 argument1, T2 argument2, T3 argument3) =>
        To(method, (argument1, argument2, argument3));

    /// <inheritdoc cref="Of{T1, T2, T3, TResult}(Func{T1, T2, T3, TResult}, T1, T2, T3)"/>
    public static Call Of<T1, T2, T3>(Action<T1, T2, T3> method, T1 argument1, T2 argument2, T3 argument3) =>
        To(method, (argument1, argument2, argument3));

    /// <inheritdoc cref="Of{T1, T2, T3, TResult}(Func{T1, T2, T3, TResult}, T1, T2, T3)"/>
    public static Call Of<T1, T2, T3>(Action<T1, T2, T3, CancellationToken> method, T1 argument1, T2 argument2, T3 argument3) =>
        To(method, (argument1, argument2, argument3));

    /// <summary>A call of a method, which is given as to every other call.</summary>
    /// <param name="method">The method. Whether the pool can run it is found out when the call is sent.</param>
    /// <param name="argument1">Argument 1.</param>
    /// <param name="argument2">Argument 2.</param>
    /// <param name="argument3">Argument 3.</param>
    /// <param name="argument4">Argument 4.</param>
    /// <typeparam name="T1">Type of parameter 1.</typeparam>
    /// <typeparam name="T2">Type of parameter 2.</typeparam>
    /// <typeparam name="T3">Type of parameter 3.</typeparam>
    /// <typeparam name="T4">Type of parameter 4.</typeparam>
    /// <typeparam name="TResult">What the method gives.</typeparam>
    public static Call Of<T1, T2, T3, T4, TResult>(Func<T1, T2, T3, T4, TResult> method, T1 argument1, T2 argument2, T3 argument3, T4 argument4) =>
        To(method, (argument1, argument2, argument3, argument4));

    /// <inheritdoc cref="Of{T1, T2, T3, T4, TResult}(Func{T1, T2, T3, T4, TResult}, T1, T2, T3, T4)"/>
    public static Call Of<T1, T2, T3, T4, TResult>(Func<T1, T2, T3, T4, CancellationToken, TResult> method, T1 argument1, T2 argument2, T3 argument3, T4 argument4) =>
        To(method, (argument1, argument2, argument3, argument4));

    /// <inheritdoc cref="Of{T1, T2, T3, T4, TResult}(Func{T1, T2, T3, T4, TResult}, T1, T2, T3, T4)"/>
    public static Call Of<T1, T2, T3, T4>(Action<T1, T2, T3, T4> method, T1 argument1, T2 argument2, T3 argument3, T4 argument4) =>
        To(method, (argument1, argument2, argument3, argument4));

    /// <inheritdoc cref="Of{T1, T2, T3, T4, TResult}(Func{T1, T2, T3, T4, TResult}, T1, T2, T3, T4)"/>
    public static Call Of<T1, T2, T3, T4>(Action<T1, T2, T3, T4, CancellationToken> method, T1 argument1, T2 argument2, T3 argument3, T4 argument4) =>
        To(method, (argument1, argument2, argument3, argument4));
}
