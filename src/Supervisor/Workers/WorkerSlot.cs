using Polly;
using WorkerPool.Supervisor.Launching;

namespace WorkerPool.Supervisor.Workers;

/// <summary>
/// A place in the pool for one worker: launches it, carries its session, buries it, launches the next, until the slot
/// is stopped. The lifecycle's table says what may follow what; Polly decides when a failed start is tried again.
/// </summary>
internal sealed partial class WorkerSlot
{
    private static readonly TimeSpan FirstBackoff = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LongestBackoff = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan ShortestLife = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LastWords = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestTurn = TimeSpan.FromSeconds(1);

    private readonly SlotContext _context;
    private readonly CancellationTokenSource _stopping = new();
    private readonly Lock _lock = new();
    private readonly Task _running;
    private SlotState _state = SlotState.Vacant;
    private WorkerSession? _session;
    private ILaunchedWorker? _launched;
    private DateTimeOffset? _readySince;
    private TaskCompletionSource? _sessionEnd;
    private string? _releaseReason;
    private bool _isKilledForRelease;
    private readonly FailureRow _failures;
    private ulong _incarnation;
    private TimeSpan _startTook;
    private long _readyAt;
    private long _stateSince;
    private long _nextStartAt;
    private string _startFailure = "";
    private long _restarts;
    private string _lastDeath = "";

    /// <summary>A slot that launches its worker at once.</summary>
    /// <param name="number">Its number. Range: 1 and up.</param>
    /// <param name="context">What it shares with the pool's other slots.</param>
    public WorkerSlot(int number, SlotContext context)
    {
        Number = number;
        _context = context;
        _failures = new FailureRow(context.Options.RestartPeriod);
        _stateSince = context.Time.GetTimestamp();
        _running = Task.Run(RunAsync);
    }

    /// <summary>Its number. Range: 1 and up.</summary>
    public int Number { get; }

    /// <summary>How its workers ended.</summary>
    public WorkerEnds Ends { get; } = new();

    /// <summary>Whether it has a worker that stays.</summary>
    public bool IsFilled
    {
        get
        {
            lock (_lock)
            {
                return _launched is { Death.IsCompleted: false, Leaving.IsCompleted: false };
            }
        }
    }

    /// <summary>Its worker that takes part; <c>null</c> when there is none.</summary>
    public ILaunchedWorker? Launched
    {
        get
        {
            lock (_lock)
            {
                return _session is null ? null : _launched;
            }
        }
    }

    /// <summary>The slot as it is now.</summary>
    public SlotSnapshot Snapshot()
    {
        lock (_lock)
        {
            var state = _state == SlotState.Ready && _releaseReason is not null ? SlotState.Stopping : _state;
            var now = _context.Time.GetTimestamp();
            return new SlotSnapshot(
                Number, state, _incarnation, _session, _launched, _launched?.Running ?? [], _readySince, _restarts, _lastDeath)
            {
                StartTook = _session is null ? TimeSpan.Zero : _startTook,
                StateFor = _context.Time.GetElapsedTime(_stateSince, now),
                FailuresInARow = _failures.Count(_session is null ? null : _context.Time.GetElapsedTime(_readyAt, now)),
                NextStartIn = state == SlotState.BackingOff ? _context.Time.GetElapsedTime(now, Math.Max(now, _nextStartAt)) : null,
                StartFailure = _startFailure,
            };
        }
    }

    /// <summary>Ends the slot: its worker finishes its item, hands back the rest and ends, or is killed after a time.</summary>
    /// <param name="reason">Why, for its certificate.</param>
    /// <param name="grace">How long it may take.</param>
    public async Task StopAsync(string reason, TimeSpan grace)
    {
        lock (_lock)
        {
            _state = SlotLifecycle.Next(_state, SlotEvent.Stop);
        }

        await _stopping.CancelAsync();
        _ = Release(reason);

        // Also a worker that was introduced while its slot was told to stop has its grace, and then its end.
        await KillAfterAsync(_running, reason, grace);
        await _running;
        if (TakeSuccessor() is { } successor)
        {
            await successor.DisposeAsync();
        }
    }

    private void NoteWait(TimeSpan wait)
    {
        lock (_lock)
        {
            _nextStartAt = _context.Time.GetTimestamp() + (long)(wait.TotalSeconds * _context.Time.TimestampFrequency);
        }
    }

    private Task? Release(string reason)
    {
        lock (_lock)
        {
            if (_session is null)
            {
                return null;
            }

            if (_releaseReason is null)
            {
                _releaseReason = reason;
                _context.Observer.Released(_session);
            }

            return _sessionEnd?.Task;
        }
    }

    private async Task KillAfterAsync(Task ended, string reason, TimeSpan grace)
    {
        try
        {
            await ended.WaitAsync(grace, _context.Time);
        }
        catch (TimeoutException)
        {
            lock (_lock)
            {
                _isKilledForRelease = true;
                _session?.Kill($"{reason}, and its item did not end in time");
            }
        }
    }

    private async Task RunAsync()
    {
        Task? begun = null;
        ResiliencePipeline? starts = null;
        while (!_stopping.IsCancellationRequested)
        {
            try
            {
                if (starts is null)
                {
                    await AwaitTurnAsync();
                    begun = LiveAsync(_stopping.Token);

                    // What is needed next is loaded while the process starts.
                    _ = Rehearsal.PlayAsync();
                    starts = StartPolicy.Create(FirstBackoff, LongestBackoff, _context.Time, NoteWait);
                }

                await starts.ExecuteAsync(
                    async cancellation =>
                    {
                        (var life, begun) = (begun ?? LiveAsync(cancellation), null);
                        await life;
                    },
                    _stopping.Token);
            }
            catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
            {
                break;
            }
            catch (Exception error)
            {
                WorkersLog.SlotFailed(_context.Log, Number, error);
                break;
            }
        }

        if (begun is not null)
        {
            // It was stopped before it came to that.
            await begun.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        lock (_lock)
        {
            if (_state != SlotState.Stopped)
            {
                _state = SlotLifecycle.Next(_state, SlotEvent.Stop);
            }
        }
    }

    // The first worker has the processors to itself, since the pool waits for it: others that start meanwhile would make all late.
    private async Task AwaitTurnAsync()
    {
        if (Number <= _context.FirstStarts)
        {
            return;
        }

        try
        {
            await _context.Availability.Tried.WaitAsync(LongestTurn, _context.Time, _stopping.Token);
        }
        catch (TimeoutException)
        {
            // It takes long, for reasons of its own.
        }
    }

    private void Move(SlotEvent slotEvent)
    {
        lock (_lock)
        {
            if (_state is SlotState.Stopping or SlotState.Stopped && slotEvent == SlotEvent.Launch)
            {
                _stopping.Token.ThrowIfCancellationRequested();
            }

            Enter(slotEvent);
        }
    }

    // Under the lock.
    private void Enter(SlotEvent slotEvent)
    {
        _state = SlotLifecycle.Next(_state, slotEvent);
        _stateSince = _context.Time.GetTimestamp();
    }

    private void NoteFailure(TimeSpan readyFor)
    {
        lock (_lock)
        {
            _failures.Failed(readyFor);
        }
    }
}
