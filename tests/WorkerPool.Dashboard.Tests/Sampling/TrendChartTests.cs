using WorkerPool.Dashboard.Sampling;

namespace WorkerPool.Dashboard.Tests.Sampling;

/// <summary>Lines as they are drawn.</summary>
public sealed class TrendChartTests
{
    [Theory]
    [InlineData(1, 1)]
    [InlineData(1.1, 2)]
    [InlineData(3, 5)]
    [InlineData(51, 100)]
    [InlineData(100, 100)]
    [InlineData(0.0003, 0.0005)]
    public void The_upper_edge_is_a_round_number_that_nothing_exceeds(double value, double top) =>
        Assert.Equal(top, TrendChart.NiceTop(value), 1e-9);

    [Fact]
    public void The_newest_value_is_at_the_right_edge_and_the_largest_at_the_top()
    {
        Assert.Equal("98,23 99,12 100,1", LinePath.Of([0, 5, 10], capacity: 101, top: 10));
        Assert.Equal("", LinePath.Of([], capacity: 101, top: 10));
    }

    [Fact]
    public void What_exceeds_the_edge_stays_inside() => Assert.Equal("100,1", LinePath.Of([11], capacity: 101, top: 10));

    [Fact]
    public void A_chart_without_values_has_no_line()
    {
        var chart = TrendChart.Of([], value => $"{value}");
        Assert.Equal("", chart.Line);
        Assert.Equal("1", chart.TopText);
    }
}
