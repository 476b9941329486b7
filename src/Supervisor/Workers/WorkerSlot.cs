using Polly;
using WorkerPool.Processes;
using WorkerPool.Protocol.Errors;
using WorkerPool.Supervisor.Diagnostics;
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

    private readonly SlotContext _context;
    private readonly ResiliencePipeline _starts;
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
        _starts = StartPolicy.Create(FirstBackoff, LongestBackoff, context.Time, NoteWait);
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
        while (!_stopping.IsCancellationRequested)
        {
            try
            {
                await _starts.ExecuteAsync(async cancellation => await LiveAsync(cancellation), _stopping.Token);
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

        lock (_lock)
        {
            if (_state != SlotState.Stopped)
            {
                _state = SlotLifecycle.Next(_state, SlotEvent.Stop);
            }
        }
    }

    // One worker, from launch to burial. Throws only when it could not be started.
    private async Task LiveAsync(CancellationToken cancellation)
    {
        Move(SlotEvent.Launch);
        var identity = new WorkerIdentity(Number, ++_incarnation);
        var startedAt = _context.Time.GetTimestamp();
        ILaunchedWorker? launched = null;
        WorkerSession session;
        try
        {
            launched = TakeSuccessor() ?? await StartProcessAsync(identity.Name, cancellation);
            launched.Adopt(identity);
            session = await WorkerSession.OpenAsync(identity, launched, _context.Options, _context.Time, cancellation);
        }
        catch (Exception error)
        {
            if (launched is not null)
            {
                await launched.DisposeAsync();
            }

            Move(SlotEvent.StartFailed);
            if (error is OperationCanceledException)
            {
                throw;
            }

            var failure = error as WorkerStartException
                ?? new WorkerStartException(ErrorReasons.WorkerStartFailed, $"{identity} could not be started: {error.Message}");
            _context.Measurements.WorkerRestarts(RestartCause.StartFailed);
            NoteFailure(TimeSpan.Zero);
            Report(identity, failure);
            throw failure;
        }

        await using (launched)
        await using (session)
        {
            var took = _context.Time.GetElapsedTime(startedAt);
            _context.Measurements.WorkerStarted(took);
            WorkersLog.Ready(_context.Log, identity.Name, identity.Incarnation, launched.ProcessId, took.TotalMilliseconds);
            _context.Events.Add(
                EventKind.WorkerReady, $"{identity} is ready, process {launched.ProcessId}.", worker: identity.Name);
            Introduce(launched, session, took);
            var readyAt = _context.Time.GetTimestamp();
            using var over = new CancellationTokenSource();
            var watching = WatchLimitsAsync(launched, over.Token);
            var leaving = WatchPlaceAsync(launched, over.Token);
            try
            {
                await session.RunAsync(_context.Observer);
            }
            catch (Exception error)
            {
                // What it has goes back only when it is dead.
                WorkersLog.SessionFailed(_context.Log, identity.Name, identity.Incarnation, error);
                launched.Kill($"its session failed: {error.Message}");
            }

            await over.CancelAsync();
            await watching;
            _ = leaving;
            var certificate = await BuryAsync(identity, launched, session);
            var isStruck = certificate is { Cause: DeathCause.Outside, MemoryEvidence: null };
            if (certificate is not null && !isStruck && launched.Running.Count == 0 && _context.Time.GetElapsedTime(readyAt) < ShortestLife)
            {
                // Neither what it ran nor somebody else killed it, so the next would die the same way: it waits, and it counts.
                var failure = new WorkerStartException(
                    ErrorReasons.WorkerStartFailed, $"{identity} died as soon as it was ready: {certificate}.");
                Move(SlotEvent.StartFailed);
                Report(identity, failure);
                throw failure;
            }
        }
    }

    private void Introduce(ILaunchedWorker launched, WorkerSession session, TimeSpan took)
    {
        lock (_lock)
        {
            _startTook = took;
            _readyAt = _context.Time.GetTimestamp();
            _startFailure = "";
            _context.Availability.Started(session.Catalogue);
            _session = session;
            _launched = launched;
            _readySince = _context.Time.GetUtcNow();
            _sessionEnd = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _releaseReason = null;
            _replacement = null;
            _isKilledForRelease = false;
            session.RecycleWanted = reason => _ = Recycle(reason, _context.Options.DrainGrace);
            Enter(SlotEvent.Started);
            if (_state == SlotState.Ready)
            {
                _context.Observer.Ready(session);
            }
            else
            {
                // The slot was stopped meanwhile.
                _releaseReason = "it was not needed any more";
                session.Shutdown();
            }
        }
    }

    // Gives the certificate of a worker that was not to end.
    private async Task<DeathCertificate?> BuryAsync(WorkerIdentity identity, ILaunchedWorker launched, WorkerSession session)
    {
        var outlivedSession = false;
        try
        {
            await launched.Death.WaitAsync(LastWords, _context.Time);
        }
        catch (TimeoutException)
        {
            outlivedSession = true;
            launched.Kill("its session ended, but it did not");
        }

        var certificate = await launched.Death;
        bool wasReleased;
        lock (_lock)
        {
            // An item that ends a worker which was to end after it is to blame all the same.
            wasReleased = _releaseReason is not null && (_isKilledForRelease || launched.Running.Count == 0);
            certificate = certificate with
            {
                HasLostSession = !wasReleased && (outlivedSession || certificate.IsLost || certificate is { HasExited: true, ExitCode: 0 }),
            };
            if (!wasReleased)
            {
                _restarts++;
                _lastDeath = certificate.ToString();
                NoteFailure(_context.Time.GetElapsedTime(_readyAt));
            }

            _session = null;
            _launched = null;
            _releaseReason = null;
            _readySince = null;
            _sessionEnd?.TrySetResult();
            _context.Availability.Ended(session.Catalogue);
            Enter(SlotEvent.Died);
            if (_state != SlotState.Stopped)
            {
                _context.Measurements.WorkerRestarts(wasReleased ? RestartCause.Pool : RestartCauses.Of(certificate));
            }
        }

        Ends.Add(new EndedWorker(_context.Time.GetUtcNow(), identity.Incarnation, !wasReleased, certificate));

        // Before anybody hears of it: what is sent to the pool then finds that worker gone. One that the pool ended for reasons of its
        // own did not die of what it ran.
        _context.Observer.Lost(session, certificate, wasReleased ? [] : launched.Running);
        if (wasReleased)
        {
            WorkersLog.Ended(_context.Log, identity.Name, identity.Incarnation, certificate.ToString());
            _context.Events.Add(EventKind.WorkerEnded, $"{identity} ended: {certificate}.", worker: identity.Name);
        }
        else
        {
            WorkersLog.Died(_context.Log, identity.Name, identity.Incarnation, certificate.ToString());
            _context.Events.Add(EventKind.WorkerDied, $"{identity} died: {certificate}.", worker: identity.Name);
        }

        return wasReleased ? null : certificate;
    }

    private void Report(WorkerIdentity identity, WorkerStartException failure)
    {
        lock (_lock)
        {
            _startFailure = failure.Message;
        }

        WorkersLog.StartFailed(_context.Log, identity.Name, identity.Incarnation, failure.Reason, failure.Message);
        _context.Events.Add(
            EventKind.WorkerStartFailed, $"{identity} could not be started: {failure.Message}", worker: identity.Name);
        if (_context.Availability.StartFailed(failure) is { } broken)
        {
            WorkersLog.PoolBroken(_context.Log, broken.Reason, broken.Message);
            _context.Events.Add(EventKind.PoolBroken, Messages.Broken(broken));
            _context.Observer.Broken(broken);
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
