using WorkerPool.Bench.Statistics;

namespace WorkerPool.Bench.Tests;

/// <summary>The numbers that reports are made of.</summary>
public sealed class StatisticsTests
{
    [Theory(DisplayName = "The median is the value in the middle, or between the two there")]
    [InlineData(new double[] { 7 }, 7)]
    [InlineData(new double[] { 3, 1, 2 }, 2)]
    [InlineData(new double[] { 4, 1, 3, 2 }, 2.5)]
    public void Median(double[] values, double median) => Assert.Equal(median, new Sample(values).Median);

    [Fact(DisplayName = "A quantile lies between two values in proportion")]
    public void Quantile()
    {
        var sample = new Sample(Enumerable.Range(0, 101).Select(i => (double)i));

        Assert.Equal(99, sample.Quantile(0.99));
        Assert.Equal(100, sample.Quantile(1));
        Assert.Equal(0.5, sample.Quantile(0.005), 9);
    }

    [Fact(DisplayName = "Jain's index is 1 for equal shares and 1/n where one has everything")]
    public void JainIndex()
    {
        Assert.Equal(1, Jain.Index([3, 3, 3, 3]), 9);
        Assert.Equal(0.25, Jain.Index([8, 0, 0, 0]), 9);
    }

    [Theory(DisplayName = "The list schedule gives the next item to the next free worker")]
    [InlineData(new double[] { 1, 1, 1, 1 }, 2)]
    [InlineData(new double[] { 5, 1, 1, 1 }, 5)]
    [InlineData(new double[] { 1, 1, 1, 5 }, 6)]
    [InlineData(new double[] { }, 0)]
    public void Schedule(double[] times, double makespan) => Assert.Equal(makespan, ListSchedule.Makespan(times, 2));
}
