using Polly;
using Polly.Retry;
using WorkerPool.Processes;
using WorkerPool.Supervisor.Configuration;
using WorkerPool.Supervisor.Launching;

namespace WorkerPool.Supervisor.Workers;

/// <summary>
/// A place in the pool for one worker: launches it, carries its session, buries it, launches the next, until the slot
/// is stopped. The lifecycle's table says what may follow what; Polly decides when a failed start is tried again.
/// </summary>
internal sealed class WorkerSlot
{
    private static readonly TimeSpan FirstBackoff = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LongestBackoff = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan LastWords = TimeSpan.FromSeconds(1);

    private readonly int _number;
    private readonly IWorkerLauncher _launcher;
    private readonly IWorkerObserver _observer;
    private readonly Availability _availability;
    private readonly PoolOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger _log;
    private readonly ResiliencePipeline _starts;
    private readonly CancellationTokenSource _stopping = new();
    private readonly Lock _lock = new();
    private readonly Task _running;
    private SlotState _state = SlotState.Vacant;
    private WorkerSession? _session;
    private ulong _incarnation;

    /// <summary>A slot that launches its worker at once.</summary>
    public WorkerSlot(
        int number,
        IWorkerLauncher launcher,
        IWorkerObserver observer,
        Availability availability,
        PoolOptions options,
        TimeProvider time,
        ILogger<WorkerSlot> log)
    {
        _number = number;
        _launcher = launcher;
        _observer = observer;
        _availability = availability;
        _options = options;
        _time = time;
        _log = log;
        _starts = new ResiliencePipelineBuilder { TimeProvider = time }
            .AddRetry(new RetryStrategyOptions
            {
                ShouldHandle = new PredicateBuilder().Handle<WorkerStartException>(),
                MaxRetryAttempts = int.MaxValue,
                BackoffType = DelayBackoffType.Exponential,
                UseJitter = true,
                Delay = FirstBackoff,
                MaxDelay = LongestBackoff,
            })
            .Build();
        _running = Task.Run(RunAsync);
    }

    /// <summary>Where the slot is in its life.</summary>
    public SlotState State
    {
        get
        {
            lock (_lock)
            {
                return _state;
            }
        }
    }

    /// <summary>Ends the slot: its worker is asked to finish its item, and killed when it takes too long.</summary>
    /// <param name="grace">How long the worker may take.</param>
    public async Task StopAsync(TimeSpan grace)
    {
        WorkerSession? session;
        lock (_lock)
        {
            _state = SlotLifecycle.Next(_state, SlotEvent.Stop);
            session = _session;
        }

        await _stopping.CancelAsync();
        if (session is not null)
        {
            session.Shutdown();
            try
            {
                await _running.WaitAsync(grace, _time);
            }
            catch (TimeoutException)
            {
                session.Kill("the pool shut down and its item did not end in time");
            }
        }

        await _running;
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
                WorkersLog.SlotFailed(_log, _number, error);
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
        var identity = new WorkerIdentity(_number, ++_incarnation);
        var startedAt = _time.GetTimestamp();
        ILaunchedWorker? launched = null;
        WorkerSession session;
        try
        {
            launched = await _launcher.LaunchAsync(identity, cancellation);
            session = await WorkerSession.OpenAsync(identity, launched, _options, _time, cancellation);
        }
        catch (Exception error)
        {
            if (launched is not null)
            {
                await launched.DisposeAsync();
            }

            Move(SlotEvent.StartFailed);
            if (error is WorkerStartException failure)
            {
                WorkersLog.StartFailed(_log, identity.Name, identity.Incarnation, failure.Reason, failure.Message);
                if (_availability.StartFailed(failure) is { } broken)
                {
                    WorkersLog.PoolBroken(_log, broken.Reason, broken.Message);
                    _observer.Broken(broken);
                }
            }

            throw;
        }

        WorkersLog.Ready(_log, identity.Name, identity.Incarnation, launched.ProcessId, _time.GetElapsedTime(startedAt).TotalMilliseconds);
        await using (launched)
        await using (session)
        {
            var isWanted = Introduce(session);
            if (isWanted)
            {
                _observer.Ready(session);
            }
            else
            {
                session.Shutdown();
            }

            await session.RunAsync(_observer);
            await BuryAsync(identity, launched, session);
        }
    }

    private bool Introduce(WorkerSession session)
    {
        lock (_lock)
        {
            _availability.Started(session.Catalogue);
            _session = session;
            _state = SlotLifecycle.Next(_state, SlotEvent.Started);
            return _state == SlotState.Ready;
        }
    }

    private async Task BuryAsync(WorkerIdentity identity, ILaunchedWorker launched, WorkerSession session)
    {
        try
        {
            await launched.Death.WaitAsync(LastWords, _time);
        }
        catch (TimeoutException)
        {
            launched.Kill("its session ended, but it did not");
        }

        var certificate = await launched.Death;
        lock (_lock)
        {
            _session = null;
            _availability.Ended();
            _state = SlotLifecycle.Next(_state, SlotEvent.Died);
        }

        if (_stopping.IsCancellationRequested)
        {
            WorkersLog.Ended(_log, identity.Name, identity.Incarnation, certificate.ToString());
        }
        else
        {
            WorkersLog.Died(_log, identity.Name, identity.Incarnation, certificate.ToString());
        }

        _observer.Lost(session, certificate, launched.Running);
    }

    private void Move(SlotEvent slotEvent)
    {
        lock (_lock)
        {
            if (_state is SlotState.Stopping or SlotState.Stopped && slotEvent == SlotEvent.Launch)
            {
                _stopping.Token.ThrowIfCancellationRequested();
            }

            _state = SlotLifecycle.Next(_state, slotEvent);
        }
    }
}
