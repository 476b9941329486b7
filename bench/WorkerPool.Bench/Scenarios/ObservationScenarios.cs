using WorkerPool.Bench.Measuring;
using WorkerPool.Bench.Workloads;
using static WorkerPool.Bench.Scenarios.Target;

namespace WorkerPool.Bench.Scenarios;

/// <summary>What it costs to be looked at.</summary>
internal static class ObservationScenarios
{
    private const string Case = "256";

    /// <summary>Browsers at the dashboard.</summary>
    public static Scenario Watched()
    {
        const string Seen = "ten browsers";
        const string Unseen = "no browser";
        return new Scenario(
            "watched",
            "squares in chunks of 256 while browsers show the dashboard: the pool on one processor, the browsers on another",
            [Case],
            [
                new OwnContender(Unseen, WatchedWorkload.Unseen) { Needs = WatchedWorkload.Needs },
                new OwnContender(Seen, WatchedWorkload.Seen) { Needs = WatchedWorkload.Needs },
            ],
            [new(Case, Metrics.ItemsPerSecond, Seen, AtLeast(0.97)) { Other = Unseen }])
        {
            IsForDailyUse = false,
        };
    }

    /// <summary>Spans of each chunk.</summary>
    public static Scenario Traced()
    {
        const string On = "traced";
        const string Off = "not traced";
        string[] cases = ["1", Case];
        return new Scenario(
            "traced",
            "squares while each chunk has its spans, which Supervisor and workers send to a collector on the same processors",
            cases,
            [new OwnContender(Off, TracedWorkload.Off), new OwnContender(On, TracedWorkload.On)],
            [.. cases.Select(name => new Comparison(name, Metrics.ItemsPerSecond, On) { Other = Off })])
        {
            IsForDailyUse = false,
        };
    }
}
