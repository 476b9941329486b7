using WorkerPool.Supervisor.Workers;

namespace WorkerPool.Supervisor.Dispatch;

/// <summary>Who gets what next, and what is asked back for whom.</summary>
internal sealed partial class Scheduler
{
    // Less than a message to another worker and its answer take: what is quicker goes with what a worker gets.
    private const double TogetherNanoseconds = 30_000;

    // Eight workers get through so many sooner than dispatch gives as many out: more would only fill memory.
    private const int MostQuickChunks = 8192;

    // What has not been answered by then is not quick, and whoever is idle may have more.
    private static readonly TimeSpan QuickLimit = TimeSpan.FromMilliseconds(50);

    private bool _quickCheckIsDue;

    /// <summary>Gives work to workers until none wants more or none is left.</summary>
    public void Dispatch()
    {
        for (var refused = 0; refused < _workers.FreeCount && HasWork && _workers.NextFree() is { } free;)
        {
            if (Give(free))
            {
                while (free.IsHungry && free.Nanoseconds < TogetherNanoseconds && Give(free))
                {
                    // To wake another takes longer than what it has so far.
                }

                continue;
            }

            // What one that has nothing may not have, none may have.
            _workers.Enlist(free);
            if (free.IsEmpty)
            {
                break;
            }

            refused++;
        }

        for (var left = _workers.HungryCount; left > 0 && HasWork && _workers.NextHungry() is { } hungry; left--)
        {
            var wasHungry = hungry.IsHungry;
            while (hungry.IsHungry && Give(hungry))
            {
                // Until it has enough, or nothing may queue behind what it has.
            }

            while (wasHungry && hungry.HasRoom && Give(hungry, ofPlenty: true))
            {
                // It will not want more so soon.
            }

            _workers.Enlist(hungry);
        }

        FreeForWoken();
        CheckQuickLater();

        // Whoever is idle by now is so because nothing that waits is for it.
        if (_stuckLease is { } stuck)
        {
            _stuckLease = null;
            StealForIdle(StuckSince(stuck), 0);
        }
        else
        {
            StealForIdle(Lenders, WorthStealingNanoseconds);
        }

        foreach (var told in _told)
        {
            told.IsTold = false;
            told.Worker.Flush();
        }

        _told.Clear();
    }

    // The worker, who will hear what it is told when this burst of events is over.
    private IWorker Tell(WorkerLoad load)
    {
        if (!load.IsTold)
        {
            load.IsTold = true;
            _told.Add(load);
        }

        return load.Worker;
    }

    private IEnumerable<WorkerLoad> Victims => _workers.Loads.Where(load => !load.IsReleased);

    // While there is enough that is quick, whoever is idle is meant to be: quick chunks stay where they are.
    private IEnumerable<WorkerLoad> Lenders =>
        HasEnoughQuick ? Victims.Where(load => load.QuickChunks < load.InFlightChunks) : Victims;

    // What was given by then should have been answered by now: an item before it takes longer than its like.
    private IEnumerable<WorkerLoad> StuckSince(ulong lease) => Lenders.Where(load => load.InFlight.Any(chunk => chunk.Lease <= lease));

    private bool HasEnoughQuick => _quickChunks >= mostQuickChunks;

    private bool HasWork => !_reruns.IsEmpty || !_sources.IsEmpty;

    private bool Give(WorkerLoad load, bool ofPlenty = false)
    {
        if (!_reruns.IsEmpty)
        {
            if (GiveRerun(load))
            {
                return true;
            }

            if (load.IsFree ? IsToBeEmptied(load) : _reruns.IsAnyDue(MayHaveRerunOf(load)))
            {
                // It needs a free runner too, or a worker to itself.
                return false;
            }
        }

        var given = false;
        while (!given && _sources.TryNext(out var source))
        {
            if (!source.CanTake)
            {
                _known.Remove(source);
                continue;
            }

            if (!MayHave(load, source) || (HasEnoughQuick && WorkerLoad.IsQuick(source)))
            {
                _passedOver.Add(source);
                continue;
            }

            if ((!load.IsFree && !WorkerLoad.MayQueue(source)) || (ofPlenty && !WorkerLoad.IsPlenty(source, RunnerCount)))
            {
                // It is its turn, and it needs a free runner or has little: were this worker fed by others, it would never have one.
                _passedOver.Add(source);
                break;
            }

            Send(load, source.Take(RunnerCount, load.ItemsLeft));
            given = true;
            if (source.CanTake)
            {
                _sources.Wait(source);
            }
            else
            {
                _known.Remove(source);
            }
        }

        foreach (var passed in _passedOver)
        {
            _sources.Wait(passed);
        }

        _passedOver.Clear();
        return given;
    }

    private bool GiveRerun(WorkerLoad load)
    {
        if (!_reruns.TryTake(load, MayHaveRerunOf(load), out var rerun))
        {
            return false;
        }

        Send(load, rerun);
        return true;
    }

    // For an item that must run alone one worker gets nothing more: the one that has least.
    private bool IsToBeEmptied(WorkerLoad load) =>
        !load.IsEmpty && _reruns.IsAloneDue && load == Victims.MinBy(victim => victim.InFlightChunks);

    // While an item of a limited job waits for its rerun, its workers get no other: one of them must become free for it.
    private bool MayHave(WorkerLoad load, IWorkSource source) =>
        source.WorkOrder.MaxWorkers is null || (MayHaveRerun(load, source) && !_reruns.IsDue(source));

    private Func<IWorkSource, bool> MayHaveRerunOf(WorkerLoad load) => source => MayHaveRerun(load, source);

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

    private void CheckQuickLater()
    {
        if (!HasEnoughQuick || _quickCheckIsDue)
        {
            return;
        }

        _quickCheckIsDue = true;
        var last = _lastLease;
        postLater(QuickLimit, () =>
        {
            _quickCheckIsDue = false;
            _quickChunks -= _workers.Loads.Sum(load => load.TakeLong(last));
        });
    }

    private void StealForIdle(IEnumerable<WorkerLoad> victims, double worthNanoseconds)
    {
        // Nobody has anything else: nobody is looked at.
        if (HasEnoughQuick && _quickChunks == _chunks)
        {
            return;
        }

        // After each burst of events, with every worker: one pass, and no more where nothing is worth it.
        var (idle, most, isAnyBusy) = (0, 0.0, false);
        foreach (var load in _workers.Loads)
        {
            idle += load.FreeRunners;
            most = Math.Max(most, load.Nanoseconds);
            isAnyBusy |= !load.IsEmpty;
        }

        if (idle == 0 || !isAnyBusy)
        {
            return;
        }

        for (; idle > 0 && most >= worthNanoseconds; idle--)
        {
            var thefts = Stealing.ForIdle(
                victims,
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
            var last = _lastLease;
            postLater(StuckAfter, () =>
            {
                _idleCheckIsDue = false;
                _stuckLease = last;
            });
        }
    }

    private void Ask(IReadOnlyList<Theft> thefts)
    {
        foreach (var theft in thefts)
        {
            theft.Chunk.IsReclaimed = true;
            Tell(theft.Load).Reclaim(theft.Reclaim);
        }
    }

    private void Send(WorkerLoad load, WorkChunk chunk)
    {
        var inFlight = new InFlightChunk(++_lastLease, chunk, chunk.Source.ItemNanoseconds ?? UnknownNanoseconds);
        load.Add(inFlight, time.GetTimestamp());
        _sources.Charge(
            chunk.Source,
            chunk.Source.ItemNanoseconds is null ? NominalChargeNanoseconds : inFlight.ExpectedNanoseconds);
        _chunks++;
        _quickChunks += inFlight.IsQuick ? 1 : 0;
        _measurements.ChunkSent(load, inFlight);
        if (chunk.Rerun is not null)
        {
            chunk.Source.TriedAgain(1);
        }

        if (load.TrySetUp(chunk.Source))
        {
            Tell(load).SetUp(ChunkMessage.SetupOf(chunk.Source), chunk.Source.WorkOrder.Shared?.Pieces ?? []);
        }

        Tell(load).Send(ChunkMessage.From(inFlight));
        _workers.Enlist(load);
    }
}
