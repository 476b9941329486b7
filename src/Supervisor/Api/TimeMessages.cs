using Google.Protobuf.WellKnownTypes;
using WorkerPool.Supervisor.Diagnostics;
using WorkerPool.Supervisor.Jobs;
using WorkerPool.V1;
using SlowItem = WorkerPool.Supervisor.Jobs.Timing.SlowItem;
using WorkerTimes = WorkerPool.V1.WorkerTimes;

namespace WorkerPool.Supervisor.Api;

/// <summary>Where time went, as it goes to clients.</summary>
internal static class TimeMessages
{
    /// <summary>The message for times of items.</summary>
    /// <param name="times">The times; <c>null</c>: there are none.</param>
    /// <param name="withHistogram">Whether it is to have the histogram.</param>
    public static ItemTimes? From(TimeSummary? times, bool withHistogram)
    {
        if (times is null)
        {
            return null;
        }

        var message = new ItemTimes
        {
            Count = (ulong)times.Count,
            P50 = Duration.FromTimeSpan(times.P50),
            P90 = Duration.FromTimeSpan(times.P90),
            P99 = Duration.FromTimeSpan(times.P99),
            Max = Duration.FromTimeSpan(times.Max),
            Sum = Duration.FromTimeSpan(times.Sum),
        };
        if (withHistogram)
        {
            message.Histogram.AddRange(times.Buckets.Select(bucket =>
                new TimeBucket { UpTo = Duration.FromTimeSpan(bucket.UpTo), Count = (ulong)bucket.Count }));
        }

        return message;
    }

    /// <summary>The message for time of workers.</summary>
    /// <param name="sums">The time.</param>
    public static WorkerTimes From(WorkerTimeSums sums) => new()
    {
        Starting = Duration.FromTimeSpan(sums.Starting),
        Initializing = Duration.FromTimeSpan(sums.Initializing),
        Waiting = Duration.FromTimeSpan(sums.Waiting),
        Working = Duration.FromTimeSpan(sums.Working),
        Sending = Duration.FromTimeSpan(sums.Sending),
    };

    /// <summary>Times together.</summary>
    /// <param name="times">The times.</param>
    public static Duration Sum(IEnumerable<Duration> times) => times.Aggregate(new Duration(), (sum, time) => sum + time);

    /// <summary>Adds what takes up room to the message for a job.</summary>
    /// <param name="job">The job.</param>
    /// <param name="status">The message.</param>
    public static void AddDetails(JobSnapshot job, JobStatus status)
    {
        status.FunctionItemTimes = From(job.FunctionTimes, withHistogram: false);
        if (job.Details is not { } details)
        {
            return;
        }

        status.WorkerItemTimes.AddRange(details.Workers.Select(worker =>
            new WorkerItemTimes { Worker = NameOf(worker.Slot), Times = From(worker.Times, withHistogram: false) }));
        status.SlowestItems.AddRange(details.Slowest.Select(From));
        status.FailedItems.AddRange(details.Failed);
    }

    private static V1.SlowItem From(SlowItem item) => new()
    {
        Index = item.Index,
        Worker = NameOf(item.Slot),
        RanFor = Duration.FromTimeSpan(TimeSpan.FromMicroseconds(item.Nanoseconds / 1000.0)),
    };

    private static string NameOf(int slot) => $"worker-{slot}";
}
