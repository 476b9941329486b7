using WorkerPool.Client.Mapping;
using WorkerPool.Client.Methods;

namespace WorkerPool.Client;

/// <summary>Maps of calls of several functions.</summary>
public sealed partial class Pool
{
    private const string CallFunction = "call";

    /// <summary>Runs calls of several functions as one job and waits for all results, in the order of the calls.</summary>
    /// <param name="calls">The calls. One of a function that the pool does not have fails by itself.</param>
    /// <param name="options">Options. Default: all defaults.</param>
    /// <param name="cancellationToken">Ends the job.</param>
    /// <typeparam name="TResult">Type of the values, such as <see cref="JsonText"/> where they differ.</typeparam>
    /// <exception cref="ItemFailedException">A call failed: of those that did, the one with the lowest index. The rest is cancelled.</exception>
    public Task<TResult[]> CallsAsync<TResult>(
        IEnumerable<Call> calls, MapOptions? options = null, CancellationToken cancellationToken = default) =>
        CollectAsync<Call, TResult>(CallsOf(calls, out var bound), bound, options, cancellationToken);

    /// <summary>As <c>CallsAsync</c>, with the outcomes as they come, in the order of the calls or in that in which they complete.</summary>
    /// <param name="calls">The calls, of any number.</param>
    /// <param name="options">Options. Default: all defaults.</param>
    /// <param name="ordered">Whether they come in the order of the calls. Default: yes.</param>
    /// <typeparam name="TResult">Type of the values, such as <see cref="JsonText"/> where they differ.</typeparam>
    public MapStream<TResult> CallsOutcomesAsync<TResult>(IEnumerable<Call> calls, MapOptions? options = null, bool ordered = true) =>
        Outcomes<Call, TResult>(CallsOf(calls, out var bound), bound, options, ordered, CancellationToken.None);

    // Items may name methods where the pool runs those of its caller's program; elsewhere functions of its own stand for them.
    private FunctionReference CallsOf(IEnumerable<Call> calls, out ItemSource<Call> bound)
    {
        ArgumentNullException.ThrowIfNull(calls);
        var binder = new CallBinder(_methods);
        bound = new ItemSource<Call>(calls.Select(binder.Bind));
        return new FunctionReference(CallFunction, Method: _methods is MethodsByName ? null : new V1.CallerMethod()) { Binder = binder };
    }
}
