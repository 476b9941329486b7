using WorkerPool.Processes;

namespace WorkerPool.WorkerHost.Keeping;

/// <summary>The places of a keeper, and what launches workers in them.</summary>
internal sealed class KeeperWorkers
{
    /// <summary>Places, all free.</summary>
    /// <param name="options">How the keeper is made; valid.</param>
    /// <param name="directory">Its private directory.</param>
    /// <param name="time">Measures timeouts.</param>
    public KeeperWorkers(KeeperOptions options, PrivateDirectory directory, TimeProvider time)
    {
        _ = WorkerCount.TryParse(options.Workers, Environment.ProcessorCount, out var places);
        Places = places;
        var memory = WorkerMemory.Of(options.MemoryLimit, options.RecycleAboveMemory, places, ControlGroup.Own.MemoryLimit);
        var runtime = WorkerRuntime.Of(places, Environment.ProcessorCount);
        Launcher = new WorkerLauncher(directory, options.Functions, options.Programs, memory, runtime, time);
    }

    /// <summary>How many workers there is place for. Range: 1 and up.</summary>
    public int Places { get; }

    /// <summary>Launches them.</summary>
    public WorkerLauncher Launcher { get; }
}
