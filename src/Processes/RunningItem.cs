namespace WorkerPool.Processes;

/// <summary>An item a worker is running.</summary>
/// <param name="Lease">Lease of its chunk.</param>
/// <param name="Index">Its index in the job.</param>
/// <param name="StartedAt">Timestamp of its start, of the system's TimeProvider.</param>
public readonly record struct RunningItem(ulong Lease, ulong Index, long StartedAt = 0)
{
    /// <summary>The index of what a job needs before its first item: its shared arguments are read, its initializer runs.</summary>
    public const ulong SetupIndex = ulong.MaxValue;

    /// <summary>The index of what comes even before that: the object is made that the job's function belongs to.</summary>
    public const ulong ConstructorIndex = SetupIndex - 1;

    /// <summary>Whether it is no item, but what comes before the job's first.</summary>
    public bool IsSetup => Index >= ConstructorIndex;

    /// <summary>Whether it is a constructor.</summary>
    public bool IsConstructor => Index == ConstructorIndex;

    /// <summary>How far it said that it is. Range: 0 to 1; <c>null</c>: it has said nothing.</summary>
    public double? Progress { get; init; }

    /// <summary>The system's id of the thread that runs it; 0 where it is not known.</summary>
    public int ThreadId { get; init; }
}
