using WorkerPool.Supervisor.Workers;

namespace WorkerPool.Supervisor.Tests.Workers;

public sealed class FailureRowTests
{
    private readonly FailureRow _row = new(TimeSpan.FromSeconds(30));

    [Fact]
    public void Failures_are_in_a_row_until_a_worker_lasts()
    {
        _row.Failed(TimeSpan.Zero);
        _row.Failed(TimeSpan.FromSeconds(29));
        Assert.Equal(2, _row.Count(readyFor: null));
        Assert.Equal(2, _row.Count(TimeSpan.FromSeconds(30)));
        Assert.Equal(0, _row.Count(TimeSpan.FromSeconds(31)));
        _row.Failed(TimeSpan.FromSeconds(31));
        Assert.Equal(1, _row.Count(readyFor: null));
    }
}
