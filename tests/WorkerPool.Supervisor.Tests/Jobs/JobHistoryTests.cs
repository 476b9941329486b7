using CsCheck;
using WorkerPool.Supervisor.Jobs;

namespace WorkerPool.Supervisor.Tests.Jobs;

public sealed class JobHistoryTests
{
    private static readonly TimeSpan Age = TimeSpan.FromSeconds(60);

    [Fact]
    public void A_job_that_is_kept_is_found_as_it_ended()
    {
        var history = new JobHistory(10, Age);
        var job = Snapshots.Of(7);
        history.Add(job, TimeSpan.Zero);
        Assert.Same(job, history.Find("job-7", TimeSpan.Zero));
        Assert.Same(job, Assert.Single(history.All(TimeSpan.Zero)));
        Assert.Null(history.Find("job-8", TimeSpan.Zero));
    }

    [Fact]
    public void No_more_are_kept_than_there_is_room_for_and_none_longer_than_a_time() =>
        Gen.Select(Gen.Int[1, 6], Gen.Int[0, 40].Array[0, 20], Gen.Int[0, 100]).Sample((capacity, waits, wait) =>
        {
            var history = new JobHistory(capacity, Age);
            var now = TimeSpan.Zero;
            var ended = new List<(ulong Number, TimeSpan At)>();
            foreach (var seconds in waits)
            {
                now += TimeSpan.FromSeconds(seconds);
                ended.Add(((ulong)ended.Count + 1, now));
                history.Add(Snapshots.Of((ulong)ended.Count), now);
            }

            now += TimeSpan.FromSeconds(wait);
            var expected = ended.TakeLast(capacity).Where(job => now - job.At <= Age).Select(job => job.Number).ToList();
            Assert.All(ended, job => Assert.Equal(expected.Contains(job.Number), history.Find($"job-{job.Number}", now) is not null));
            Assert.Equal(expected, history.All(now).Select(job => job.Number));
        });
}
