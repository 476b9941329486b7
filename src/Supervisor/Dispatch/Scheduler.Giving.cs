namespace WorkerPool.Supervisor.Dispatch;

/// <summary>Who gets what next, and what is asked back for whom.</summary>
internal sealed partial class Scheduler
{
    /// <summary>Gives work to workers until none wants more or none is left.</summary>
    public void Dispatch()
    {
        while (HasWork && _workers.NextIdle() is { } idle)
        {
            if (!Give(idle))
            {
                _workers.Enlist(idle);
                break;
            }
        }

        for (var left = _workers.HungryCount; left > 0 && HasWork && _workers.NextHungry() is { } hungry; left--)
        {
            while (hungry.IsHungry && Give(hungry))
            {
                // Until it has enough, or nothing may queue behind what it has.
            }

            _workers.Enlist(hungry);
        }

        FreeForWoken();

        // Whoever is idle by now is so because nothing that waits is for it.
        StealForIdle(_isStuck ? 0 : WorthStealingNanoseconds);
        _isStuck = false;
    }

    private IEnumerable<WorkerLoad> Victims => _workers.Loads.Where(load => !load.IsReleased);

    private bool HasWork => !_reruns.IsEmpty || !_sources.IsEmpty;

    private bool Give(WorkerLoad load)
    {
        if (_reruns.TryTake(load.IsIdle, source => MayHaveRerun(load, source), out var rerun))
        {
            Send(load, rerun);
            return true;
        }

        if (!load.IsIdle && _reruns.IsAnyDue(source => MayHaveRerun(load, source)))
        {
            // It needs a free worker too.
            return false;
        }

        var given = false;
        while (!given && _sources.TryNext(out var source))
        {
            if (!source.CanTake)
            {
                continue;
            }

            if (!MayHave(load, source))
            {
                _passedOver.Add(source);
                continue;
            }

            if (!load.IsIdle && !WorkerLoad.MayQueue(source))
            {
                // It is its turn and it needs a free worker: were this one fed by others, it would never be free.
                _passedOver.Add(source);
                break;
            }

            Send(load, source.Take(_workers.Count, load.ItemsLeft));
            given = true;
            if (source.CanTake)
            {
                _sources.Wait(source);
            }
        }

        _passedOver.ForEach(_sources.Wait);
        _passedOver.Clear();
        return given;
    }

    // While an item of a limited job waits for its rerun, its workers get no other: one of them must become free for it.
    private bool MayHave(WorkerLoad load, IWorkSource source) =>
        source.WorkOrder.MaxWorkers is null || (MayHaveRerun(load, source) && !_reruns.IsDue(source));

    private bool MayHaveRerun(WorkerLoad load, IWorkSource source) =>
        source.WorkOrder.MaxWorkers is not { } max || load.Holds(source) || HolderCount(source) < max;

    // A job that just got its first work does not wait for the chunks of others, only for the item that runs.
    private void FreeForWoken()
    {
        foreach (var source in _woken)
        {
            if (_open.Contains(source) && source.CanTake && !_workers.Loads.Any(load => load.Holds(source)))
            {
                Ask(Stealing.ForWaitingJob(Victims));
            }
        }

        _woken.Clear();
    }

    private void StealForIdle(double worthNanoseconds)
    {
        var idle = _workers.Loads.Count(load => load.IsIdle);
        if (idle == 0 || _workers.Count == idle)
        {
            return;
        }

        for (; idle > 0; idle--)
        {
            var thefts = Stealing.ForIdle(
                Victims,
                worthNanoseconds,
                source => source.WorkOrder.MaxWorkers is not { } max || HolderCount(source) < max);
            if (thefts.Count == 0)
            {
                break;
            }

            Ask(thefts);
        }

        if (idle > 0 && !_idleCheckIsDue)
        {
            _idleCheckIsDue = true;
            postLater(StuckAfter, () =>
            {
                _idleCheckIsDue = false;
                _isStuck = true;
            });
        }
    }

    private static void Ask(IReadOnlyList<Theft> thefts)
    {
        foreach (var theft in thefts)
        {
            theft.Chunk.IsReclaimed = true;
            theft.Load.Worker.Reclaim(theft.Reclaim);
        }
    }

    private void Send(WorkerLoad load, WorkChunk chunk)
    {
        var inFlight = new InFlightChunk(++_lastLease, chunk, chunk.Source.ItemNanoseconds ?? UnknownNanoseconds);
        load.Add(inFlight, time.GetTimestamp());
        _sources.Charge(
            chunk.Source,
            chunk.Source.ItemNanoseconds is null ? NominalChargeNanoseconds : inFlight.ExpectedNanoseconds);
        _measurements.ChunkSent(load, inFlight);
        if (load.TrySetUp(chunk.Source))
        {
            load.Worker.SetUp(ChunkMessage.SetupOf(chunk.Source), chunk.Source.WorkOrder.Shared?.Pieces ?? []);
        }

        load.Worker.Send(ChunkMessage.From(inFlight));
        _workers.Enlist(load);
    }
}
