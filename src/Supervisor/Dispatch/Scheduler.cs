using WorkerPool.Processes;
using WorkerPool.Protocol.Errors;
using WorkerPool.Protocol.Packing;
using WorkerPool.Supervisor.Diagnostics;
using WorkerPool.Supervisor.Workers;
using WorkerPool.V1;
using WorkerPool.Worker.V1;

namespace WorkerPool.Supervisor.Dispatch;

/// <summary>
/// Which chunk goes to which worker, and what becomes of chunks whose worker answers, hands back or dies. No I/O and no
/// lock of its own: everything happens on the owner loop, which calls <see cref="Dispatch"/> after each burst of events.
/// </summary>
/// <param name="reruns">Decides about items whose try failed.</param>
/// <param name="cancellationGrace">How long an item may go on after its timeout or its job's end.</param>
/// <param name="post">Runs something on the owner loop, soon.</param>
/// <param name="postLater">Runs something on the owner loop, after a time.</param>
/// <param name="time">Measures how long workers are taken up.</param>
/// <param name="measurements">Hears of chunks; <c>null</c>: nobody does.</param>
/// <param name="recycleAfterItems">Items after which a worker is replaced; 0: never.</param>
/// <param name="concurrency">Chunks that a worker runs at once.</param>
/// <param name="mostQuickChunks">Quick chunks (<see cref="WorkerLoad.IsQuick"/>) that workers have together, at most.</param>
internal sealed partial class Scheduler(
    RerunPolicy reruns,
    TimeSpan cancellationGrace,
    Action<Action> post,
    Action<TimeSpan, Action> postLater,
    TimeProvider time,
    IPoolMeasurements? measurements = null,
    long recycleAfterItems = 0,
    int concurrency = 1,
    int mostQuickChunks = Scheduler.MostQuickChunks)
{
    private const double UnknownNanoseconds = 1e18;
    private const double NominalChargeNanoseconds = 1e6;
    private const double WorthStealingNanoseconds = 0.5e6;

    // Work that was expected to be over by then is stuck behind an item that takes longer than its like.
    private static readonly TimeSpan StuckAfter = TimeSpan.FromMilliseconds(5);

    private static readonly IReadOnlyList<ItemError> NoErrors = [];

    private readonly IPoolMeasurements _measurements = measurements ?? NoMeasurements.Instance;
    private readonly WorkerRoster _workers = new();
    private readonly FairShares _sources = new();
    private readonly HashSet<IWorkSource> _open = [];
    private readonly Dictionary<IWorkSource, int> _setupCrashes = [];
    private readonly Reruns _reruns = new(reruns, post);
    private readonly List<IWorkSource> _passedOver = [];
    private readonly HashSet<IWorkSource> _woken = [];

    // Jobs that have waited for a turn since they had no work.
    private readonly HashSet<IWorkSource> _known = [];

    // Workers that were told something in this burst of events.
    private readonly List<WorkerLoad> _told = [];
    private bool _idleCheckIsDue;

    // Chunks up to this lease should have been answered by now; null when it is not time to see.
    private ulong? _stuckLease;
    private ulong _lastLease;
    private int _chunks;
    private int _quickChunks;

    /// <summary>Jobs that are open.</summary>
    public IReadOnlyCollection<IWorkSource> Sources => _sources.Members;

    /// <summary>Items answered by workers since the start.</summary>
    public long AnsweredItems { get; private set; }

    /// <summary>What a worker has; <c>null</c> when it is not up.</summary>
    /// <param name="worker">The worker.</param>
    public WorkerLoad? LoadOf(IWorker worker) => _workers.Find(worker);

    /// <summary>Workers that are up.</summary>
    public int WorkerCount => _workers.Count;

    /// <summary>Chunks that the workers that are up can run at once.</summary>
    public int RunnerCount => _workers.Count * concurrency;

    /// <summary>Workers that have items.</summary>
    public int BusyCount => _workers.Loads.Count(load => !load.IsEmpty);

    /// <summary>Adds a job.</summary>
    /// <param name="source">The job.</param>
    public void Add(IWorkSource source)
    {
        _sources.Add(source, source.WorkOrder.Weight, source.WorkOrder.Caller);
        _open.Add(source);
        _reruns.Open(source);
    }

    /// <summary>Takes note that a job has work.</summary>
    /// <param name="source">The job.</param>
    public void Wake(IWorkSource source)
    {
        _sources.Wait(source);
        if (source.CanTake && _open.Contains(source) && _known.Add(source))
        {
            _woken.Add(source);
        }
    }

    /// <summary>Removes a job: what runs is cancelled, what waits is dropped, what comes late is ignored.</summary>
    /// <param name="source">The job.</param>
    public void Remove(IWorkSource source)
    {
        if (!_open.Remove(source))
        {
            return;
        }

        _sources.Remove(source);
        _known.Remove(source);
        _reruns.Close(source);
        _setupCrashes.Remove(source);
        foreach (var load in _workers.Loads.Where(load => load.TryForget(source)))
        {
            if (load.Holds(source))
            {
                Tell(load).Cancel(source.Number);
                postLater(cancellationGrace, () => KillIfNotYielded(load, source));
            }
            else if (source.WorkOrder.Shared is not null)
            {
                // What may be large is not kept until the next chunk.
                Tell(load).Cancel(source.Number);
            }
            else
            {
                Tell(load).Forget(source.Number);
            }
        }
    }

    /// <summary>Takes an item that killed workers on earlier streams of its job: it is tried again as its budget allows.</summary>
    /// <param name="item">The item, a chunk of one.</param>
    /// <param name="spent">What it was charged with.</param>
    public void Resume(WorkChunk item, SpentTries spent) => _reruns.Resume(item, spent);

    /// <summary>Items of a job that workers have.</summary>
    /// <param name="source">The job.</param>
    public long HeldBy(IWorkSource source) => _workers.Loads.Sum(load => load.InFlightItemsOf(source));

    /// <summary>How many workers have items of a job.</summary>
    /// <param name="source">The job.</param>
    public int HolderCount(IWorkSource source) => _workers.Loads.Count(load => load.Holds(source));

    /// <summary>A worker takes chunks.</summary>
    /// <param name="worker">The worker.</param>
    public void WorkerReady(IWorker worker)
    {
        var load = new WorkerLoad(worker, recycleAfterItems, concurrency);
        _workers.Add(load);
        _measurements.WorkerReady(load);
    }

    /// <summary>A worker is to end: what it has been sent comes back, run or not, and it gets nothing more.</summary>
    /// <param name="worker">The worker.</param>
    public void WorkerReleased(IWorker worker)
    {
        if (_workers.Find(worker) is { } load)
        {
            load.IsReleased = true;
            Tell(load).Shutdown();
        }
    }

    /// <summary>Results came. Those of a lease that is not held are dropped.</summary>
    /// <param name="worker">Who sent them.</param>
    /// <param name="results">The results, of one message.</param>
    public void Results(IWorker worker, IReadOnlyList<ChunkResults> results)
    {
        if (_workers.Find(worker) is not { } load || results.Count == 0)
        {
            return;
        }

        // A job pays for all the time that it takes a worker up, the ways there and back included: a job of tiny items
        // that is always on its way would otherwise seem to use next to nothing.
        var now = time.GetTimestamp();
        var busy = results.Sum(result => (double)result.BusyNanoseconds + result.InitializingNanoseconds);
        var overhead = Math.Max(0, load.OccupiedUntil(now, time) - busy) / results.Count;
        foreach (var result in results)
        {
            Take(load, result, overhead, now);
        }
    }

    /// <summary>An item ran over its timeout and was asked to cancel: from now it has its grace.</summary>
    /// <param name="worker">Its worker.</param>
    /// <param name="lease">Lease of its chunk.</param>
    /// <param name="index">Its index.</param>
    public void Overdue(IWorker worker, ulong lease, ulong index) => postLater(cancellationGrace, () =>
    {
        if (_workers.Find(worker) is { } load
            && load.Find(lease) is { } inFlight
            && index >= inFlight.Unanswered.FirstIndex
            && inFlight.TimedOutIndex is null)
        {
            var what = index switch
            {
                RunningItem.SetupIndex => "the initializer of a job",
                RunningItem.ConstructorIndex => "the constructor for a job's function",
                _ => $"item {index}",
            };
            inFlight.TimedOutIndex = index;
            load.IsKilledForItem = true;
            worker.KillStuck($"{what} did not yield within {cancellationGrace.TotalSeconds} s after its timeout", lease);
        }
    });

    /// <summary>A job cannot be run: it fails. One that the worker was not told of, or that is over, is none of its business.</summary>
    /// <param name="worker">The worker that says so.</param>
    /// <param name="refused">Which job, and why.</param>
    public void Refused(IWorker worker, JobRefused refused)
    {
        if (_workers.Find(worker)?.SetUp.FirstOrDefault(source => source.Number == refused.Job) is not { } source)
        {
            return;
        }

        if (refused.Reason is ErrorReasons.InitializerFailed or ErrorReasons.ConstructorFailed or ErrorReasons.SharedArgumentInvalid)
        {
            source.Fail(refused.Reason, refused.Message);
        }
        else
        {
            worker.Kill($"it broke the protocol: it refused a job for reason \"{refused.Reason}\"");
        }
    }

    // Some results of one chunk.
    private void Take(WorkerLoad load, ChunkResults results, double overheadNanoseconds, long now)
    {
        if (load.Find(results.Lease) is not { } inFlight)
        {
            return;
        }

        if (!PackedRun.TryRead(results.Values, out var values, out var problem))
        {
            load.Worker.Kill($"it broke the protocol: {problem}");
            return;
        }

        if (values.Count + (long)results.Returned > inFlight.UnansweredCount)
        {
            load.Worker.Kill(
                $"it broke the protocol: {values.Count} results and {results.Returned} returned items for {inFlight.UnansweredCount} items");
            return;
        }

        if (!AreOf(inFlight.Chunk.FirstIndex + (ulong)inFlight.Answered, values.Count, results.Errors))
        {
            load.Worker.Kill($"it broke the protocol: its errors are not, rising by index, of the {values.Count} items it answered");
            return;
        }

        if (!TimeHistogram.IsSound(values.Count, results))
        {
            load.Worker.Kill($"it broke the protocol: the times it sent are not those of {values.Count} results");
            return;
        }

        var source = inFlight.Chunk.Source;
        var perItem = inFlight.ExpectedItemNanoseconds >= UnknownNanoseconds ? 0 : inFlight.ExpectedItemNanoseconds;
        WorkChunk? answered = null;
        WorkChunk? returned = null;
        if (values.Count > 0)
        {
            answered = inFlight.Answer(values.Count);
            Relieve(load, inFlight, values.Count);
            load.CountAnswers(values.Count);
            if (load.IsSpent)
            {
                load.Worker.Recycle($"it had run {load.AnsweredItems} items");
            }

            AnsweredItems += values.Count;
        }

        if (results.Returned > 0)
        {
            returned = inFlight.CutOff((int)results.Returned);
            inFlight.IsReclaimed = false;
            Relieve(load, inFlight, returned.Items.Count);
        }

        // Before the job hears of it, which may be its end: a chunk is over before its job.
        _measurements.ChunkAnswered(load, inFlight, values.Count, (int)results.Returned, results);
        if (_open.Contains(source))
        {
            source.Timed(load.Worker.Identity, answered?.FirstIndex ?? 0, values.Count, results, overheadNanoseconds, now);
        }

        if (answered is not null && _open.Contains(source))
        {
            _sources.Charge(
                source, results.BusyNanoseconds + results.InitializingNanoseconds + overheadNanoseconds - (perItem * values.Count));
            source.Measured(values.Count, Math.Max(answered.Items.ByteCount, values.Data.Length), results.BusyNanoseconds);
            Answer(answered, values, results.Errors);
        }

        if (returned is not null && _open.Contains(source))
        {
            _sources.Charge(source, -perItem * returned.Items.Count);
            Return(returned);
        }

        _workers.Enlist(load);
    }

    private void Relieve(WorkerLoad load, InFlightChunk inFlight, int count)
    {
        if (load.Relieve(inFlight, count))
        {
            _chunks--;
            _quickChunks -= inFlight.IsQuick ? 1 : 0;
        }
    }

    private static bool AreOf(ulong firstIndex, int count, IReadOnlyList<ItemError> errors)
    {
        var lowest = firstIndex;
        for (var i = 0; i < errors.Count; i++)
        {
            var index = errors[i].Index;
            if (index < lowest || index - firstIndex >= (ulong)count)
            {
                return false;
            }

            lowest = index + 1;
        }

        return true;
    }

    // To the job, except what may be tried again and what a rerun waits for.
    private void Answer(WorkChunk chunk, PackedRun values, IReadOnlyList<ItemError> errors)
    {
        if (chunk.Rerun is { } rerun)
        {
            rerun.Outcome.SetResult(errors.Count > 0 ? new TryOutcome.Failure(errors[0]) : new TryOutcome.Value(values));
            return;
        }

        var start = 0;
        List<ItemError>? kept = null;
        for (var i = 0; i < errors.Count; i++)
        {
            var error = errors[i];
            if (!_reruns.Allows(chunk.Source, error))
            {
                (kept ??= []).Add(chunk.Source.SpentOn(error.Index) is { Count: > 0 } spent ? ItemErrors.After(error, spent.Count + 1) : error);
                continue;
            }

            var position = (int)(error.Index - chunk.FirstIndex);
            Deliver(start, position - start);
            _reruns.Failed(chunk.Part(position, 1), new TryOutcome.Failure(error));
            start = position + 1;
        }

        Deliver(start, chunk.Items.Count - start);

        void Deliver(int first, int count)
        {
            if (count > 0)
            {
                var part = chunk.Part(first, count);
                chunk.Source.Answered(part.FirstIndex, values.Slice(first, count), kept ?? NoErrors, part.Items.ByteCount);

                // Their worker has them whole, having answered them, and nobody else gets them.
                part.Items.Release();
                kept = null;
            }
        }
    }

    private void Return(WorkChunk chunk)
    {
        if (chunk.Rerun is not null)
        {
            chunk.Source.TriedAgain(-1);
            _reruns.Return(chunk);
            return;
        }

        chunk.Source.Returned(chunk.FirstIndex, chunk.Items);
        _sources.Wait(chunk.Source);
    }
}
