using WorkerPool.Bench.Measuring;
using WorkerPool.Bench.Scenarios;
using WorkerPool.Bench.Statistics;

namespace WorkerPool.Bench.Reports;

/// <summary>A row: what was measured of a comparison.</summary>
/// <param name="Comparison">The comparison.</param>
/// <param name="Ours">Of ours; <c>null</c> if it could not be measured.</param>
/// <param name="Other">Of the other; <c>null</c> if it could not be measured, or nothing is compared.</param>
/// <param name="Note">Why something was not measured.</param>
internal sealed record ResultRow(Comparison Comparison, Sample? Ours, Sample? Other, string? Note)
{
    /// <summary>The columns of a table.</summary>
    public static IReadOnlyList<string> Columns { get; } = ["case", "ours", "median", "spread", "compared with", "median", "spread", "ratio", "target", "met"];

    /// <summary>Ratio of the medians: ours to the other's.</summary>
    public double? Ratio => Other is { Median: not 0 } ? Ours?.Median / Other.Median : null;

    /// <summary>Whether the target is met; <c>null</c> where there is none or nothing was measured.</summary>
    public bool? IsMet => Comparison.Target is { } target && (Comparison.Other is null ? Ours?.Median : Ratio) is { } value ? target.IsMetBy(value) : null;

    /// <summary>The cells, one a column.</summary>
    public IReadOnlyList<string> Cells =>
    [
        Quantity.Name(Comparison.Metric) is { Length: > 0 } what ? $"{Comparison.Case}: {what}" : Comparison.Case,
        Comparison.Ours,
        Ours is null ? "not measured" : Quantity.Text(Ours.Median, Comparison.Metric),
        Spread(Ours, Comparison.Metric),
        Comparison.Other ?? "",
        Other is null ? Note ?? "" : Quantity.Text(Other.Median, OtherMetric),
        Spread(Other, OtherMetric),
        Ratio is { } ratio ? Quantity.Ratio(ratio) : "",
        Comparison.Target is { } target ? target.Text(Comparison.Other is null ? Quantity.Text(target.Bound, Comparison.Metric) : Quantity.Ratio(target.Bound)) : "",
        IsMet switch { true => "yes", false => "no", null => "" },
    ];

    private string OtherMetric => Comparison.OtherMetric ?? Comparison.Metric;

    /// <summary>The row of a comparison.</summary>
    public static ResultRow Of(Comparison comparison, Measurements measurements)
    {
        var ours = measurements.Of(comparison.Ours, comparison.Case, comparison.Metric);
        if (comparison.Other is not { } other)
        {
            return new ResultRow(comparison, ours, null, null);
        }

        var sample = measurements.Of(other, comparison.OtherCase ?? comparison.Case, comparison.OtherMetric ?? comparison.Metric);
        var note = sample is not null ? null : measurements.Missing.TryGetValue(other, out var reason) ? $"missing: {reason}" : "not measured";
        return new ResultRow(comparison, ours, sample, note);
    }

    private static string Spread(Sample? sample, string metric) => sample is null or { Values.Count: < 2 }
        ? ""
        : $"{Quantity.Text(sample.Least, metric)} … {Quantity.Text(sample.Greatest, metric)}";
}
