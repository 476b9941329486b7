using Google.Protobuf.WellKnownTypes;
using WorkerPool.Dashboard.Sampling;
using WorkerPool.V1;

namespace WorkerPool.Dashboard.Tests.Sampling;

/// <summary>How long the items of the last second took, from the counts since the start.</summary>
public sealed class ItemTimeDifferenceTests
{
    [Fact]
    public void Only_what_came_since_counts()
    {
        var difference = ItemTimeDifference.Between(Times((1, 1000), (2, 10)), Times((1, 1000), (2, 110)));
        Assert.InRange(difference.Percentile(0.5).TotalMilliseconds, 1, 2);
        Assert.InRange(difference.Percentile(0.99).TotalMilliseconds, 1.9, 2);
    }

    [Fact]
    public void Percentiles_lie_within_their_buckets()
    {
        var difference = ItemTimeDifference.Between(null, Times((1, 90), (2, 0), (4, 9), (8, 1)));
        Assert.InRange(difference.Percentile(0.5).TotalMilliseconds, 0.5, 1);
        Assert.InRange(difference.Percentile(0.95).TotalMilliseconds, 2, 4);
        Assert.InRange(difference.Percentile(1).TotalMilliseconds, 4, 8);
    }

    [Fact]
    public void Nothing_takes_no_time()
    {
        Assert.Equal(TimeSpan.Zero, ItemTimeDifference.Between(null, null).Percentile(0.5));
        Assert.Equal(TimeSpan.Zero, ItemTimeDifference.Between(Times((1, 5)), Times((1, 5))).Percentile(0.99));
    }

    private static ItemTimes Times(params (double Milliseconds, ulong Count)[] buckets) => new()
    {
        Histogram = { buckets.Select(bucket => new TimeBucket { UpTo = Duration.FromTimeSpan(TimeSpan.FromMilliseconds(bucket.Milliseconds)), Count = bucket.Count }) },
    };
}
