using WorkerPool.Client;

namespace WorkerPool.Chaos;

/// <summary>Whether an item failed by strikes alone: one that runs for seconds is there when they come, each time.</summary>
internal static class StrikeVerdict
{
    /// <summary>Whether every death that the item is charged with is one that a strike brings about.</summary>
    /// <param name="error">How the item failed.</param>
    public static bool IsOf(ItemFailedException error) =>
        error.Reason == "WORKER_CRASHED"
        && error.Attempts == ChaosSupervisor.MaxCrashes
        && error.Metadata.TryGetValue("attempts", out var deaths)
        && deaths.Split('\n').All(IsStrike);

    private static bool IsStrike(string death) =>
        death.Contains("SIGKILL", StringComparison.Ordinal)
        && (death.Contains(", not by the pool", StringComparison.Ordinal) || death.Contains("by the pool: it was silent", StringComparison.Ordinal));
}
