using WorkerPool.Supervisor.Workers;

namespace WorkerPool.Supervisor.Tests.Workers;

public sealed class HealthVerdictTests
{
    private readonly HealthVerdict _verdict = new(TimeSpan.FromSeconds(3), start: TimeSpan.FromSeconds(100));

    [Theory]
    [InlineData(103, false)]
    [InlineData(103.001, true)]
    public void Silence_is_borne_up_to_its_limit(double now, bool isDead) => Assert.Equal(isDead, _verdict.IsDead(TimeSpan.FromSeconds(now)));

    [Theory]
    [InlineData(100.75, false)]
    [InlineData(100.76, true)]
    public void A_worker_that_has_missed_a_beat_is_probed(double now, bool isDoubtful) =>
        Assert.Equal(isDoubtful, _verdict.IsDoubtful(TimeSpan.FromSeconds(now), TimeSpan.FromSeconds(0.5)));

    [Fact]
    public void One_that_beats_is_not()
    {
        for (var beat = 100.5; beat < 110; beat += 0.5)
        {
            _verdict.Sign(TimeSpan.FromSeconds(beat));
            Assert.False(_verdict.IsDoubtful(TimeSpan.FromSeconds(beat + 0.6), TimeSpan.FromSeconds(0.5)));
        }
    }

    [Theory]
    [InlineData(2.9)]
    [InlineData(1.6)]
    public void Where_little_silence_is_borne_it_is_probed_each_time(double interval) =>
        Assert.True(_verdict.IsDoubtful(TimeSpan.FromSeconds(100.1), TimeSpan.FromSeconds(interval)));

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
