namespace WorkerPool;

/// <summary>Knows the context of the code that a worker runs. Safe for several threads.</summary>
internal interface IWorkerContextSource
{
    /// <summary>The context of what runs now.</summary>
    WorkerContext Current { get; }
}
