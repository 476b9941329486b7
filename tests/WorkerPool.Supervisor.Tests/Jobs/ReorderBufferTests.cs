using CsCheck;
using WorkerPool.Supervisor.Jobs;

namespace WorkerPool.Supervisor.Tests.Jobs;

public sealed class ReorderBufferTests
{
    [Fact]
    public void In_whatever_order_results_come_they_leave_in_the_order_of_the_input() =>
        Gen.Select(Gen.Int[0, 3], Gen.Int[1, 5], Gen.Int).Array[1, 20].Sample(runs =>
        {
            var buffer = new ReorderBuffer();
            var results = new List<(ResultRun Run, int Place)>();
            ulong next = 0;
            foreach (var (gap, count, place) in runs)
            {
                next += (ulong)gap;
                buffer.Expect(next, count);
                results.Add((Runs.Results(next, [.. Enumerable.Repeat(3, count)]), place));
                next += (ulong)count;
            }

            var left = new List<ulong>();
            foreach (var (run, _) in results.OrderBy(result => result.Place))
            {
                buffer.Add(run);
                while (buffer.TryTake(out var taken))
                {
                    left.Add(taken.FirstIndex);
                }

                Assert.Equal(results.Where(result => !left.Contains(result.Run.FirstIndex)).Select(result => (ulong?)result.Run.FirstIndex).FirstOrDefault(), buffer.NextIndex);
            }

            Assert.Equal(results.Select(result => result.Run.FirstIndex), left);
            Assert.Equal(0, buffer.ByteCount);
            Assert.Null(buffer.NextIndex);
        });

    [Fact]
    public void A_range_may_be_answered_in_pieces()
    {
        var buffer = new ReorderBuffer();
        buffer.Expect(0, 2);
        buffer.Expect(2, 2);
        buffer.Add(Runs.Results(1, 5, 5));
        Assert.False(buffer.TryTake(out _));
        Assert.Equal(10, buffer.ByteCount);
        buffer.Add(Runs.Results(0, 5));
        Assert.True(buffer.TryTake(out var first) && first.FirstIndex == 0);
        Assert.True(buffer.TryTake(out var second) && second.FirstIndex == 1);
        Assert.Equal(3ul, buffer.NextIndex);
        Assert.False(buffer.TryTake(out _));
    }

    [Fact]
    public void Announcing_nothing_expects_nothing()
    {
        var buffer = new ReorderBuffer();
        buffer.Expect(7, 0);
        Assert.Null(buffer.NextIndex);
    }
}
