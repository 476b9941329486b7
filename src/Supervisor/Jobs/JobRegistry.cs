using WorkerPool.Protocol.Errors;
using WorkerPool.Supervisor.Configuration;
using WorkerPool.Supervisor.Diagnostics;
using WorkerPool.Supervisor.Dispatch;
using WorkerPool.Supervisor.Workers;

namespace WorkerPool.Supervisor.Jobs;

/// <summary>Opens jobs, shows them while they run and for a while afterwards, and knows when all are over.</summary>
/// <param name="dispatcher">Runs them.</param>
/// <param name="availability">Whether the pool takes jobs.</param>
/// <param name="options">What jobs may hold.</param>
/// <param name="events">Takes note of their starts and ends.</param>
/// <param name="measurements">Hears of them.</param>
/// <param name="time">Measures how long they take.</param>
internal sealed class JobRegistry(
    Dispatcher dispatcher,
    Availability availability,
    PoolOptions options,
    EventLog events,
    IPoolMeasurements measurements,
    TimeProvider time) : IJobHost
{
    private const int KeptCount = 1000;
    private const int KeptGenerationCount = 100_000;
    private static readonly TimeSpan GenerationsKeptFor = TimeSpan.FromMinutes(10);
    private const int BufferParts = 4;
    private const long LeastBuffers = 64 << 20;
    private static readonly TimeSpan KeptFor = TimeSpan.FromHours(1);

    // No timer takes much more.
    private static readonly TimeSpan LongestWait = TimeSpan.FromDays(24);

    private readonly JobLimits _limits = new(options.WindowItems, options.WindowBytes, options.MaxItemBytes);
    private readonly Admission _admission = new(new AdmissionLimits(options.MaxOpenJobs, options.MaxOpenApplies, BuffersOf(options)));
    private readonly CallerAccounts _accounts = new();
    private readonly Dictionary<string, Job> _open = [];
    private readonly Dictionary<string, (AdmissionGrant OfPool, AdmissionGrant OfCaller)> _grants = [];
    private readonly JobGenerations<Job> _generations = new(KeptGenerationCount, GenerationsKeptFor);
    private readonly JobHistory _history = new(KeptCount, KeptFor);
    private TaskCompletionSource? _allOver;
    private TimeSpan? _drainEnd;
    private ulong _lastNumber;
    private long _applyCount;

    /// <summary>Whether no more jobs are opened. To be read on the owner loop.</summary>
    public bool IsDraining => _allOver is not null;

    /// <summary>Time until open jobs are ended; <c>null</c> unless it drains. To be read on the owner loop.</summary>
    public TimeSpan? DrainLeft => _drainEnd is { } end ? end > Now ? end - Now : TimeSpan.Zero : null;

    private TimeSpan Now => TimeSpan.FromSeconds(time.GetTimestamp() / (double)time.TimestampFrequency);

    /// <summary>Opens a job.</summary>
    /// <param name="spec">What it is to do.</param>
    /// <param name="heldBytes">Bytes of items that its caller has sent already.</param>
    /// <param name="isSingleCall">Whether its items are these and no others, and it counts as a single call.</param>
    /// <param name="isTakenHere">
    /// Whether its result, of which there is one, is taken on the thread that brings it from the worker, so that no other has to be woken.
    /// Whoever takes it neither blocks nor runs what others have written.
    /// </param>
    /// <exception cref="JobFailedException">The pool takes no jobs, or no more of them.</exception>
    public Task<JobHandle> OpenAsync(JobSpec spec, long heldBytes = 0, bool isSingleCall = false, bool isTakenHere = false) => dispatcher.Loop.AskAsync(() =>
    {
        if (IsDraining)
        {
            throw Draining();
        }

        if (availability.Failure is { } failure)
        {
            throw new JobFailedException(ErrorReasons.PoolBroken, Messages.Broken(failure));
        }

        Fence(spec);
        var grant = Admit(spec, heldBytes + (spec.WorkOrder.Shared?.ByteCount ?? 0), isSingleCall);
        var limits = (_limits with { WindowBytes = grant.OfPool.WindowBytes }).For(spec.WorkOrder.ChunkSize, dispatcher.Scheduler.RunnerCount);
        var job = new Job(++_lastNumber, spec, limits, this, time, measurements, isTakenHere)
        {
            WorkerTimesAtStart = spec.IsApply ? default : measurements.ReadWorkerTimes(),
        };
        _grants.Add(job.Id, grant);
        measurements.JobOpened(job);
        dispatcher.Scheduler.Add(job);
        _open.Add(job.Id, job);
        _generations.Opened(spec.Key, spec.Generation, job);
        if (!spec.IsApply)
        {
            events.Add(EventKind.JobStarted, $"{job.Id} started: {Title(spec)}.", jobId: job.Id);
        }

        return new JobHandle(job, limits, dispatcher.Loop);
    });

    /// <summary>A job with its details, open or kept; <c>null</c> when there is none of that id.</summary>
    /// <param name="id">Its id.</param>
    public Task<JobSnapshot?> FindAsync(string id) => dispatcher.Loop.AskAsync(() => Find(id));

    /// <summary>A job with its details, open or kept; <c>null</c> when there is none of that id. On the owner loop.</summary>
    /// <param name="id">Its id.</param>
    public JobSnapshot? Find(string id) => _open.TryGetValue(id, out var job) ? Snapshot(job, isDetailed: true) : _history.Find(id, Now);

    /// <summary>What an open job waits for; <c>null</c> when there is no open one of that id. On the owner loop.</summary>
    /// <param name="id">Its id.</param>
    public JobStanding? StandingOf(string id) =>
        _open.TryGetValue(id, out var job) ? job.Standing(dispatcher.Scheduler.HeldBy(job)) : null;

    /// <summary>Why a further job of a caller would be refused now, for a person; <c>null</c>: it would not. On the owner loop.</summary>
    /// <param name="caller">The caller; <c>null</c>: the pool asks nobody.</param>
    public string? RefusalOf(Security.Caller? caller) => _admission.Refusal?.Message ?? _accounts.RefusalOf(caller)?.Message;

    /// <summary>The jobs, open and kept, the newest first; without single calls.</summary>
    public Task<IReadOnlyList<JobSnapshot>> ListAsync() => dispatcher.Loop.AskAsync(List);

    /// <summary>Single calls since the start.</summary>
    public Task<long> CountAppliesAsync() =>
        dispatcher.Loop.AskAsync(() => _applyCount + _open.Values.Where(job => job.Spec.IsApply).Sum(job => job.Accepted));

    /// <summary>Ends a job, if it is open.</summary>
    /// <param name="id">Its id.</param>
    /// <returns>The job afterwards; <c>null</c> when there is none of that id.</returns>
    public Task<JobSnapshot?> CancelAsync(string id) => dispatcher.Loop.AskAsync(() =>
    {
        if (!_open.TryGetValue(id, out var job))
        {
            return _history.Find(id, Now);
        }

        // Single calls are not in the history.
        job.Fail(ErrorReasons.JobCancelled, "The job was cancelled by an operator.");
        return _history.Find(id, Now) ?? Snapshot(job, isDetailed: true);
    });

    /// <summary>The open jobs, single calls among them. On the owner loop.</summary>
    public IReadOnlyList<JobSnapshot> ListOpen() => [.. _open.Values.Select(Snapshot)];

    /// <summary>What open jobs hold, for those who measure. On the owner loop.</summary>
    public PoolGauges Gauges()
    {
        var gauges = PoolGauges.Zero;
        foreach (var job in _open.Values)
        {
            gauges = gauges.With(job);
        }

        return gauges with { BusyWorkers = dispatcher.Scheduler.BusyCount };
    }

    /// <summary>Opens no more jobs and waits until those that are open are over, or for a time; then ends them.</summary>
    /// <param name="grace">The longest wait.</param>
    /// <param name="cancellation">Ends the wait early.</param>
    public async Task DrainAsync(TimeSpan grace, CancellationToken cancellation)
    {
        var allOver = await dispatcher.Loop.AskAsync(() =>
        {
            _drainEnd = Now + (grace < LongestWait ? grace : LongestWait);
            if (_allOver is null)
            {
                _allOver = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                events.Add(EventKind.PoolDraining, "The pool takes no more jobs.");
            }

            TellIfAllOver();
            return _allOver.Task;
        });
        try
        {
            await allOver.WaitAsync(grace < LongestWait ? grace : Timeout.InfiniteTimeSpan, time, cancellation);
        }
        catch (Exception error) when (error is TimeoutException or OperationCanceledException)
        {
            var failure = Draining();
            dispatcher.FailAll(failure.Reason, failure.Message);
            await allOver;
        }
    }

    int IJobHost.RunnerCount => dispatcher.Scheduler.RunnerCount;

    void IJobHost.Resume(WorkChunk item, SpentTries spent) => dispatcher.Scheduler.Resume(item, spent);

    void IJobHost.AfterTurn(Action action) => dispatcher.Loop.AfterTurn(action);

    void IJobHost.Wake(Job job) => dispatcher.Scheduler.Wake(job);

    void IJobHost.Remove(Job job) => dispatcher.Scheduler.Remove(job);

    void IJobHost.Ended(Job job)
    {
        _open.Remove(job.Id);
        _grants.Remove(job.Id, out var grant);
        _admission.Close(grant.OfPool);
        _accounts.Close(job.Spec.Account, grant.OfCaller);
        _generations.Ended(job.Spec.Key, job.Spec.Generation, Now);
        var ended = Snapshot(job, isDetailed: !job.Spec.IsApply);
        measurements.JobEnded(job, ended);
        if (job.Spec.IsApply)
        {
            _applyCount += ended.Ledger.Accepted;
        }
        else
        {
            _history.Add(ended, Now);
            events.Add(
                EventKind.JobEnded,
                $"{job.Id} ended, {ended.State.ToString().ToLowerInvariant()}: {ended.Ledger.Succeeded} succeeded, " +
                $"{ended.Ledger.Failed} failed, {ended.Ledger.Cancelled} cancelled.",
                jobId: job.Id);
        }

        TellIfAllOver();
    }

    private static long BuffersOf(PoolOptions options) => options.MaxBufferedBytes > 0
        ? options.MaxBufferedBytes
        : Math.Max(LeastBuffers, GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / BufferParts);

    private (AdmissionGrant OfPool, AdmissionGrant OfCaller) Admit(JobSpec spec, long heldBytes, bool isSingleCall)
    {
        if (!_accounts.TryOpen(spec.Account, options.WindowBytes, heldBytes, isSingleCall, out var ofCaller, out var refusal))
        {
            throw refusal;
        }

        var isOpen = isSingleCall
            ? _admission.TryOpenApply(heldBytes, out var ofPool, out refusal)
            : _admission.TryOpenJob(ofCaller.WindowBytes, heldBytes, out ofPool, out refusal);
        if (!isOpen)
        {
            _accounts.Close(spec.Account, ofCaller);
            throw refusal!;
        }

        return (ofPool, ofCaller);
    }

    private void Fence(JobSpec spec)
    {
        if (!_generations.MayOpen(spec.Key, spec.Generation, Now, out var known, out var older))
        {
            throw new JobFailedException(
                ErrorReasons.StaleGeneration,
                $"Stream {spec.Generation} of the job came after stream {known}. Open it with a higher generation.");
        }

        older?.Fail(ErrorReasons.JobFenced, $"Stream {spec.Generation} of the job took the place of stream {known}.");
    }

    private static JobFailedException Draining() => new(
        ErrorReasons.PoolDraining, "The pool is shutting down and takes no jobs. Try again when it is back, or use another one.");

    private static string Title(JobSpec spec) =>
        spec.Label.Length > 0 ? $"{spec.WorkOrder.Function} ({spec.Label})" : spec.WorkOrder.Function;

    private JobSnapshot Snapshot(Job job) => Snapshot(job, isDetailed: false);

    private JobSnapshot Snapshot(Job job, bool isDetailed)
    {
        var snapshot = job.Snapshot(job.IsOver ? 0 : dispatcher.Scheduler.HolderCount(job), isDetailed);
        if (job.Spec.IsApply)
        {
            return snapshot;
        }

        var sums = measurements.ReadWorkerTimes();
        return snapshot with
        {
            Starting = sums.Starting - job.WorkerTimesAtStart.Starting,
            Waiting = sums.Waiting - job.WorkerTimesAtStart.Waiting,
            FunctionTimes = isDetailed ? measurements.ReadTimesOf(job.Spec.WorkOrder.Function) : null,
        };
    }

    private IReadOnlyList<JobSnapshot> List() =>
    [
        .. _open.Values.Where(job => !job.Spec.IsApply).Select(Snapshot)
            .Concat(_history.All(Now))
            .OrderByDescending(job => job.Number),
    ];

    private void TellIfAllOver()
    {
        if (_open.Count == 0)
        {
            _allOver?.TrySetResult();
        }
    }
}
