using Google.Protobuf.WellKnownTypes;
using WorkerPool.Supervisor.Hosting;
using WorkerPool.Supervisor.Workers;
using WorkerPool.V1;

namespace WorkerPool.Supervisor.Api;

/// <summary>The pool and its workers as they go to clients.</summary>
internal static class PoolStatuses
{
    /// <summary>Release of the Supervisor.</summary>
    internal static readonly string Version =
        typeof(PoolStatuses).Assembly.GetName().Version?.ToString(fieldCount: 3) ?? "";

    /// <summary>The message for a pool.</summary>
    /// <param name="pool">The pool.</param>
    /// <param name="time">Tells how long items have run.</param>
    public static PoolStatus From(PoolSnapshot pool, TimeProvider time)
    {
        var jobs = pool.OpenJobs.Where(job => !job.Spec.IsApply).ToList();
        var (state, message) = StateOf(pool);
        var status = new PoolStatus
        {
            State = state,
            Message = message,
            SlotCount = (uint)pool.SlotCount,
            ReadyWorkers = (uint)pool.Workers.Count(worker => worker.Slot.State == SlotState.Ready),
            BusyWorkers = (uint)pool.Workers.Count(worker => worker.InFlightItems > 0),
            OpenJobs = (uint)jobs.Count,
            OpenApplies = (uint)pool.OpenJobs.Where(job => job.Spec.IsApply).Sum(job => job.Ledger.Open),
            WaitingItems = (ulong)pool.OpenJobs.Sum(job => job.WaitingItems),
            WaitingWork = Duration.FromTimeSpan(
                pool.OpenJobs.Aggregate(TimeSpan.Zero, (sum, job) => sum + (job.WaitingItems * (job.ItemTime ?? TimeSpan.Zero)))),
            AnsweredItems = (ulong)pool.AnsweredItems,
            WorkerRestarts = (ulong)pool.Workers.Sum(worker => worker.Slot.Restarts),
            Uptime = Duration.FromTimeSpan(pool.Uptime),
            Version = Version,
            ReadySpares = (uint)pool.ReadySpares,
            ItemTimes = TimeMessages.From(pool.ItemTimes, withHistogram: true),
            WorkerTimes = TimeMessages.From(pool.WorkerTimes),
            Functions = { pool.Functions.Select(From) },
            MaxOpenJobs = (uint)pool.MaxOpenJobs,
        };
        status.WorkerTimes.Working += TimeMessages.Sum(pool.Workers.Select(worker => RunningTime(worker, time)));
        return status;
    }

    /// <summary>The message for a worker.</summary>
    /// <param name="worker">The worker and its slot.</param>
    /// <param name="time">Tells how long its item has run.</param>
    public static WorkerStatus From(WorkerSnapshot worker, TimeProvider time)
    {
        var slot = worker.Slot;
        var usage = worker.Usage();
        var status = new WorkerStatus
        {
            Name = $"worker-{slot.Number}",
            Slot = (uint)slot.Number,
            State = StateOf(worker),
            Incarnation = slot.Incarnation,
            AnsweredItems = (ulong)worker.AnsweredItems,
            InFlightItems = (ulong)worker.InFlightItems,
            CpuTime = Duration.FromTimeSpan(usage.CpuTime),
            MemoryBytes = (ulong)usage.MemoryBytes,
            Restarts = (ulong)slot.Restarts,
            LastDeath = slot.LastDeath,
            ReadySince = slot.ReadySince is { } since ? Timestamp.FromDateTimeOffset(since) : null,
            ItemTimes = TimeMessages.From(worker.ItemTimes, withHistogram: true),
            WorkerTimes = TimeMessages.From(worker.Times),
            FailuresInARow = (uint)slot.FailuresInARow,
            NextStartIn = slot.NextStartIn is { } next ? Duration.FromTimeSpan(next) : null,
            StartFailure = slot.StartFailure,
        };
        if (slot.Launched?.ProcessId is { } processId)
        {
            status.ProcessId = processId;
        }

        if (worker.Items is [var longest, ..])
        {
            status.JobId = $"job-{longest.JobNumber}";
            if (!longest.Running.IsSetup)
            {
                status.ItemIndex = longest.Running.Index;
            }

            status.ItemRunningFor = Duration.FromTimeSpan(time.GetElapsedTime(longest.Running.StartedAt));
            status.RunningItems = (uint)worker.Items.Count;
            status.WorkerTimes.Working += RunningTime(worker, time);
        }

        return status;
    }

    // What their worker says of them comes with their results.
    private static Duration RunningTime(WorkerSnapshot worker, TimeProvider time) => TimeMessages.Sum(worker.Items
        .Where(item => !item.Running.IsSetup)
        .Select(item => Duration.FromTimeSpan(time.GetElapsedTime(item.Running.StartedAt))));

    private static FunctionStatus From(FunctionSnapshot function) => new()
    {
        Name = function.Name,
        Succeeded = (ulong)function.Succeeded,
        Failed = (ulong)function.Failed,
        ItemTimes = TimeMessages.From(function.Times, withHistogram: true),
    };

    private static (PoolState State, string Message) StateOf(PoolSnapshot pool) =>
        pool.IsDraining ? (PoolState.Draining, "The pool is shutting down and takes no jobs.")
        : pool.Failure is { } failure ? (PoolState.Broken, Messages.Broken(failure))
        : pool.IsKnown ? (PoolState.Ready, "")
        : (PoolState.Starting, "No worker has introduced itself yet.");

    private static WorkerState StateOf(WorkerSnapshot worker) => worker.Slot.State switch
    {
        SlotState.Vacant => WorkerState.Vacant,
        SlotState.Starting => WorkerState.Starting,
        SlotState.Ready => worker.InFlightItems > 0 ? WorkerState.Busy : WorkerState.Idle,
        SlotState.BackingOff => WorkerState.BackingOff,
        SlotState.Stopping => WorkerState.Stopping,
        _ => WorkerState.Stopped,
    };
}
