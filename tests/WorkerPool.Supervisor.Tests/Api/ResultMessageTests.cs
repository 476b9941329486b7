using CsCheck;
using WorkerPool.Protocol.Packing;
using WorkerPool.Supervisor.Api;
using WorkerPool.Supervisor.Jobs;
using WorkerPool.V1;

namespace WorkerPool.Supervisor.Tests.Api;

public sealed class ResultMessageTests
{
    [Fact]
    public void Small_runs_that_follow_each_other_become_one()
    {
        var message = new ResultMessage();
        message.Add(new ResultRun(5, Runs.OfSizes(1), []));
        message.Add(new ResultRun(6, Runs.OfSizes(0), [Runs.Error(6)]));
        message.Add(new ResultRun(7, Runs.OfSizes(2, 3), []));
        Assert.Equal((4ul, 6ul), (message.Count, message.ByteCount));
        var batch = Assert.Single(message.Take().Batches);
        Assert.Equal((5ul, 4), (batch.FirstIndex, batch.Values.ItemCount));
        Assert.Equal(6ul, Assert.Single(batch.Errors).Index);
    }

    [Fact]
    public void A_gap_and_a_large_run_begin_a_batch()
    {
        var message = new ResultMessage();
        message.Add(new ResultRun(0, Runs.OfSizes(1), []));
        message.Add(new ResultRun(2, Runs.OfSizes(1), []));
        message.Add(new ResultRun(3, Runs.OfSizes(5000), []));
        message.Add(new ResultRun(4, Runs.OfSizes(1), []));
        Assert.Equal([0ul, 2, 3, 4], message.Take().Batches.Select(batch => batch.FirstIndex));
    }

    [Fact]
    public void What_was_charged_travels_along()
    {
        var message = new ResultMessage();
        Assert.True(message.IsEmpty);
        message.Add(ResultRun.OfCharge(new SpentAttempts { Index = 3, Crashes = 1 }));
        Assert.False(message.IsEmpty);
        Assert.Equal(3ul, Assert.Single(message.Take().Spent).Index);
    }

    [Fact]
    public void Whatever_goes_in_comes_out_once_under_its_index() =>
        Gen.Select(Gen.Int[0, 3], Gen.Int[0, 900].Array[1, 4]).Array[0, 30].Sample(runs =>
        {
            var message = new ResultMessage();
            var expected = new List<(ulong, uint)>();
            var next = 0UL;
            foreach (var (gap, sizes) in runs)
            {
                next += (ulong)gap;
                message.Add(new ResultRun(next, Runs.OfSizes(sizes), []));
                expected.AddRange(sizes.Select(size => (next++, (uint)size)));
            }

            Assert.Equal((ulong)expected.Count, message.Count);
            var came = new List<(ulong, uint)>();
            foreach (var batch in message.Take().Batches)
            {
                Assert.True(PackedRun.TryRead(batch.Values, out var values, out _));
                came.AddRange(Enumerable.Range(0, values.Count).Select(i => (batch.FirstIndex + (ulong)i, values.SizeOf(i))));
            }

            Assert.Equal(expected, came);
        });
}
