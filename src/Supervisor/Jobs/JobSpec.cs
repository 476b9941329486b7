using System.Diagnostics;
using WorkerPool.Supervisor.Dispatch;
using WorkerPool.Supervisor.Security;
using WorkerPool.V1;

namespace WorkerPool.Supervisor.Jobs;

/// <summary>What a job is to do.</summary>
/// <param name="WorkOrder">How its items are to be run.</param>
/// <param name="IsOrdered">Whether results leave in the order of the input.</param>
/// <param name="StopsOnError">Whether it stops at the first item that fails for good.</param>
/// <param name="Label">What people call it.</param>
/// <param name="ItemCount">Items there will be, where that is known.</param>
/// <param name="Caller">Who opened it and from where, for people.</param>
/// <param name="IsApply">Whether its items are single calls: it is counted, not listed.</param>
/// <param name="Key">Names it across its streams; empty: it has one.</param>
/// <param name="Generation">Which of its streams this is. Range: 1 and up.</param>
/// <param name="CallerSpan">The caller's span; the default when the call came with none.</param>
/// <param name="Account">Who opened it, whose limits hold for it; <c>null</c>: the pool asks nobody.</param>
internal sealed record JobSpec(
    WorkOrder WorkOrder,
    bool IsOrdered = true,
    bool StopsOnError = false,
    string Label = "",
    long? ItemCount = null,
    string Caller = "",
    bool IsApply = false,
    string Key = "",
    uint Generation = 1,
    ActivityContext CallerSpan = default,
    Caller? Account = null);

/// <summary>What a job may hold.</summary>
/// <param name="WindowItems">Items sent and not acknowledged.</param>
/// <param name="WindowBytes">Bytes of items not answered, and of values not acknowledged.</param>
/// <param name="MaxItemBytes">The largest item in bytes.</param>
internal sealed record JobLimits(int WindowItems, long WindowBytes, int MaxItemBytes)
{
    private const int LargestWindowItems = 1 << 24;

    /// <summary>The items of whole chunks that keep all workers busy: each runs one and has one, and two come.</summary>
    /// <param name="chunkSize">Items a chunk.</param>
    /// <param name="slotCount">Workers.</param>
    public static long ItemsOfWholeChunks(int chunkSize, int slotCount) => (long)chunkSize * ((2 * slotCount) + 2);

    /// <summary>The limits with a window wide enough for whole chunks of a given size on all workers.</summary>
    /// <param name="chunkSize">Items a chunk; <c>null</c>: the pool chooses.</param>
    /// <param name="slotCount">Workers there are when all are up.</param>
    public JobLimits For(int? chunkSize, int slotCount)
    {
        var wanted = chunkSize is { } size ? ItemsOfWholeChunks(size, slotCount) : 0;
        return this with { WindowItems = (int)Math.Clamp(wanted, WindowItems, Math.Max(WindowItems, LargestWindowItems)) };
    }
}

/// <summary>A job's closing account.</summary>
/// <param name="JobId">The job.</param>
/// <param name="Outcome">How it ended.</param>
/// <param name="Ledger">What became of its items.</param>
/// <param name="WorkerRestarts">Workers that died while they had items of it.</param>
/// <param name="Elapsed">From its start to its end.</param>
/// <param name="Busy">Time that workers ran its items.</param>
public sealed record JobSummary(
    string JobId, JobOutcome Outcome, JobLedger Ledger, int WorkerRestarts, TimeSpan Elapsed, TimeSpan Busy);

/// <summary>A job ended before its time.</summary>
/// <param name="reason">UPPER_SNAKE word for programs.</param>
/// <param name="message">For a person.</param>
public sealed class JobFailedException(string reason, string message) : Exception(message)
{
    /// <summary>UPPER_SNAKE word for programs.</summary>
    public string Reason { get; } = reason;
}
