using WorkerPool.Supervisor.Workers;

namespace WorkerPool.Supervisor.Tests.Workers;

public sealed class RestartIntensityTests
{
    private readonly RestartIntensity _intensity = new(3, TimeSpan.FromSeconds(10));

    [Fact]
    public void It_is_exceeded_by_as_many_failures_within_the_period() => Assert.Equal([false, false, true], FailAt(0, 5, 10));

    [Fact]
    public void Failures_are_forgotten_when_the_period_is_over() => Assert.Equal([false, false, false, true], FailAt(0, 5, 11, 12));

    [Fact]
    public void A_start_that_succeeds_forgets_all_failures()
    {
        FailAt(0, 1);
        _intensity.Reset();
        Assert.Equal([false, false, true], FailAt(2, 3, 4));
    }

    private List<bool> FailAt(params int[] seconds) => [.. seconds.Select(second => _intensity.Exceeds(TimeSpan.FromSeconds(second)))];
}
