namespace WorkerPool.Bench.Workloads;

/// <summary>All workloads by name.</summary>
internal static class WorkloadList
{
    private static readonly Dictionary<string, Func<IWorkload>> Workloads = new()
    {
        [SquareWorkload.LocalOrdered] = () => new SquareWorkload(isRemote: false, isOrdered: true),
        [SquareWorkload.LocalUnordered] = () => new SquareWorkload(isRemote: false, isOrdered: false),
        [SquareWorkload.RemoteOrdered] = () => new SquareWorkload(isRemote: true, isOrdered: true),
        [ParallelWorkload.Name] = () => new ParallelWorkload(),
    };

    /// <summary>The workload of a name.</summary>
    /// <exception cref="ArgumentException">There is none.</exception>
    public static IWorkload Find(string name) => Workloads.TryGetValue(name, out var make)
        ? make()
        : throw new ArgumentException($"There is no workload \"{name}\".", nameof(name));
}
