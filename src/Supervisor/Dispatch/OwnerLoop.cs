using System.Threading.Channels;

namespace WorkerPool.Supervisor.Dispatch;

/// <summary>
/// The one thread of control that owns a pool's jobs and its workers' loads: events are posted to it from anywhere
/// and run one after the other; after each burst the scheduler gives out work. No locks anywhere behind it.
/// </summary>
/// <remarks>
/// It is no thread of its own: while events wait, a thread of the pool runs them; and what somebody waits for runs on the thread that
/// brings it, if nothing else runs or waits, so that nobody has to be woken for it.
/// </remarks>
internal sealed partial class OwnerLoop : IAsyncDisposable, IThreadPoolWorkItem
{
    private readonly Channel<Action> _events = Channel.CreateUnbounded<Action>(new UnboundedChannelOptions { SingleReader = true });
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TimeProvider _time;
    private readonly ILogger _log;
    private readonly Action _afterBurst;

    // 1 while a thread runs events, or is on its way to: all else here is that thread's.
    private int _isOwned;
    private readonly List<Action> _after = [];
    private Action? _urgent;
    private ExecutionContext? _context;

    /// <summary>A loop that runs what is posted.</summary>
    /// <param name="time">Measures delays.</param>
    /// <param name="log">Takes note of faults.</param>
    /// <param name="afterBurst">Called on the loop after each burst of events.</param>
    public OwnerLoop(TimeProvider time, ILogger<OwnerLoop> log, Action afterBurst)
    {
        _time = time;
        _log = log;
        _afterBurst = afterBurst;
    }

    /// <summary>Runs something on the loop, soon. After the loop's end nothing happens.</summary>
    /// <param name="action">What to run.</param>
    public void Post(Action action) => TryPost(action);

    /// <summary>
    /// Runs something on the loop: here and now, if nothing else runs or waits, and soon otherwise. For what somebody waits for; the
    /// caller must hold no lock. After the loop's end nothing happens.
    /// </summary>
    /// <param name="action">What to run.</param>
    public void RunOrPost(Action action) => TryRunOrPost(action);

    /// <summary>
    /// Has something done when the loop is free again, on the thread that ran what runs now, if it brought that itself and this is the first
    /// there is to do, and on a thread of the pool otherwise. On the loop.
    /// </summary>
    /// <param name="action">What to do. It must not block, or throw.</param>
    public void AfterTurn(Action action) => _after.Add(action);

    /// <summary>Runs something on the loop after a time.</summary>
    /// <param name="delay">The time.</param>
    /// <param name="action">What to run.</param>
    public async void PostLater(TimeSpan delay, Action action)
    {
        await Task.Delay(delay, _time);
        Post(action);
    }

    /// <summary>Runs something on the loop, at once if it can, and gives its result.</summary>
    /// <param name="function">What to run.</param>
    public Task<T> AskAsync<T>(Func<T> function)
    {
        var answer = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        var isTaken = TryRunOrPost(() =>
        {
            try
            {
                answer.SetResult(function());
            }
            catch (Exception error)
            {
                answer.SetException(error);
            }
        });
        if (!isTaken)
        {
            answer.SetException(new ObjectDisposedException(nameof(OwnerLoop)));
        }

        return answer.Task;
    }

    /// <summary>Runs what was posted, then ends.</summary>
    public async ValueTask DisposeAsync()
    {
        _events.Writer.TryComplete();
        Wake();
        await _ended.Task;
    }

    /// <inheritdoc/>
    void IThreadPoolWorkItem.Execute()
    {
        _context ??= ExecutionContext.Capture();
        do
        {
            while (_events.Reader.TryRead(out var action))
            {
                Run(action);
            }

            Run(_afterBurst);
        }
        while (_events.Reader.TryPeek(out _));
        if (TakeAfter() is { } first)
        {
            DoElsewhere(first);
        }

        Release();
    }

    [LoggerMessage(EventId = 2001, Level = LogLevel.Critical, Message = "An event on the owner loop failed; the pool goes on.")]
    private static partial void LogEventFailed(ILogger log, Exception error);

    private bool IsOver => _events.Reader.Completion.IsCompleted;

    private bool TryPost(Action action)
    {
        if (!_events.Writer.TryWrite(action))
        {
            return false;
        }

        Wake();
        return true;
    }

    private bool TryRunOrPost(Action action)
    {
        if (_context is not { } context || !TryOwn())
        {
            return TryPost(action);
        }

        if (IsOver || _events.Reader.TryPeek(out _))
        {
            // Not before what was posted before.
            var isTaken = _events.Writer.TryWrite(action);
            ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
            return isTaken;
        }

        // What is current where it comes from, such as an activity, is not so on the loop.
        _urgent = action;
        ExecutionContext.Run(context, static loop => ((OwnerLoop)loop!).RunUrgent(), this);
        var first = TakeAfter();
        Release();
        first?.Invoke();
        return true;
    }

    private void RunUrgent()
    {
        var action = _urgent!;
        _urgent = null;
        Run(action);
        Run(_afterBurst);
    }

    // The first there is to do after the turn; the others are on their way.
    private Action? TakeAfter()
    {
        if (_after.Count == 0)
        {
            return null;
        }

        var first = _after[0];
        for (var i = 1; i < _after.Count; i++)
        {
            DoElsewhere(_after[i]);
        }

        _after.Clear();
        return first;
    }

    private static void DoElsewhere(Action action) => ThreadPool.UnsafeQueueUserWorkItem(static action => action(), action, preferLocal: false);

    private void Wake()
    {
        if (TryOwn())
        {
            ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
        }
    }

    private bool TryOwn() => Interlocked.CompareExchange(ref _isOwned, 1, 0) == 0;

    private void Release()
    {
        if (IsOver)
        {
            // It stays owned, and nothing is run any more.
            _ended.TrySetResult();
            return;
        }

        // What was posted meanwhile found it owned.
        Interlocked.Exchange(ref _isOwned, 0);
        if (IsOver || _events.Reader.TryPeek(out _))
        {
            Wake();
        }
    }

    private void Run(Action action)
    {
        try
        {
            action();
        }
        catch (Exception error)
        {
            LogEventFailed(_log, error);
        }
    }
}
