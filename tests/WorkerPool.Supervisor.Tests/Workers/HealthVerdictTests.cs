using WorkerPool.Supervisor.Workers;

namespace WorkerPool.Supervisor.Tests.Workers;

public sealed class HealthVerdictTests
{
    private readonly HealthVerdict _verdict = new(TimeSpan.FromSeconds(3), start: TimeSpan.FromSeconds(100));

    [Theory]
    [InlineData(103, false)]
    [InlineData(103.001, true)]
    public void Silence_is_borne_up_to_its_limit(double now, bool isDead) => Assert.Equal(isDead, _verdict.IsDead(TimeSpan.FromSeconds(now)));

    [Fact]
    public void Any_sign_of_life_begins_the_silence_anew()
    {
        _verdict.Sign(TimeSpan.FromSeconds(102));
        Assert.False(_verdict.IsDead(TimeSpan.FromSeconds(105)));
        Assert.True(_verdict.IsDead(TimeSpan.FromSeconds(105.5)));
    }

    [Fact]
    public void A_sign_that_comes_late_takes_nothing_back()
    {
        _verdict.Sign(TimeSpan.FromSeconds(102));
        _verdict.Sign(TimeSpan.FromSeconds(101));
        Assert.False(_verdict.IsDead(TimeSpan.FromSeconds(105)));
    }
}
