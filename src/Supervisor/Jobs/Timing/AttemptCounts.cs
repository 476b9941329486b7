namespace WorkerPool.Supervisor.Jobs.Timing;

/// <summary>How often items of a job were tried.</summary>
/// <param name="Given">Tries: items given to workers, less those that came back uncharged.</param>
/// <param name="Reruns">Of these, the ones that followed a failure or a suspicion.</param>
/// <param name="Crashes">Tries that their workers died of.</param>
/// <param name="Throws">Tries charged to their items because the function threw.</param>
internal readonly record struct AttemptCounts(long Given, long Reruns, long Crashes, long Throws);
