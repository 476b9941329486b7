using System.Globalization;

namespace WorkerPool.Bench.Scenarios;

/// <summary>What a ratio (or, where nothing is compared, a measurement) is to reach.</summary>
/// <param name="Bound">The bound, in the unit of what is measured.</param>
/// <param name="IsLowest">Whether it is the least that is good, else the most.</param>
/// <param name="IsAim">Whether it is an aim rather than a demand.</param>
internal sealed record Target(double Bound, bool IsLowest, bool IsAim = false)
{
    /// <summary>At least so much.</summary>
    public static Target AtLeast(double bound) => new(bound, IsLowest: true);

    /// <summary>At most so much.</summary>
    public static Target AtMost(double bound) => new(bound, IsLowest: false);

    /// <summary>The same as an aim.</summary>
    public Target AsAim() => this with { IsAim = true };

    /// <summary>Whether it is reached.</summary>
    public bool IsMetBy(double value) => IsLowest ? value >= Bound : value <= Bound;

    /// <summary>For tables.</summary>
    /// <param name="bound">The bound in words.</param>
    public string Text(string bound) => string.Create(CultureInfo.InvariantCulture, $"{(IsAim ? "aim " : "")}{(IsLowest ? '≥' : '≤')} {bound}");
}
