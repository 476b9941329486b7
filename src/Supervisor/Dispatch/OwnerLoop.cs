using System.Threading.Channels;

namespace WorkerPool.Supervisor.Dispatch;

/// <summary>
/// The one thread of control that owns a pool's jobs and its workers' loads: events are posted to it from anywhere
/// and run one after the other; after each burst the scheduler gives out work. No locks anywhere behind it.
/// </summary>
internal sealed partial class OwnerLoop : IAsyncDisposable
{
    private readonly Channel<Action> _events = Channel.CreateUnbounded<Action>(new UnboundedChannelOptions { SingleReader = true });
    private readonly TimeProvider _time;
    private readonly ILogger _log;
    private readonly Task _running;

    /// <summary>Starts the loop.</summary>
    /// <param name="time">Measures delays.</param>
    /// <param name="log">Takes note of faults.</param>
    /// <param name="afterBurst">Called on the loop after each burst of events.</param>
    public OwnerLoop(TimeProvider time, ILogger<OwnerLoop> log, Action afterBurst)
    {
        _time = time;
        _log = log;
        _running = Task.Run(() => RunAsync(afterBurst));
    }

    /// <summary>Runs something on the loop, soon. After the loop's end nothing happens.</summary>
    /// <param name="action">What to run.</param>
    public void Post(Action action) => _events.Writer.TryWrite(action);

    /// <summary>Runs something on the loop after a time.</summary>
    /// <param name="delay">The time.</param>
    /// <param name="action">What to run.</param>
    public async void PostLater(TimeSpan delay, Action action)
    {
        await Task.Delay(delay, _time);
        Post(action);
    }

    /// <summary>Runs something on the loop and gives its result.</summary>
    /// <param name="function">What to run.</param>
    public Task<T> AskAsync<T>(Func<T> function)
    {
        var answer = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        var posted = _events.Writer.TryWrite(() =>
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
        if (!posted)
        {
            answer.SetException(new ObjectDisposedException(nameof(OwnerLoop)));
        }

        return answer.Task;
    }

    /// <summary>Runs what was posted, then ends.</summary>
    public async ValueTask DisposeAsync()
    {
        _events.Writer.TryComplete();
        await _running;
    }

    [LoggerMessage(EventId = 2001, Level = LogLevel.Critical, Message = "An event on the owner loop failed; the pool goes on.")]
    private static partial void LogEventFailed(ILogger log, Exception error);

    private async Task RunAsync(Action afterBurst)
    {
        while (await _events.Reader.WaitToReadAsync())
        {
            while (_events.Reader.TryRead(out var action))
            {
                Run(action);
            }

            Run(afterBurst);
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
