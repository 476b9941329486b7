using Microsoft.Extensions.Time.Testing;
using WorkerPool.Supervisor.Dispatch;
using WorkerPool.Supervisor.Jobs;
using Encoding = WorkerPool.V1.Encoding;

namespace WorkerPool.Supervisor.Tests.Jobs;

public sealed class LookaheadTests
{
    private const long Mebibyte = 1 << 20;
    private static readonly JobLimits Limits = new(65_536, 64 * Mebibyte, 1 << 24);
    private static readonly Lookahead Window = new(Limits.WindowItems, Limits.WindowBytes);

    [Theory]
    [InlineData(null, 2, 6, 2)]
    [InlineData(null, 0, 6, 2)]
    [InlineData(null, 1, 6, 2)]
    [InlineData(null, 16, 34, 16)]
    [InlineData(100, 2, 600, 2)]
    [InlineData(null, 64, 130, 64)]
    [InlineData(null, 500, 1002, 64)]
    [InlineData(65_536, 2, 65_536, 2)]
    public void Before_an_item_has_run_it_is_what_the_workers_take(int? chunkSize, int runners, long items, long mebibytes) =>
        Assert.Equal(new Lookahead(items, mebibytes * Mebibyte), Lookahead.Of(Limits, chunkSize, runners, 1, null));

    // 16 MiB a second of both workers.
    [Theory]
    [InlineData(1000, 100e3, true)]
    [InlineData(1000, 130e3, false)]
    [InlineData(1 << 20, 100e6, true)]
    [InlineData(1 << 20, 130e6, false)]
    [InlineData(4, 100, true)]
    [InlineData(4, 10e6, false)]
    public void Only_many_bytes_a_second_are_limited(double bytes, double nanoseconds, bool isLimited) =>
        Assert.Equal(isLimited ? new Lookahead(6, 2 * Mebibyte) : Window, Lookahead.Of(Limits, null, 2, bytes, nanoseconds));

    [Fact]
    public void It_is_never_more_than_the_window()
    {
        var narrow = new JobLimits(3, 1000, 100);
        Assert.Equal(new Lookahead(3, 1000), Lookahead.Of(narrow, null, 2, 1, null));
    }

    [Fact]
    public void A_job_knows_it_as_of_its_last_answer_and_of_the_workers_that_are_up()
    {
        var host = new FakeJobHost { RunnerCount = 2 };
        var order = new WorkOrder("f", Encoding.Json, Encoding.Json, null, 0);
        var job = new Job(1, new JobSpec(order), Limits, host, new FakeTimeProvider());
        Assert.Equal(new Lookahead(6, 2 * Mebibyte), job.Lookahead);
        job.Measured(1, Mebibyte, 1e6);
        Assert.Equal(new Lookahead(6, 2 * Mebibyte), job.Lookahead);
        host.RunnerCount = 8;
        job.Measured(1, Mebibyte, 1e6);
        Assert.Equal(new Lookahead(18, 8 * Mebibyte), job.Lookahead);
        job.Measured(1, Mebibyte, 10e9);
        Assert.Equal(Window, job.Lookahead);
    }
}
