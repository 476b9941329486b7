using Grpc.Core;
using WorkerPool.Client.Calls;
using WorkerPool.Client.Connecting;
using WorkerPool.Client.Methods;
using WorkerPool.Client.Processes;

namespace WorkerPool.Client;

/// <summary>
/// A pool of worker processes that run functions on items: <c>multiprocessing.Pool</c>, behind an address or inside
/// this process. Safe for several threads; maps and applies may run beside one another.
/// </summary>
/// <remarks>
/// <para>
/// Items and results are of any type System.Text.Json knows; tuples travel as arrays, one element a parameter.
/// <c>byte[]</c>, <see cref="ReadOnlyMemory{T}"/> and <see cref="Memory{T}"/> of bytes go undecoded to functions that take
/// raw bytes, protobuf messages to functions that take that message; <see cref="JsonText"/> is passed along as it is. A
/// type the function does not take fails the call before anything runs, as <see cref="InvalidRequestException"/>.
/// </para>
/// <para>
/// An item is answered exactly once. It may be run more than once, where a worker died over it or a connection broke: a pool
/// that was reached once is looked for when it is lost, see <see cref="PoolOptions.ReconnectTimeout"/>.
/// </para>
/// <para>
/// Calls throw <see cref="UnknownFunctionException"/>, <see cref="InvalidRequestException"/>,
/// <see cref="PoolUnreachableException"/>, <see cref="PoolUnavailableException"/>, <see cref="PoolProtocolException"/>,
/// <see cref="PoolClosedException"/> and, when their token is cancelled, <see cref="OperationCanceledException"/>. What a
/// source of items throws ends the job after the results before it, and is thrown as it is.
/// </para>
/// </remarks>
public sealed partial class Pool : IAsyncDisposable
{
    private readonly PoolConnection _connection;
    private readonly PoolWork _work = new();
    private readonly SharedJobs _sharedJobs;
    private readonly TimeProvider _time;
    private readonly ICallerMethods _methods;
    private readonly IProcessSource? _processes;
    private readonly Func<bool, ValueTask> _onEnd;
    private readonly Lock _endLock = new();
    private Task? _end;

    private Pool(
        PoolConnection connection,
        TimeProvider time,
        ICallerMethods methods,
        Func<bool, ValueTask> onEnd,
        IProcessSource? processes = null)
    {
        _methods = methods;
        _processes = processes;
        _connection = connection;
        Address = _connection.Address;
        _time = time;
        _sharedJobs = new SharedJobs(_connection, _time);
        _onEnd = onEnd;
        Admin = new PoolAdmin(_connection, isPartOfPool: true);
    }

    /// <summary>Where the pool is; several addresses are joined by "or".</summary>
    public string Address { get; }

    /// <summary>The pool, for those who operate it. It ends with the pool, which does not wait for its calls.</summary>
    public PoolAdmin Admin { get; }

    /// <summary>A pool at an address. Nothing is connected before the first call.</summary>
    /// <param name="address"><c>http://host:port</c>, <c>https://host:port</c>, <c>unix:///path</c>, or <c>dns+https://host:port</c> (without TLS
    /// <c>dns+http://</c>) where each address of the host is that of a cell: jobs and calls are spread over them, and go on at another where one fails.</param>
    /// <param name="options">How to connect. Default: all defaults.</param>
    /// <exception cref="ArgumentException">The address is none of these.</exception>
    public static Pool Connect(string address, PoolOptions? options = null) => Connect([address], options);

    /// <summary>The pool of a profile. Nothing is connected before the first call.</summary>
    /// <param name="profile">Where it is, and what it is shown, such as <c>PoolProfile.Load()</c>.</param>
    /// <param name="options">How to connect otherwise. Default: all defaults.</param>
    /// <exception cref="ArgumentException">The profile has no address, or what it has cannot be used.</exception>
    public static Pool Connect(PoolProfile profile, PoolOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(profile);
        return Connect(profile.Addresses, profile.ToOptions(options));
    }

    /// <summary>
    /// A pool at several addresses, each of a Supervisor that can do the same. One is used at a time, beginning with the first:
    /// when its connection fails, or it goes away, the next takes over, and after the last the first. Nothing is connected
    /// before the first call.
    /// </summary>
    /// <param name="addresses"><c>http://host:port</c>, <c>https://host:port</c> or <c>unix:///path</c> each. At least one.</param>
    /// <param name="options">How to connect. Default: all defaults.</param>
    /// <exception cref="ArgumentException">There is none, or one is none of these.</exception>
    public static Pool Connect(IEnumerable<string> addresses, PoolOptions? options = null)
    {
        options ??= new PoolOptions();
        return new(
            PoolConnection.To(PoolEndpoint.ParseAll(addresses), options), options.Time, new MethodsByName(), static _ => ValueTask.CompletedTask);
    }

    /// <summary>A pool whose Supervisor is in this process and ends with it.</summary>
    /// <param name="calls">Makes calls of its API.</param>
    /// <param name="methods">How its workers come by methods of the caller's program.</param>
    /// <param name="onEnd">Ends the Supervisor, once; true after a close, when no work is left, false at once.</param>
    /// <param name="processes">Starts processes beside its workers; <c>null</c> (default): it has none.</param>
    internal static Pool Attach(
        CallInvoker calls, ICallerMethods methods, Func<bool, ValueTask> onEnd, IProcessSource? processes = null) =>
        new(PoolConnection.Inside(calls), TimeProvider.System, methods, onEnd, processes);

    /// <summary>
    /// Takes no new work, waits until the work under way has ended, and then ends the pool: Python's close and join. A map
    /// that is being enumerated counts as under way until its end is received or its enumerator is disposed, which leaving
    /// an <c>await foreach</c> does.
    /// </summary>
    /// <param name="cancellationToken">Gives up the wait. The pool stays closed to new work.</param>
    public async Task CloseAsync(CancellationToken cancellationToken = default)
    {
        await _work.Close().WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            await _sharedJobs.EndAsync().WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (PoolProtocolException)
        {
            await End(graceful: true).WaitAsync(cancellationToken).ConfigureAwait(false);
            throw;
        }

        await End(graceful: true).WaitAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Ends the work under way and the pool at once. Calls that wait throw <see cref="PoolClosedException"/>.</summary>
    public async Task TerminateAsync()
    {
        var ended = _work.Terminate();

        // After the calls: they are to know what ended them.
        await _sharedJobs.Terminate().ConfigureAwait(false);
        await ended.ConfigureAwait(false);
        await End(graceful: false).ConfigureAwait(false);
    }

    /// <summary>As <see cref="TerminateAsync"/>. After <see cref="CloseAsync"/> nothing is left to do.</summary>
    public async ValueTask DisposeAsync() => await TerminateAsync().ConfigureAwait(false);

    // What is bound already stays as it is.
    private FunctionReference Bind(FunctionReference function)
    {
        if (function is { Delegate: { } method, Method: null })
        {
            return _methods.Bind(method);
        }

        ArgumentException.ThrowIfNullOrWhiteSpace(function.Name, nameof(function));
        return function;
    }

    private Task End(bool graceful)
    {
        lock (_endLock)
        {
            return _end ??= EndAsync(graceful);
        }
    }

    private async Task EndAsync(bool graceful)
    {
        await Task.Yield();
        Admin.End();
        try
        {
            await _onEnd(graceful).ConfigureAwait(false);
        }
        finally
        {
            _sharedJobs.Dispose();
            _connection.Dispose();
        }
    }
}
