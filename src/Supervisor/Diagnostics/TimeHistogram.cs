using WorkerPool.Protocol.Timing;
using WorkerPool.Worker.V1;

namespace WorkerPool.Supervisor.Diagnostics;

/// <summary>
/// How long items took to run, by bucket: added to once for a message of results, never for an item. It holds no more buckets than lie
/// between the shortest and the longest. Pure; one thread.
/// </summary>
internal sealed class TimeHistogram
{
    private const int RoomAtEnds = 4;

    private long[] _counts = [];
    private int _first;
    private long _count;
    private double _sumNanoseconds;
    private ulong _longest;

    /// <summary>Adds the times of a message of results that <see cref="IsSound"/>.</summary>
    /// <param name="count">Results in it. Range: 1 and up.</param>
    /// <param name="results">The message.</param>
    public void Add(int count, ChunkResults results)
    {
        _count += count;
        _sumNanoseconds += results.BusyNanoseconds;
        _longest = Math.Max(_longest, LongestOf(results));
        if (results.Times is not { } times)
        {
            // One result; or a worker that does not say more, whose items are taken to be alike.
            Bucket(TimeBuckets.Of(results.BusyNanoseconds / (ulong)count)) += count;
            return;
        }

        for (var i = 0; i < times.Counts.Count; i++)
        {
            if (times.Counts[i] > 0)
            {
                Bucket((int)times.FirstBucket + i) += times.Counts[i];
            }
        }
    }

    /// <summary>Adds what another has.</summary>
    /// <param name="other">The other.</param>
    public void Add(TimeHistogram other)
    {
        _count += other._count;
        _sumNanoseconds += other._sumNanoseconds;
        _longest = Math.Max(_longest, other._longest);
        for (var i = 0; i < other._counts.Length; i++)
        {
            if (other._counts[i] > 0)
            {
                Bucket(other._first + i) += other._counts[i];
            }
        }
    }

    /// <summary>What it comes to; <c>null</c> while there is nothing.</summary>
    /// <param name="withBuckets">Whether the summary is to have buckets.</param>
    public TimeSummary? Read(bool withBuckets = false) => _count == 0
        ? null
        : new TimeSummary(
            _count, At(0.5), At(0.9), At(0.99), Span(_longest), TimeSpan.FromMicroseconds(_sumNanoseconds / 1000), withBuckets ? Buckets() : []);

    /// <summary>The longest time in a message of results, in nanoseconds.</summary>
    /// <param name="results">The message.</param>
    public static ulong LongestOf(ChunkResults results) => results.Times?.SlowestNanoseconds ?? results.BusyNanoseconds;

    /// <summary>Whether the times of a message are of as many results as it has.</summary>
    /// <param name="count">Its results.</param>
    /// <param name="results">The message.</param>
    public static bool IsSound(int count, ChunkResults results)
    {
        if (results.Times is not { } times)
        {
            return true;
        }

        var sum = 0L;
        for (var i = 0; i < times.Counts.Count; i++)
        {
            sum += times.Counts[i];
        }

        return sum == count && times.FirstBucket + (long)times.Counts.Count <= TimeBuckets.Count && times.SlowestPosition < count;
    }

    private static TimeSpan Span(ulong nanoseconds) => TimeSpan.FromMicroseconds(nanoseconds / 1000.0);

    // The longest time that a share of the items did not exceed: that of its bucket.
    private TimeSpan At(double share)
    {
        var wanted = (long)Math.Ceiling(share * _count);
        var position = 0;
        for (var seen = _counts[0]; seen < wanted && position < _counts.Length - 1; seen += _counts[position])
        {
            position++;
        }

        return Span(Math.Min(_longest, TimeBuckets.Longest(_first + position)));
    }

    // By powers of two: as fine as a picture needs.
    private List<(TimeSpan UpTo, long Count)> Buckets()
    {
        var buckets = new List<(TimeSpan, long)>();
        var end = _first + _counts.Length;
        for (var bucket = 0; bucket < end; bucket += TimeBuckets.PerPowerOfTwo)
        {
            var sum = 0L;
            for (var i = Math.Max(bucket, _first); i < Math.Min(bucket + TimeBuckets.PerPowerOfTwo, end); i++)
            {
                sum += _counts[i - _first];
            }

            if (sum > 0 || buckets.Count > 0)
            {
                buckets.Add((Span(TimeBuckets.Longest(bucket + TimeBuckets.PerPowerOfTwo - 1) + 1), sum));
            }
        }

        var kept = buckets.FindLastIndex(bucket => bucket.Item2 > 0) + 1;
        return buckets[..kept];
    }

    private ref long Bucket(int bucket)
    {
        if (bucket < _first || bucket >= _first + _counts.Length)
        {
            Grow(bucket);
        }

        return ref _counts[bucket - _first];
    }

    private void Grow(int bucket)
    {
        var first = _counts.Length == 0 ? bucket : Math.Min(_first, bucket);
        var end = Math.Max(_first + _counts.Length, bucket + 1);
        first = Math.Max(0, first - RoomAtEnds);
        end = Math.Min(TimeBuckets.Count, end + RoomAtEnds);
        var counts = new long[end - first];
        _counts.CopyTo(counts, _counts.Length == 0 ? 0 : _first - first);
        (_first, _counts) = (first, counts);
    }
}

/// <summary>How long items took to run. Percentiles are the longest time of a bucket: exact to an eighth.</summary>
/// <param name="Count">Items. Range: 1 and up.</param>
/// <param name="P50">Half took no longer.</param>
/// <param name="P90">Nine of ten took no longer.</param>
/// <param name="P99">99 of a hundred took no longer.</param>
/// <param name="Max">The longest; exact.</param>
/// <param name="Sum">All together.</param>
/// <param name="Buckets">How many took up to a time and longer than the one before, each bound twice the one before; none where they
/// were not asked for.</param>
internal sealed record TimeSummary(
    long Count,
    TimeSpan P50,
    TimeSpan P90,
    TimeSpan P99,
    TimeSpan Max,
    TimeSpan Sum,
    IReadOnlyList<(TimeSpan UpTo, long Count)> Buckets);
