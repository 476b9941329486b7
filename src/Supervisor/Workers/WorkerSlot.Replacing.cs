using WorkerPool.Processes;
using WorkerPool.Supervisor.Launching;

namespace WorkerPool.Supervisor.Workers;

/// <summary>Replacing a worker that is well: its successor is ready before it goes.</summary>
internal sealed partial class WorkerSlot
{
    private const double AgeJitter = 0.1;
    private const double BytesPerMebibyte = 1 << 20;

    private ILaunchedWorker? _successor;
    private Task<bool>? _replacement;

    /// <summary>
    /// Replaces the worker: as soon as its successor stands ready it finishes its item, hands back the rest and ends, or
    /// is killed after a time. Where no successor can be started, it stays.
    /// </summary>
    /// <param name="reason">Why, for its certificate.</param>
    /// <param name="grace">How long it may take to end.</param>
    /// <returns>Whether it went, when it has or stays; <c>null</c> when there is no worker to replace.</returns>
    public Task<bool>? Recycle(string reason, TimeSpan grace)
    {
        lock (_lock)
        {
            if (_session is not { } session || _state != SlotState.Ready)
            {
                return null;
            }

            return _replacement ??= ReplaceAsync(session, reason, grace);
        }
    }

    private async Task<bool> ReplaceAsync(WorkerSession session, string reason, TimeSpan grace)
    {
        // Not under the caller's lock.
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);

        // Where there is place for one alone, it goes first.
        var goesFirst = _context.Launcher is IPlacedLauncher { FreePlaces: 0 } && _context.Spares.ReadyCount == 0;
        var successor = goesFirst ? null : await StartSuccessorAsync(session.Identity);
        Task? ended = null;
        bool isGone;
        lock (_lock)
        {
            isGone = _session != session || _state != SlotState.Ready;
            if (!isGone && (successor is not null || goesFirst))
            {
                (_successor, successor) = (successor, null);
                ended = Release(reason);
            }
            else if (!isGone)
            {
                _replacement = null;
            }
        }

        if (successor is not null)
        {
            await successor.DisposeAsync();
        }

        if (ended is null)
        {
            return isGone;
        }

        await KillAfterAsync(ended, reason, grace);
        await ended;
        return true;
    }

    private async Task<ILaunchedWorker?> StartSuccessorAsync(WorkerIdentity identity)
    {
        try
        {
            return await StartProcessAsync(identity.Name, _stopping.Token);
        }
        catch (WorkerStartException error)
        {
            WorkersLog.SuccessorFailed(_context.Log, identity.Name, identity.Incarnation, error.Reason, error.Message);
        }
        catch (OperationCanceledException)
        {
            // The slot ends, and its worker with it.
        }

        return null;
    }

    private async Task<ILaunchedWorker> StartProcessAsync(string name, CancellationToken cancellation) =>
        _context.Spares.TryTake() ?? await _context.Launcher.LaunchAsync(name, cancellation);

    private ILaunchedWorker? TakeSuccessor()
    {
        lock (_lock)
        {
            (var successor, _successor) = (_successor, null);
            return successor;
        }
    }

    // Nobody can take its place where it is: it ends, and its slot looks for another.
    private async Task WatchPlaceAsync(ILaunchedWorker launched, CancellationToken over)
    {
        try
        {
            await launched.Leaving.WaitAsync(over);
            const string Reason = "the place that it was in goes";
            if (Release(Reason) is { } ended)
            {
                await KillAfterAsync(ended, Reason, _context.Options.DrainGrace);
            }
        }
        catch (OperationCanceledException)
        {
            // It is over.
        }
    }

    // Until the worker's session is over.
    private async Task WatchLimitsAsync(ILaunchedWorker launched, CancellationToken over)
    {
        var age = _context.Options.RecycleAfter * (1 + (AgeJitter * Random.Shared.NextDouble()));
        var memory = launched.RecycleAboveMemory;
        if (age == TimeSpan.Zero && memory is null)
        {
            return;
        }

        var startedAt = _context.Time.GetTimestamp();
        using var timer = new PeriodicTimer(_context.Options.HealthInterval, _context.Time);
        try
        {
            while (await timer.WaitForNextTickAsync(over))
            {
                if (age > TimeSpan.Zero && _context.Time.GetElapsedTime(startedAt) >= age)
                {
                    _ = Recycle($"it had reached its age of {age.TotalSeconds:F0} s", _context.Options.DrainGrace);
                }
                else if (memory is { } most && launched.MemoryBytes is { } bytes && bytes > most)
                {
                    _ = Recycle(
                        $"it held {bytes / BytesPerMebibyte:F0} MiB of memory, more than {most / BytesPerMebibyte:F0} MiB",
                        _context.Options.DrainGrace);
                }
            }
        }
        catch (OperationCanceledException)
        {
            // It is over.
        }
    }
}
