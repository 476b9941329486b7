namespace WorkerPool.Client;

/// <summary>Options of one process beside a pool's workers.</summary>
public sealed record ProcessOptions
{
    /// <summary>Its name, for people. Default: <c>null</c>, the next of <c>Process-1</c>, <c>Process-2</c>… in the pool.</summary>
    public string? Name { get; init; }
}
