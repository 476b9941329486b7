namespace WorkerPool.Client;

/// <summary>How often items of a job were tried.</summary>
/// <param name="Given">Tries: items that were given to workers, less those that came back uncharged. Range: 0 and up.</param>
/// <param name="Reruns">Of these, the ones that followed a try that failed or was suspected. Range: 0 and up.</param>
/// <param name="Crashes">Tries whose worker died of them, as far as is known. Range: 0 and up.</param>
/// <param name="Throws">Tries charged to their items because the function threw; none where nothing is retried. Range: 0 and up.</param>
public readonly record struct JobAttempts(long Given, long Reruns, long Crashes, long Throws)
{
    internal static JobAttempts From(V1.Attempts? attempts) => attempts is null
        ? default
        : new JobAttempts((long)attempts.Given, (long)attempts.Reruns, (long)attempts.Crashes, (long)attempts.Throws);
}
