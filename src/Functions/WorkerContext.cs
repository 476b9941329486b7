namespace WorkerPool;

/// <summary>Which worker this process is, for functions that want to say so. Set before the first item runs.</summary>
public static class WorkerContext
{
    /// <summary>Name of the worker, such as <c>worker-2</c>. Empty outside a worker.</summary>
    public static string WorkerName { get; internal set; } = "";

    /// <summary>Which process in the worker's slot this is. Range: 1 and up; 0 outside a worker.</summary>
    public static ulong Incarnation { get; internal set; }
}
