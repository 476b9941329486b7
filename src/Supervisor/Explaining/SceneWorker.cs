using WorkerPool.Supervisor.Workers;

namespace WorkerPool.Supervisor.Explaining;

/// <summary>A slot and its worker, as far as they explain where a job is.</summary>
internal sealed record SceneWorker
{
    /// <summary>Its name, such as "worker-2".</summary>
    public required string Name { get; init; }

    /// <summary>Where the slot is in its life.</summary>
    public SlotState State { get; init; } = SlotState.Ready;

    /// <summary>How long it has been there.</summary>
    public TimeSpan StateFor { get; init; }

    /// <summary>Workers that died or could not be started one after the other.</summary>
    public int FailuresInARow { get; init; }

    /// <summary>Time until the next start; <c>null</c> unless that waits.</summary>
    public TimeSpan? NextStartIn { get; init; }

    /// <summary>How the last worker died; empty if none did.</summary>
    public string LastDeath { get; init; } = "";

    /// <summary>Why the last start failed; empty when it did not.</summary>
    public string StartFailure { get; init; } = "";

    /// <summary>Ids of the jobs that it has items of; of single calls that share no job "single calls".</summary>
    public IReadOnlyList<string> Jobs { get; init; } = [];

    /// <summary>Of the items of other jobs that it runs the one that has run longest; <c>null</c>: it runs none.</summary>
    public (string JobId, SceneItem Item)? Other { get; init; }

    /// <summary>The items of the job that it runs.</summary>
    public IReadOnlyList<SceneItem> Running { get; init; } = [];
}

/// <summary>An item that runs, or what comes before the first.</summary>
/// <param name="Index">Its index.</param>
/// <param name="RunningFor">How long it has run.</param>
/// <param name="Progress">How far it said that it is. Range: 0 to 1; <c>null</c>: it has not.</param>
/// <param name="Setup">What comes before the first item, as "constructor" or "initializer"; <c>null</c>: it is an item.</param>
internal sealed record SceneItem(ulong Index, TimeSpan RunningFor, double? Progress = null, string? Setup = null);
