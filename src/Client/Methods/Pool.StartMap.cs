using System.Runtime.CompilerServices;
using WorkerPool.Client.Mapping;
using WorkerPool.Client.Methods;

namespace WorkerPool.Client;

/// <summary>Maps of methods that are started and looked after later.</summary>
/// <remarks>
/// A method is synchronous, or gives a <see cref="Task{TResult}"/> or <see cref="ValueTask{TResult}"/>, and may take a
/// <see cref="CancellationToken"/> last. A form that gives a task has precedence, so that an <c>async</c> lambda is what it looks like.
/// </remarks>
public sealed partial class Pool
{
    /// <summary>Starts a map of a method and returns at once with its handle, which keeps the outcomes: <c>map_async</c>.</summary>
    /// <param name="method">
    /// The method: static, or a lambda that captures nothing, unless the workers are threads. A pool at an address runs the
    /// function of its name instead, if it has one that takes and gives the same.
    /// </param>
    /// <param name="items">The items.</param>
    /// <param name="options">Options. Default: all defaults.</param>
    /// <param name="progress">
    /// Is told how far the job is whenever results have come, and at its end; not in parallel. Default: nobody is told.
    /// </param>
    /// <param name="cancellationToken">Ends the job.</param>
    /// <typeparam name="TItem">Type of the items.</typeparam>
    /// <typeparam name="TResult">Type of the values.</typeparam>
    /// <exception cref="InvalidRequestException">The pool cannot run the method, such as for a variable that it captures; the message says why.</exception>
    public MapJob<TResult> StartMap<TItem, TResult>(
        Func<TItem, TResult> method,
        IEnumerable<TItem> items,
        MapOptions? options = null,
        IProgress<JobProgress>? progress = null,
        CancellationToken cancellationToken = default) =>
        Start<TItem, TResult>(FunctionReference.To(method), new ItemSource<TItem>(items), options, progress, cancellationToken);

    /// <inheritdoc cref="StartMap{TItem, TResult}(Func{TItem, TResult}, IEnumerable{TItem}, MapOptions, IProgress{JobProgress}, CancellationToken)"/>
    public MapJob<TResult> StartMap<TItem, TResult>(
        Func<TItem, TResult> method,
        IAsyncEnumerable<TItem> items,
        MapOptions? options = null,
        IProgress<JobProgress>? progress = null,
        CancellationToken cancellationToken = default) =>
        Start<TItem, TResult>(FunctionReference.To(method), new ItemSource<TItem>(items), options, progress, cancellationToken);

    /// <inheritdoc cref="StartMap{TItem, TResult}(Func{TItem, TResult}, IEnumerable{TItem}, MapOptions, IProgress{JobProgress}, CancellationToken)"/>
    [OverloadResolutionPriority(1)]
    public MapJob<TResult> StartMap<TItem, TResult>(
        Func<TItem, Task<TResult>> method,
        IEnumerable<TItem> items,
        MapOptions? options = null,
        IProgress<JobProgress>? progress = null,
        CancellationToken cancellationToken = default) =>
        Start<TItem, TResult>(FunctionReference.To(method), new ItemSource<TItem>(items), options, progress, cancellationToken);

    /// <inheritdoc cref="StartMap{TItem, TResult}(Func{TItem, TResult}, IEnumerable{TItem}, MapOptions, IProgress{JobProgress}, CancellationToken)"/>
    [OverloadResolutionPriority(1)]
    public MapJob<TResult> StartMap<TItem, TResult>(
        Func<TItem, Task<TResult>> method,
        IAsyncEnumerable<TItem> items,
        MapOptions? options = null,
        IProgress<JobProgress>? progress = null,
        CancellationToken cancellationToken = default) =>
        Start<TItem, TResult>(FunctionReference.To(method), new ItemSource<TItem>(items), options, progress, cancellationToken);

    /// <inheritdoc cref="StartMap{TItem, TResult}(Func{TItem, TResult}, IEnumerable{TItem}, MapOptions, IProgress{JobProgress}, CancellationToken)"/>
    public MapJob<TResult> StartMap<TItem, TResult>(
        Func<TItem, ValueTask<TResult>> method,
        IEnumerable<TItem> items,
        MapOptions? options = null,
        IProgress<JobProgress>? progress = null,
        CancellationToken cancellationToken = default) =>
        Start<TItem, TResult>(FunctionReference.To(method), new ItemSource<TItem>(items), options, progress, cancellationToken);

    /// <inheritdoc cref="StartMap{TItem, TResult}(Func{TItem, TResult}, IEnumerable{TItem}, MapOptions, IProgress{JobProgress}, CancellationToken)"/>
    public MapJob<TResult> StartMap<TItem, TResult>(
        Func<TItem, ValueTask<TResult>> method,
        IAsyncEnumerable<TItem> items,
        MapOptions? options = null,
        IProgress<JobProgress>? progress = null,
        CancellationToken cancellationToken = default) =>
        Start<TItem, TResult>(FunctionReference.To(method), new ItemSource<TItem>(items), options, progress, cancellationToken);

    /// <inheritdoc cref="StartMap{TItem, TResult}(Func{TItem, TResult}, IEnumerable{TItem}, MapOptions, IProgress{JobProgress}, CancellationToken)"/>
    public MapJob<TResult> StartMap<TItem, TResult>(
        Func<TItem, CancellationToken, TResult> method,
        IEnumerable<TItem> items,
        MapOptions? options = null,
        IProgress<JobProgress>? progress = null,
        CancellationToken cancellationToken = default) =>
        Start<TItem, TResult>(FunctionReference.To(method), new ItemSource<TItem>(items), options, progress, cancellationToken);

    /// <inheritdoc cref="StartMap{TItem, TResult}(Func{TItem, TResult}, IEnumerable{TItem}, MapOptions, IProgress{JobProgress}, CancellationToken)"/>
    public MapJob<TResult> StartMap<TItem, TResult>(
        Func<TItem, CancellationToken, TResult> method,
        IAsyncEnumerable<TItem> items,
        MapOptions? options = null,
        IProgress<JobProgress>? progress = null,
        CancellationToken cancellationToken = default) =>
        Start<TItem, TResult>(FunctionReference.To(method), new ItemSource<TItem>(items), options, progress, cancellationToken);

    /// <inheritdoc cref="StartMap{TItem, TResult}(Func{TItem, TResult}, IEnumerable{TItem}, MapOptions, IProgress{JobProgress}, CancellationToken)"/>
    [OverloadResolutionPriority(1)]
    public MapJob<TResult> StartMap<TItem, TResult>(
        Func<TItem, CancellationToken, Task<TResult>> method,
        IEnumerable<TItem> items,
        MapOptions? options = null,
        IProgress<JobProgress>? progress = null,
        CancellationToken cancellationToken = default) =>
        Start<TItem, TResult>(FunctionReference.To(method), new ItemSource<TItem>(items), options, progress, cancellationToken);

    /// <inheritdoc cref="StartMap{TItem, TResult}(Func{TItem, TResult}, IEnumerable{TItem}, MapOptions, IProgress{JobProgress}, CancellationToken)"/>
    [OverloadResolutionPriority(1)]
    public MapJob<TResult> StartMap<TItem, TResult>(
        Func<TItem, CancellationToken, Task<TResult>> method,
        IAsyncEnumerable<TItem> items,
        MapOptions? options = null,
        IProgress<JobProgress>? progress = null,
        CancellationToken cancellationToken = default) =>
        Start<TItem, TResult>(FunctionReference.To(method), new ItemSource<TItem>(items), options, progress, cancellationToken);

    /// <inheritdoc cref="StartMap{TItem, TResult}(Func{TItem, TResult}, IEnumerable{TItem}, MapOptions, IProgress{JobProgress}, CancellationToken)"/>
    public MapJob<TResult> StartMap<TItem, TResult>(
        Func<TItem, CancellationToken, ValueTask<TResult>> method,
        IEnumerable<TItem> items,
        MapOptions? options = null,
        IProgress<JobProgress>? progress = null,
        CancellationToken cancellationToken = default) =>
        Start<TItem, TResult>(FunctionReference.To(method), new ItemSource<TItem>(items), options, progress, cancellationToken);

    /// <inheritdoc cref="StartMap{TItem, TResult}(Func{TItem, TResult}, IEnumerable{TItem}, MapOptions, IProgress{JobProgress}, CancellationToken)"/>
    public MapJob<TResult> StartMap<TItem, TResult>(
        Func<TItem, CancellationToken, ValueTask<TResult>> method,
        IAsyncEnumerable<TItem> items,
        MapOptions? options = null,
        IProgress<JobProgress>? progress = null,
        CancellationToken cancellationToken = default) =>
        Start<TItem, TResult>(FunctionReference.To(method), new ItemSource<TItem>(items), options, progress, cancellationToken);
}
