using Google.Protobuf.WellKnownTypes;
using WorkerPool.Processes;
using WorkerPool.Worker.V1;

namespace WorkerPool.WorkerHost.Keeping;

/// <summary>What a keeper knows of workers, as messages.</summary>
internal static class KeeperMessages
{
    /// <summary>A worker listens.</summary>
    /// <param name="number">Its number.</param>
    /// <param name="worker">The worker.</param>
    /// <param name="recycleAbove">Memory above which it is to be replaced, in bytes; <c>null</c>: none.</param>
    public static KeepResponse Launched(ulong number, WorkerProcess worker, long? recycleAbove)
    {
        var launched = new WorkerLaunched { Number = number, ProcessId = worker.ProcessId };
        if (recycleAbove is { } bytes)
        {
            launched.RecycleAboveMemory = (ulong)bytes;
        }

        return new KeepResponse { Launched = launched };
    }

    /// <summary>A worker could not be started.</summary>
    /// <param name="number">Its number.</param>
    /// <param name="error">Why.</param>
    public static KeepResponse Failed(ulong number, WorkerStartException error) => new()
    {
        Failed = new WorkerLaunchFailed { Number = number, Reason = error.Reason, Message = error.Message, HasTimedOut = error.HasTimedOut },
    };

    /// <summary>A worker is dead.</summary>
    /// <param name="number">Its number.</param>
    /// <param name="certificate">What is known of its death.</param>
    /// <param name="running">The items it was running.</param>
    /// <param name="time">The clock that items are timed by.</param>
    public static KeepResponse Died(ulong number, DeathCertificate certificate, IReadOnlyList<RunningItem> running, TimeProvider time)
    {
        var died = new WorkerDied { Number = number, ExitCode = certificate.ExitCode ?? 0, HasExited = certificate.HasExited };
        died.LastErrorLines.AddRange(certificate.LastErrorLines);
        died.Running.AddRange(running.Select(item => Noted(item, time)));
        if (certificate.StopReason is { } reason)
        {
            died.StopReason = reason;
        }

        if (certificate.PeakMemoryBytes is { } peak)
        {
            died.PeakMemoryBytes = (ulong)peak;
        }

        if (certificate.MemoryEvidence is { } evidence)
        {
            died.MemoryEvidence = evidence;
        }

        if (certificate.Stack is { } stack)
        {
            died.Stack = stack;
        }

        return new KeepResponse { Died = died };
    }

    /// <summary>How a worker is.</summary>
    /// <param name="number">Its number.</param>
    /// <param name="worker">The worker.</param>
    /// <param name="time">The clock that items are timed by.</param>
    public static WorkerReport Report(ulong number, WorkerProcess worker, TimeProvider time)
    {
        var usage = ProcessUsage.Read(worker.ProcessId);
        var report = new WorkerReport
        {
            Number = number,
            MemoryBytes = (ulong)usage.MemoryBytes,
            CpuTime = Duration.FromTimeSpan(usage.CpuTime),
        };
        report.Running.AddRange(worker.Running.Select(item => Noted(item, time)));
        return report;
    }

    /// <summary>A line that a worker's code has printed.</summary>
    /// <param name="line">The line.</param>
    public static KeepResponse Line(WorkerOutputLine line) =>
        new() { Line = new WorkerLine { Worker = line.Worker, IsError = line.IsError, Text = line.Text, Job = line.Job } };

    private static NotedItem Noted(RunningItem item, TimeProvider time)
    {
        var noted = new NotedItem
        {
            Lease = item.Lease,
            Index = item.Index,
            RunningFor = Duration.FromTimeSpan(time.GetElapsedTime(item.StartedAt)),
        };
        if (item.Progress is { } progress)
        {
            noted.Progress = progress;
        }

        return noted;
    }
}
