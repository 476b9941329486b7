using CsCheck;
using WorkerPool.Protocol.Errors;
using WorkerPool.Supervisor.Jobs;

namespace WorkerPool.Supervisor.Tests.Jobs;

public sealed class AdmissionTests
{
    private const long Mebibyte = 1 << 20;

    [Fact]
    public void A_job_beside_no_other_has_the_window_it_wants()
    {
        var admission = new Admission(new AdmissionLimits(10, 10, 4096 * Mebibyte));
        Assert.True(admission.TryOpenJob(64 * Mebibyte, 0, out var grant, out _));
        Assert.Equal((64 * Mebibyte, 128 * Mebibyte), (grant.WindowBytes, admission.ReservedBytes));
    }

    [Fact]
    public void Jobs_beyond_the_count_are_refused_until_one_ends()
    {
        var admission = new Admission(new AdmissionLimits(2, 1, 4096 * Mebibyte));
        Assert.True(admission.TryOpenJob(Mebibyte, 0, out var first, out _));
        Assert.True(admission.TryOpenJob(Mebibyte, 0, out _, out _));
        Assert.False(admission.TryOpenJob(Mebibyte, 0, out _, out var refusal));
        Assert.Equal(ErrorReasons.TooManyJobs, refusal.Reason);
        Assert.True(admission.TryOpenApply(5, out _, out _));
        Assert.False(admission.TryOpenApply(5, out _, out refusal));
        Assert.Contains("1 single calls", refusal.Message, StringComparison.Ordinal);
        admission.Close(first);
        Assert.True(admission.TryOpenJob(Mebibyte, 0, out _, out _));
    }

    [Fact]
    public void A_request_that_brings_more_than_is_left_is_refused()
    {
        var admission = new Admission(new AdmissionLimits(10, 10, 64 * Mebibyte));
        Assert.False(admission.TryOpenJob(Mebibyte, 63 * Mebibyte, out _, out var refusal));
        Assert.Equal(ErrorReasons.BuffersFull, refusal.Reason);
        Assert.False(admission.TryOpenApply(65 * Mebibyte, out _, out refusal));
        Assert.Equal(ErrorReasons.BuffersFull, refusal.Reason);
        Assert.Equal(0, admission.ReservedBytes);
    }

    [Fact]
    public void Whatever_comes_and_goes_the_limit_holds_every_job_has_the_least_window_and_nothing_leaks() =>
        Gen.Select(Gen.Int[0, 3], Gen.Long[1, 200 * Mebibyte], Gen.Long[0, 20 * Mebibyte]).Array[1, 300].Sample(steps =>
        {
            var admission = new Admission(new AdmissionLimits(1000, 1000, 256 * Mebibyte));
            var open = new Queue<AdmissionGrant>();
            foreach (var (kind, wanted, held) in steps)
            {
                if (kind == 0 && open.TryDequeue(out var over))
                {
                    admission.Close(over);
                }
                else if (kind == 1 ? admission.TryOpenApply(held, out var grant, out _) : admission.TryOpenJob(wanted, held, out grant, out _))
                {
                    Assert.True(grant.IsApply || grant.WindowBytes >= Math.Min(wanted, Admission.LeastWindow));
                    Assert.True(grant.IsApply || grant.WindowBytes <= wanted);
                    open.Enqueue(grant);
                }

                Assert.InRange(admission.ReservedBytes, 0, 256 * Mebibyte);
            }

            while (open.TryDequeue(out var rest))
            {
                admission.Close(rest);
            }

            Assert.Equal(0, admission.ReservedBytes);
        });
}
