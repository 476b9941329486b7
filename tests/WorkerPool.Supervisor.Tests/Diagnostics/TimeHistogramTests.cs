using CsCheck;
using WorkerPool.Protocol.Timing;
using WorkerPool.Supervisor.Diagnostics;
using WorkerPool.Worker.V1;

namespace WorkerPool.Supervisor.Tests.Diagnostics;

public sealed class TimeHistogramTests
{
    private static readonly Gen<ulong[]> Runs = Gen.ULong[0, 1UL << 50].Array[1, 200];

    [Fact]
    public void A_time_is_in_its_bucket_and_an_eighth_is_all_it_may_be_off() => Gen.ULong.Sample(time =>
    {
        var bucket = TimeBuckets.Of(time);
        var longest = TimeBuckets.Longest(bucket);
        Assert.InRange(bucket, 0, TimeBuckets.Count - 1);
        Assert.True(time <= longest);
        Assert.True(longest - time <= time / 8);
        Assert.True(bucket == 0 || TimeBuckets.Longest(bucket - 1) < time);
    });

    [Fact]
    public void Percentiles_are_those_of_the_times_to_an_eighth_however_messages_cut_them() => Gen.Select(Runs, Gen.Int[1, 50]).Sample((times, size) =>
    {
        var histogram = new TimeHistogram();
        foreach (var message in times.Chunk(size))
        {
            histogram.Add(message.Length, Message(message));
        }

        var summary = histogram.Read(withBuckets: true)!;
        var sorted = times.Order().ToArray();
        Assert.Equal(times.Length, summary.Count);
        Assert.Equal(times.Length, summary.Buckets.Sum(bucket => bucket.Count));
        foreach (var (share, read) in new[] { (0.5, summary.P50), (0.9, summary.P90), (0.99, summary.P99) })
        {
            var exact = sorted[(int)Math.Ceiling(share * sorted.Length) - 1] / 1e9;
            Assert.InRange(read.TotalSeconds, exact - 1e-7, (exact * 1.125) + 1e-7);
        }

        Assert.Equal(sorted[^1] / 1e9, summary.Max.TotalSeconds, 1e-7);
    });

    [Fact]
    public void Two_added_are_one_of_all() => Gen.Select(Runs, Runs).Sample((first, second) =>
    {
        TimeHistogram sum = new(), other = new(), all = new();
        sum.Add(first.Length, Message(first));
        other.Add(second.Length, Message(second));
        sum.Add(other);
        all.Add(first.Length + second.Length, Message([.. first, .. second]));
        var (expected, actual) = (all.Read(withBuckets: true)!, sum.Read(withBuckets: true)!);
        Assert.Equal(expected.Buckets, actual.Buckets);
        Assert.Equal((expected.Count, expected.P50, expected.P99, expected.Max), (actual.Count, actual.P50, actual.P99, actual.Max));
    });

    [Fact]
    public void Without_results_there_is_nothing_to_read() => Assert.Null(new TimeHistogram().Read());

    [Fact]
    public void Times_that_are_not_those_of_the_results_are_unsound()
    {
        var message = Message([10, 20, 30]);
        Assert.True(TimeHistogram.IsSound(3, message));
        Assert.False(TimeHistogram.IsSound(2, message));
        message.Times.FirstBucket = TimeBuckets.Count - 1;
        Assert.False(TimeHistogram.IsSound(3, message));
        message = Message([10, 20, 30]);
        message.Times.SlowestPosition = 3;
        Assert.False(TimeHistogram.IsSound(3, message));
    }

    private static ChunkResults Message(ulong[] times)
    {
        var message = new ChunkResults { BusyNanoseconds = times.Aggregate(0UL, (sum, time) => sum + time) };
        if (times.Length > 1)
        {
            var buckets = times.Select(TimeBuckets.Of).ToList();
            var counts = new uint[buckets.Max() - buckets.Min() + 1];
            buckets.ForEach(bucket => counts[bucket - buckets.Min()]++);
            message.Times = new ItemTimes
            {
                FirstBucket = (uint)buckets.Min(),
                Counts = { counts },
                SlowestNanoseconds = times.Max(),
                SlowestPosition = (uint)Array.IndexOf(times, times.Max()),
            };
        }

        return message;
    }
}
