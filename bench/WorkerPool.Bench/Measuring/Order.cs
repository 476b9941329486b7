namespace WorkerPool.Bench.Measuring;

/// <summary>What a contender's process is told to measure. It is the process's last argument, as JSON.</summary>
/// <param name="Work">The work.</param>
/// <param name="Cases">Its cases, in this order; what they mean is the work's.</param>
/// <param name="Seconds">How long a measured stretch is to take.</param>
/// <param name="WarmUpSeconds">How long each case runs before it is measured.</param>
/// <param name="CompileSeconds">How long a process of ours runs before anything is measured: until .NET has compiled for good what is hot.</param>
/// <param name="Scale">Share of the number of items, where the work has a fixed number.</param>
internal sealed record Order(string Work, IReadOnlyList<string> Cases, double Seconds, double WarmUpSeconds, double CompileSeconds, double Scale)
{
    /// <summary>Processes that work, in ours and in peers.</summary>
    public const int Workers = 2;
}
