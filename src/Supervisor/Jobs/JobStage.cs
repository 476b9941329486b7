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

    /// <summary>Nothing runs, and results that its caller has not taken fill half of its window or more.</summary>
    AwaitingReader,
}
