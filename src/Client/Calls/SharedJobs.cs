using WorkerPool.Client.Connecting;

namespace WorkerPool.Client.Calls;

/// <summary>
/// The shared jobs of a pool, one for each kind of call that is made more than once at a time. A call that is alone goes
/// alone: a stream costs more to open than a call. From the second on calls share a job, which stays open while they come.
/// </summary>
/// <remarks>
/// A job that has been idle for a second or two ends. One that is busy takes no more calls after ten seconds, and the next
/// takes its place: so a pool that drains, and takes no new jobs, is not kept waiting by calls that go on coming.
/// </remarks>
internal sealed class SharedJobs : IDisposable
{
    /// <summary>How often jobs are looked at.</summary>
    internal static readonly TimeSpan TickInterval = TimeSpan.FromSeconds(1);

    private const int MaxTicks = 10;

    private readonly PoolConnection _connection;
    private readonly Lock _lock = new();
    private readonly Dictionary<CallKind, int> _calls = [];
    private readonly Dictionary<CallKind, SharedJob> _current = [];
    private readonly HashSet<SharedJob> _open = [];
    private readonly ITimer _timer;
    private Exception? _untold;
    private bool _ticks;
    private bool _terminated;

    /// <summary>No jobs yet.</summary>
    /// <param name="connection">The pool.</param>
    /// <param name="time">Tells how long jobs have been idle.</param>
    public SharedJobs(PoolConnection connection, TimeProvider time)
    {
        _connection = connection;
        _timer = time.CreateTimer(_ => Tick(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Makes a call that cannot be cancelled.</summary>
    /// <param name="kind">What it has in common with others.</param>
    /// <param name="item">Its item's bytes, which stay as they are until there is an answer.</param>
    /// <param name="alone">Makes it without others.</param>
    /// <returns>The value's bytes.</returns>
    /// <exception cref="PoolProtocolException">The account of a job that ended before did not add up.</exception>
    public async Task<ReadOnlyMemory<byte>> CallAsync(
        CallKind kind, ReadOnlyMemory<byte> item, Func<Task<ReadOnlyMemory<byte>>> alone)
    {
        var call = Enter(kind, item);
        try
        {
            return await (call is null ? alone() : call.Value).ConfigureAwait(false);
        }
        finally
        {
            Leave(kind);
        }
    }

    /// <summary>Ends the jobs; their calls have been answered, or have failed.</summary>
    /// <exception cref="PoolProtocolException">The account of one did not add up.</exception>
    public async Task EndAsync()
    {
        SharedJob[] open;
        lock (_lock)
        {
            open = [.. _open];
        }

        foreach (var job in open)
        {
            job.EndInput();
        }

        await Task.WhenAll(open.Select(EndedAsync)).ConfigureAwait(false);
        ThrowUntold();
    }

    /// <summary>Ends the jobs at once, because the pool was terminated.</summary>
    /// <returns>Completes when they have ended.</returns>
    public Task Terminate()
    {
        SharedJob[] open;
        lock (_lock)
        {
            _terminated = true;
            open = [.. _open];
        }

        foreach (var job in open)
        {
            job.Terminate();
        }

        return Task.WhenAll(open.Select(job => job.Ended));
    }

    /// <inheritdoc/>
    public void Dispose() => _timer.Dispose();

    // Null for a call that is to be made alone.
    private SharedCall? Enter(CallKind kind, ReadOnlyMemory<byte> item)
    {
        ThrowUntold();
        lock (_lock)
        {
            if (_terminated)
            {
                throw PoolClosedException.Terminated();
            }

            var others = _calls.GetValueOrDefault(kind);
            _calls[kind] = others + 1;
            if (others == 0)
            {
                return null;
            }

            var call = new SharedCall(item);
            if (!_current.TryGetValue(kind, out var job) || !job.TryAdd(call))
            {
                Open(kind).TryAdd(call);
            }

            return call;
        }
    }

    private void Leave(CallKind kind)
    {
        lock (_lock)
        {
            var left = _calls[kind] - 1;
            if (left == 0)
            {
                _calls.Remove(kind);
            }
            else
            {
                _calls[kind] = left;
            }
        }
    }

    private SharedJob Open(CallKind kind)
    {
        var job = new SharedJob(_connection, kind);
        _current[kind] = job;
        _open.Add(job);
        _ = EndedAsync(job);
        if (!_ticks)
        {
            _ticks = true;
            _timer.Change(TickInterval, TickInterval);
        }

        return job;
    }

    private async Task EndedAsync(SharedJob job)
    {
        var failure = await job.Ended.ConfigureAwait(false);
        lock (_lock)
        {
            Replace(job);
            if (_open.Remove(job) && failure is PoolProtocolException)
            {
                // A connection that breaks while nothing is under way harms nobody; an account that does not add up does.
                _untold = failure;
            }
        }
    }

    private void Tick()
    {
        SharedJob[] due;
        lock (_lock)
        {
            due = [.. _current.Values.Where(job => job.Tick(MaxTicks))];
            foreach (var job in due)
            {
                Replace(job);
            }

            if (_open.Count == 0)
            {
                _ticks = false;
                _timer.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
            }
        }

        foreach (var job in due)
        {
            job.EndInput();
        }
    }

    private void Replace(SharedJob job)
    {
        if (_current.TryGetValue(job.Kind, out var current) && current == job)
        {
            _current.Remove(job.Kind);
        }
    }

    private void ThrowUntold()
    {
        if (Volatile.Read(ref _untold) is not null && Interlocked.Exchange(ref _untold, null) is { } failure)
        {
            throw failure;
        }
    }
}
