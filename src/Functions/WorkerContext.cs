namespace WorkerPool;

/// <summary>
/// Which worker runs the code that asks, for functions that want to say so. Set before the first item runs. It goes where
/// the code goes: into the tasks, threads and timers that a function starts.
/// </summary>
public static class WorkerContext
{
    // Not of the process: a pool that runs in its caller's process has several workers there.
    private static readonly AsyncLocal<(string Name, ulong Incarnation)> Current = new();

    /// <summary>Name of the worker, such as <c>worker-2</c>. Empty outside a worker.</summary>
    public static string WorkerName => Current.Value.Name ?? "";

    /// <summary>Which worker in its slot this is. Range: 1 and up; 0 outside a worker.</summary>
    public static ulong Incarnation => Current.Value.Incarnation;

    /// <summary>The calling thread is a worker's from now on.</summary>
    /// <param name="workerName">Name of the worker.</param>
    /// <param name="incarnation">Which worker in its slot it is.</param>
    internal static void Enter(string workerName, ulong incarnation) => Current.Value = (workerName, incarnation);
}
