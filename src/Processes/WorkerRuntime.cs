namespace WorkerPool.Processes;

/// <summary>How the runtime of worker processes is set, by how many of them share the processors.</summary>
/// <remarks>
/// A pool of many more workers than processors has items that wait for something else. A thread of its pool that spins for a while before
/// it sleeps then takes the time of another worker; and compiling twice, first to see what is called how often, or sooner than by default,
/// takes all of it until it is done.
/// </remarks>
/// <param name="IsCrowded">Whether they are many more than the processors.</param>
public readonly record struct WorkerRuntime(bool IsCrowded)
{
    private const int MostForAProcessor = 2;

    // Those of the runtime: https://learn.microsoft.com/dotnet/core/runtime-config/compilation, in clrconfignames.h, and in PortableThreadPool.
    // Numbers are hexadecimal: the delay is what it is by default, 100 ms, and not what our programs have.
    private static readonly (string Name, string Value)[] WhenCrowded =
        [("DOTNET_ThreadPool_UnfairSemaphoreSpinLimit", "0"), ("DOTNET_TieredPGO", "0"), ("DOTNET_TC_CallCountingDelayMs", "64")];

    /// <summary>That of a number of workers.</summary>
    /// <param name="workers">Workers on this machine, or in this container. Range: 1 and up.</param>
    /// <param name="processors">Processors they share. Range: 1 and up.</param>
    public static WorkerRuntime Of(int workers, int processors) => new(workers > MostForAProcessor * processors);

    /// <summary>Sets it. What the environment has already stays.</summary>
    /// <param name="environment">The environment of a worker.</param>
    public void SetIn(IDictionary<string, string?> environment)
    {
        foreach (var (name, value) in IsCrowded ? WhenCrowded : [])
        {
            environment.TryAdd(name, value);
        }
    }
}
