using WorkerPool.Bench.Measuring;

namespace WorkerPool.Bench.Scenarios;

/// <summary>What is measured of whom, and what is compared with what.</summary>
/// <param name="Name">Its name on the command line.</param>
/// <param name="Title">What tables call it.</param>
/// <param name="Cases">The cases that contenders are told to measure.</param>
/// <param name="Contenders">Who is measured.</param>
/// <param name="Comparisons">The rows of its table.</param>
internal sealed record Scenario(
    string Name, string Title, IReadOnlyList<string> Cases, IReadOnlyList<Contender> Contenders, IReadOnlyList<Comparison> Comparisons)
{
    /// <summary>The cases where time is short. Default: all.</summary>
    public IReadOnlyList<string> ShortCases { get; init; } = Cases;

    /// <summary>Whether it is measured where time is short, without being named. Default: yes.</summary>
    public bool IsForDailyUse { get; init; } = true;

    /// <summary>The case that shows whether it works at all. Default: the last.</summary>
    public string SmokeCase { get; init; } = Cases[^1];

    /// <summary>The same with some of its cases.</summary>
    /// <param name="cases">Which.</param>
    public Scenario With(IReadOnlyList<string> cases) =>
        this with { Cases = cases, Comparisons = [.. Comparisons.Where(comparison => cases.Contains(comparison.Case))] };
}
