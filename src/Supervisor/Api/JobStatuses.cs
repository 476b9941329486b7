using Google.Protobuf.WellKnownTypes;
using WorkerPool.Processes;
using WorkerPool.Supervisor.Diagnostics;
using WorkerPool.Supervisor.Hosting;
using WorkerPool.Supervisor.Jobs;
using WorkerPool.V1;

namespace WorkerPool.Supervisor.Api;

/// <summary>Jobs as they go to clients.</summary>
internal static class JobStatuses
{
    /// <summary>The message for a job.</summary>
    /// <param name="job">The job.</param>
    /// <param name="isDetailed">Whether it is to have what takes up room. Default: yes.</param>
    public static JobStatus From(JobSnapshot job, bool isDetailed = true)
    {
        var rate = job.Elapsed > TimeSpan.Zero ? job.Answered / job.Elapsed.TotalSeconds : 0;
        var status = new JobStatus
        {
            Id = job.Id,
            State = job.State,
            Function = job.Spec.WorkOrder.Function,
            Order = job.Spec.IsOrdered ? Order.Input : Order.Completion,
            Label = job.Spec.Label,
            Caller = job.Spec.Caller,
            Ledger = Summaries.From(job.Ledger),
            ItemsPerSecond = rate,
            WorkersInUse = (uint)job.WorkersInUse,
            ChunkSizeNow = (uint)job.ChunkSizeNow,
            WaitingItems = (ulong)job.WaitingItems,
            InFlightItems = (ulong)job.InFlightItems,
            HeldResults = (ulong)job.HeldResults,
            Busy = Duration.FromTimeSpan(job.Busy),
            Started = Timestamp.FromDateTimeOffset(job.Started),
            Elapsed = Duration.FromTimeSpan(job.Elapsed),
            Times = From(job.Times),
            WorkerRestarts = (uint)job.WorkerRestarts,
            Message = job.Failure?.Message ?? "",
            Reason = job.Failure?.Reason ?? "",
            MaxWorkers = (uint)(job.Spec.WorkOrder.MaxWorkers ?? 0),
            Weight = job.Spec.WorkOrder.Weight,
            ItemTimes = TimeMessages.From(job.ItemTimes, withHistogram: isDetailed),
            WorkerTimes = TimeMessages.From(new WorkerTimeSums(job.Starting, job.Initializing, job.Waiting, job.Busy, job.Sending)),
            Attempts = new Attempts
            {
                Given = (ulong)job.Attempts.Given,
                Reruns = (ulong)job.Attempts.Reruns,
                Crashes = (ulong)job.Attempts.Crashes,
                Throws = (ulong)job.Attempts.Throws,
            },
        };
        if (isDetailed)
        {
            TimeMessages.AddDetails(job, status);
        }

        if (job.Spec.ItemCount is { } count)
        {
            // What was promised may have been too few.
            count = Math.Max(count, job.Ledger.Accepted);
            status.ItemCount = (ulong)count;
            status.Progress = count == 0 ? 1 : job.Answered / (double)count;
            if (job.State == JobState.Running && rate > 0 && (count - job.Answered) / rate is var left and < Duration.MaxSeconds)
            {
                status.TimeLeft = Duration.FromTimeSpan(TimeSpan.FromSeconds(left));
            }
        }

        return status;
    }

    /// <summary>The message for a job, with the items of it that run.</summary>
    /// <param name="job">The job.</param>
    /// <param name="running">The items that run with their workers, by the numbers of their jobs.</param>
    /// <param name="time">Tells how long items have run.</param>
    /// <param name="isDetailed">Whether it is to have what takes up room. Default: yes.</param>
    public static JobStatus From(
        JobSnapshot job, ILookup<ulong, (WorkerSnapshot Worker, ItemSnapshot Item)> running, TimeProvider time, bool isDetailed = true)
    {
        var status = From(job, isDetailed);
        if (job.State == JobState.Running)
        {
            status.RunningItems.AddRange(running[job.Number].Select(item => From(item.Worker, item.Item.Running, time)));

            // What their worker says of them comes with their results.
            status.WorkerTimes.Working += TimeMessages.Sum(status.RunningItems.Select(item => item.RunningFor));
        }

        return status;
    }

    private static ItemProgress From(WorkerSnapshot worker, RunningItem item, TimeProvider time)
    {
        var message = new ItemProgress
        {
            Index = item.Index,
            Worker = $"worker-{worker.Slot.Number}",
            RunningFor = Duration.FromTimeSpan(time.GetElapsedTime(item.StartedAt)),
        };
        if (item.Progress is { } progress)
        {
            message.Progress = progress;
        }

        return message;
    }

    private static V1.JobTimes From(Jobs.JobTimes times) => new()
    {
        AwaitingItems = Duration.FromTimeSpan(times.AwaitingItems),
        AwaitingWorkers = Duration.FromTimeSpan(times.AwaitingWorkers),
        Running = Duration.FromTimeSpan(times.Running),
        AwaitingReader = Duration.FromTimeSpan(times.AwaitingReader),
    };
}
