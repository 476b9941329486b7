namespace WorkerPool.Bench.Measuring;

/// <summary>What is measured. The last word is the unit; the Python peers use the same.</summary>
internal static class Metrics
{
    /// <summary>Items of a map, from its start to its last result.</summary>
    public const string ItemsPerSecond = "items/s";

    /// <summary>Bytes of items, one way.</summary>
    public const string BytesPerSecond = "B/s";

    /// <summary>Time of a call: the median.</summary>
    public const string CallMedian = "median s";

    /// <summary>Time of a call: what 99 % are below.</summary>
    public const string CallP99 = "p99 s";

    /// <summary>Share of what nothing could exceed.</summary>
    public const string OfIdeal = "of ideal %";

    /// <summary>Share of what one worker does, times the number of workers.</summary>
    public const string OfLinear = "of linear %";

    /// <summary>Time of a map over that of the list schedule.</summary>
    public const string Makespan = "makespan times";

    /// <summary>The most memory resident of a Supervisor.</summary>
    public const string SupervisorPeak = "Supervisor B";

    /// <summary>The most memory resident of a client.</summary>
    public const string ClientPeak = "client B";

    /// <summary>The most memory resident in the last third of a map over that in the second, of a Supervisor.</summary>
    public const string SupervisorGrowth = "Supervisor growth times";

    /// <summary>Likewise of a client.</summary>
    public const string ClientGrowth = "client growth times";

    /// <summary>From the start to the first result.</summary>
    public const string FirstResult = "first result s";

    /// <summary>Jain's index.</summary>
    public const string Fairness = "Jain index";

    /// <summary>Processor time for a million items, of who is in the middle.</summary>
    public const string MiddleCpu = "middle s";

    /// <summary>Likewise of a client.</summary>
    public const string ClientCpu = "client s";

    /// <summary>Likewise of the workers.</summary>
    public const string WorkersCpu = "workers s";
}
