namespace WorkerPool.Supervisor.Security;

/// <summary>
/// The calls that are not answered whole yet, and those that have just been. A server that stops closes a connection as soon as its calls are
/// over; a client that has not ended its side of a call by then, as of a stream it cannot before it has read the end, may take that for a break and
/// drop what it has received. So whoever stops the server gives it a moment. Safe for several threads.
/// </summary>
/// <param name="time">Measures the moment.</param>
internal sealed class OpenCalls(TimeProvider time)
{
    /// <summary>How long a client has to take note of its call's end.</summary>
    public static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(250);

    private readonly Lock _gate = new();
    private int _count;
    private long? _lastEnd;
    private TaskCompletionSource? _none;

    /// <summary>A call is let through.</summary>
    /// <param name="context">The call.</param>
    public void Add(HttpContext context)
    {
        lock (_gate)
        {
            _count++;
        }

        context.Response.OnCompleted(Remove);
    }

    /// <summary>Waits until there is none, and the last has been over for a moment.</summary>
    /// <param name="cancellation">Gives up.</param>
    public async Task NoneAsync(CancellationToken cancellation)
    {
        while (Left(out var none) is { } left)
        {
            await (none ?? Task.Delay(left, time, cancellation)).WaitAsync(cancellation);
        }
    }

    private TimeSpan? Left(out Task? none)
    {
        lock (_gate)
        {
            if (_count > 0)
            {
                none = (_none ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
                return Moment;
            }

            none = null;
            return _lastEnd is { } last && Moment - time.GetElapsedTime(last) is { Ticks: > 0 } left ? left : null;
        }
    }

    private Task Remove()
    {
        lock (_gate)
        {
            _lastEnd = time.GetTimestamp();
            if (--_count == 0)
            {
                _none?.SetResult();
                _none = null;
            }
        }

        return Task.CompletedTask;
    }
}
