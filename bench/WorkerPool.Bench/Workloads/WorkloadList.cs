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
        [EchoWorkload.Local] = () => new EchoWorkload(isRemote: false),
        [EchoWorkload.Remote] = () => new EchoWorkload(isRemote: true),
        [RelayEchoWorkload.Name] = () => new RelayEchoWorkload(),
        [ApplyWorkload.Local] = () => new ApplyWorkload(isRemote: false),
        [ApplyWorkload.Remote] = () => new ApplyWorkload(isRemote: true),
        [RelayApplyWorkload.OneHop] = () => new RelayApplyWorkload(hops: 1),
        [RelayApplyWorkload.TwoHops] = () => new RelayApplyWorkload(hops: 2),
        [BurnWorkload.Local] = () => new BurnWorkload(isRemote: false),
        [BurnWorkload.Remote] = () => new BurnWorkload(isRemote: true),
        [StragglersWorkload.Local] = () => new StragglersWorkload(isRemote: false),
        [StragglersWorkload.Remote] = () => new StragglersWorkload(isRemote: true),
        [MemoryWorkload.Name] = () => new MemoryWorkload(),
        [StartWorkload.Name] = () => new StartWorkload(),
        [CommandStartWorkload.Own] = CommandStartWorkload.OfOwn,
        [CommandStartWorkload.Python] = CommandStartWorkload.OfPython,
        [ManyJobsWorkload.Name] = () => new ManyJobsWorkload(),
        [WaitingWorkload.Name] = () => new WaitingWorkload(),
        [CostWorkload.Name] = () => new CostWorkload(),
        [WatchedWorkload.Unseen] = () => new WatchedWorkload(browsers: 0),
        [WatchedWorkload.Seen] = () => new WatchedWorkload(browsers: WatchedWorkload.Browsers),
        [TracedWorkload.Off] = () => new TracedWorkload(isTraced: false),
        [TracedWorkload.On] = () => new TracedWorkload(isTraced: true),
        [ManyWorkersWorkload.InProcess] = () => new ManyWorkersWorkload(areSimulated: false),
        [ManyWorkersWorkload.Simulated] = () => new ManyWorkersWorkload(areSimulated: true),
        [ProgramsWorkload.Own] = () => new ProgramsWorkload(isOwn: true),
        [ProgramsWorkload.Parallel] = () => new ProgramsWorkload(isOwn: false),
    };

    /// <summary>The workload of a name.</summary>
    /// <exception cref="ArgumentException">There is none.</exception>
    public static IWorkload Find(string name) => Workloads.TryGetValue(name, out var make)
        ? make()
        : throw new ArgumentException($"There is no workload \"{name}\".", nameof(name));
}
