namespace WorkerPool.Supervisor.Jobs;

/// <summary>What an open job is at; always one of these.</summary>
internal enum JobStage
{
    /// <summary>Nothing is left to run, and its caller may send more.</summary>
    AwaitingItems,

    /// <summary>Items wait, and no worker has any of it.</summary>
    AwaitingWorkers,

    /// <summary>Workers have items of it.</summary>
    Running,

    /// <summary>Nothing can run before its caller takes results.</summary>
    AwaitingReader,
}
