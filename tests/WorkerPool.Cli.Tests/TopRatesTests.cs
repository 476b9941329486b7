using WorkerPool.Cli.Top;
using WorkerPool.Client;

namespace WorkerPool.Cli.Tests;

public sealed class TopRatesTests
{
    private readonly TopRates _rates = new();

    [Fact]
    public void Rates_are_of_what_came_between_two_looks()
    {
        _rates.Add(Sample(seconds: 10, answered: 100));
        Assert.Equal(0, _rates.Pool);
        Assert.Empty(_rates.Past);
        var sample = Sample(seconds: 12, answered: 150);
        _rates.Add(sample);
        Assert.Equal((25.0, 25.0, 25.0), (_rates.Pool, _rates.Of(sample.Jobs[0]), _rates.Of(sample.Workers[0])));
        Assert.Equal(0.5, _rates.ProcessorsOf(sample.Workers[0]));
        Assert.Equal([25.0], _rates.Past);
    }

    [Fact]
    public void Another_process_in_a_slot_begins_anew()
    {
        _rates.Add(Sample(seconds: 10, answered: 100));
        var sample = Sample(seconds: 12, answered: 7, incarnation: 2);
        _rates.Add(sample);
        Assert.Equal((0.0, 0.0, (double?)null), (_rates.Pool, _rates.Of(sample.Workers[0]), _rates.ProcessorsOf(sample.Workers[0])));
    }

    [Fact]
    public void A_job_that_was_not_seen_before_has_the_rate_of_its_life()
    {
        _rates.Add(Sample(seconds: 10, answered: 100));
        Assert.Equal(3, _rates.Of(new JobStatus { Id = "job-9", State = JobState.Running, ItemsPerSecond = 3 }));
    }

    [Fact]
    public void No_more_of_the_past_is_kept_than_is_shown()
    {
        for (var second = 0; second <= TopRates.MostPast + 10; second++)
        {
            _rates.Add(Sample(second, second));
        }

        Assert.Equal(TopRates.MostPast, _rates.Past.Count);
    }

    [Theory]
    [InlineData("", new double[0])]
    [InlineData("▁▁", new double[] { 0, 0 })]
    [InlineData("▁▅█", new double[] { 0, 4, 8 })]
    [InlineData("█", new double[] { 0.001 })]
    public void Numbers_are_bars(string expected, double[] numbers) => Assert.Equal(expected, Sparkline.Of(numbers));

    private static TopSample Sample(double seconds, long answered, long incarnation = 1) => new(
        TimeSpan.FromSeconds(seconds),
        new PoolStatus { AnsweredItems = answered },
        [new WorkerStatus { Name = "worker-1", Incarnation = incarnation, AnsweredItems = answered, CpuTime = TimeSpan.FromSeconds(seconds / 2) }],
        [new JobStatus { Id = "job-1", State = JobState.Running, Ledger = new JobLedger(answered, answered, 0, 0) }]);
}
