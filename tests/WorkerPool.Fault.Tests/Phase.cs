namespace WorkerPool.Fault.Tests;

/// <summary>Where in the life of a worker and a job a fault strikes.</summary>
public enum Phase
{
    /// <summary>While the worker loads its functions.</summary>
    Load,

    /// <summary>At the first item of a chunk.</summary>
    FirstItem,

    /// <summary>In the middle of a chunk.</summary>
    MidChunk,

    /// <summary>At the last item of a chunk.</summary>
    LastItem,

    /// <summary>While the value of an item in the middle of a chunk is written.</summary>
    Encoding,

    /// <summary>While the worker has nothing to do, by what an earlier item left running.</summary>
    Idle,

    /// <summary>In the middle of a chunk, after the Supervisor was told to stop.</summary>
    Drain,
}
