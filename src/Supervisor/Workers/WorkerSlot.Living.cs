using WorkerPool.Processes;
using WorkerPool.Protocol.Errors;
using WorkerPool.Supervisor.Diagnostics;
using WorkerPool.Supervisor.Launching;

namespace WorkerPool.Supervisor.Workers;

/// <summary>The life of one worker in the slot.</summary>
internal sealed partial class WorkerSlot
{
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
}
