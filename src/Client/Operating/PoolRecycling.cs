namespace WorkerPool.Client;

/// <summary>What came of replacing all workers of a pool.</summary>
/// <param name="ReplacedWorkers">How many were replaced. Range: 0 and up.</param>
/// <param name="KeptWorkers">Names of those that stayed, because no successor could be started; the pool's events say why.</param>
public sealed record PoolRecycling(int ReplacedWorkers, IReadOnlyList<string> KeptWorkers);
