using CsCheck;
using WorkerPool.Protocol.Packing;
using WorkerPool.Supervisor.Jobs;

namespace WorkerPool.Supervisor.Tests.Jobs;

public sealed class OutputGateTests
{
    [Fact]
    public void No_more_goes_than_the_window_has_and_nothing_is_lost() =>
        Gen.Select(Gen.Int[1, 30], Gen.Int[0, 40].Array[1, 4].Array[1, 12], Gen.Int[1, 3]).Sample((window, runs, acknowledgedAtOnce) =>
        {
            var gate = new OutputGate(window);
            ulong index = 0;
            foreach (var sizes in runs)
            {
                gate.Add(Runs.Results(index, sizes));
                index += (ulong)sizes.Length;
            }

            var all = runs.SelectMany(sizes => sizes).ToList();
            var sent = new List<int>();
            var acknowledged = 0;
            while (sent.Count < all.Count || acknowledged < all.Count)
            {
                var before = sent.Count + acknowledged;
                while (gate.TryTake(out var run))
                {
                    Assert.Equal((ulong)sent.Count, run.FirstIndex);
                    var open = sent.Skip(acknowledged).Sum();
                    Assert.True(
                        open + run.ByteCount <= window || (open == 0 && run.Count == 1), "more bytes go than the window has");
                    sent.AddRange(Enumerable.Range(0, run.Count).Select(i => (int)run.Values.SizeOf(i)));
                }

                acknowledged = Math.Min(sent.Count, acknowledged + acknowledgedAtOnce);
                gate.Acknowledge(sent.Take(acknowledged).Sum());
                Assert.True(sent.Count + acknowledged > before, "the gate is stuck");
            }

            Assert.Equal(all, sent);
            Assert.True(gate.IsEmpty);
            Assert.Equal(0, gate.ByteCount);
            Assert.Equal((ulong)all.Count, gate.SentCount);
            Assert.Equal(all.Sum(), gate.SentBytes);
        });

    [Fact]
    public void Errors_stay_with_their_results_when_a_run_is_divided()
    {
        var gate = new OutputGate(10);
        gate.Add(new ResultRun(5, Runs.OfSizes(6, 0, 6), [Runs.Error(6)]));
        Assert.True(gate.TryTake(out var first));
        Assert.Equal((2, 6ul), (first.Count, first.Errors.Single().Index));
        Assert.False(gate.TryTake(out _));
        gate.Acknowledge(6);
        Assert.True(gate.TryTake(out var second));
        Assert.Equal((7ul, 0), (second.FirstIndex, second.Errors.Count));
    }

    [Fact]
    public void An_acknowledgement_that_comes_late_takes_nothing_back()
    {
        var gate = new OutputGate(4);
        gate.Acknowledge(8);
        gate.Acknowledge(2);
        gate.Add(new ResultRun(0, PackedRun.Create([12], new byte[12]), []));
        Assert.True(gate.TryTake(out _));
    }
}
