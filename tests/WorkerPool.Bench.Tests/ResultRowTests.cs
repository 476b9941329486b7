using WorkerPool.Bench.Measuring;
using WorkerPool.Bench.Reports;
using WorkerPool.Bench.Scenarios;

namespace WorkerPool.Bench.Tests;

/// <summary>Rows of reports: ratios, targets, what is missing.</summary>
public sealed class ResultRowTests
{
    private static readonly Comparison Comparison = new("16", Metrics.ItemsPerSecond, "ours", Target.AtLeast(3)) { Other = "peer" };

    [Theory(DisplayName = "A target is met by the ratio of the medians")]
    [InlineData(300, true)]
    [InlineData(299, false)]
    public void Ratio(double median, bool isMet)
    {
        var measurements = new Measurements();
        foreach (var value in (double[])[median, 1, 1_000_000])
        {
            measurements.Add("ours", new Reading("16", Metrics.ItemsPerSecond, value));
        }

        measurements.Add("peer", new Reading("16", Metrics.ItemsPerSecond, 100));

        var row = ResultRow.Of(Comparison, measurements);

        Assert.Equal(median / 100, row.Ratio);
        Assert.Equal(isMet, row.IsMet);
    }

    [Fact(DisplayName = "A peer that is missing is said to be missing, and decides nothing")]
    public void Missing()
    {
        var measurements = new Measurements();
        measurements.Add("ours", new Reading("16", Metrics.ItemsPerSecond, 1));
        measurements.Missing.Add("peer", "no peer (Debian: peer)");

        var row = ResultRow.Of(Comparison, measurements);

        Assert.Null(row.IsMet);
        Assert.Contains("missing: no peer (Debian: peer)", row.Cells);
    }

    [Fact(DisplayName = "Where nothing is compared the target is one of the measurement itself")]
    public void Absolute()
    {
        var measurements = new Measurements();
        measurements.Add("ours", new Reading("start", Metrics.FirstResult, 0.2));

        var row = ResultRow.Of(new Comparison("start", Metrics.FirstResult, "ours", Target.AtMost(0.25).AsAim()), measurements);

        Assert.True(row.IsMet);
        Assert.Contains("aim ≤ 250 ms", row.Cells);
    }

    [Theory(DisplayName = "Numbers are printed with three digits and a prefix")]
    [InlineData(1_234_567, "items/s", "1.23 M items/s")]
    [InlineData(0.5, "items/s", "0.50 items/s")]
    [InlineData(97_900_000, "client B", "97.9 MB")]
    [InlineData(0.00016, "median s", "160 µs")]
    [InlineData(1.043, "makespan times", "1.04")]
    [InlineData(97.25, "of ideal %", "97.2 %")]
    [InlineData(0, "client s", "0.00 s")]
    public void Quantities(double value, string metric, string text) => Assert.Equal(text, Quantity.Text(value, metric));
}
