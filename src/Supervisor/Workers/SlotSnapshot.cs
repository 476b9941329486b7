using WorkerPool.Processes;
using WorkerPool.Supervisor.Launching;

namespace WorkerPool.Supervisor.Workers;

/// <summary>A slot as it was at one moment.</summary>
/// <param name="Number">Its number. Range: 1 and up.</param>
/// <param name="State">Where it is in its life.</param>
/// <param name="Incarnation">Which process in it this is; 0 before the first.</param>
/// <param name="Worker">The worker that takes chunks; <c>null</c> when none does.</param>
/// <param name="Launched">That worker's process; <c>null</c> when there is none.</param>
/// <param name="Running">The items that worker runs.</param>
/// <param name="ReadySince">When that worker was ready; <c>null</c> when there is none.</param>
/// <param name="Restarts">Workers that died in the slot.</param>
/// <param name="LastDeath">How the last one died; empty if none did.</param>
internal sealed record SlotSnapshot(
    int Number,
    SlotState State,
    ulong Incarnation,
    IWorker? Worker,
    ILaunchedWorker? Launched,
    IReadOnlyList<RunningItem> Running,
    DateTimeOffset? ReadySince,
    long Restarts,
    string LastDeath)
{
    /// <summary>How long that worker took from its launch until it was ready; zero when there is none.</summary>
    public TimeSpan StartTook { get; init; }

    /// <summary>How long the slot has been in its state.</summary>
    public TimeSpan StateFor { get; init; }

    /// <summary>Workers that died or could not be started one after the other.</summary>
    public int FailuresInARow { get; init; }

    /// <summary>Time until the next start; <c>null</c> unless that waits.</summary>
    public TimeSpan? NextStartIn { get; init; }

    /// <summary>Why the last start failed; empty when it did not.</summary>
    public string StartFailure { get; init; } = "";
}
