using WorkerPool.V1;

namespace WorkerPool.Dashboard.Sampling;

/// <summary>How long the items took that were answered between two statuses, by the counts of their histograms. Pure.</summary>
internal sealed class ItemTimeDifference
{
    private readonly List<(TimeSpan UpTo, ulong Count)> _buckets;

    private ItemTimeDifference(List<(TimeSpan UpTo, ulong Count)> buckets) => _buckets = buckets;

    /// <summary>The items of the later status that are not in the earlier one.</summary>
    /// <param name="before">The earlier one; <c>null</c>: it had none.</param>
    /// <param name="now">The later one; <c>null</c>: it has none.</param>
    public static ItemTimeDifference Between(ItemTimes? before, ItemTimes? now)
    {
        var earlier = (before?.Histogram ?? []).ToDictionary(bucket => bucket.UpTo.ToTimeSpan(), bucket => bucket.Count);
        return new(
        [
            .. (now?.Histogram ?? [])
                .Select(bucket => (UpTo: bucket.UpTo.ToTimeSpan(), bucket.Count))
                .Select(bucket => (bucket.UpTo, Count: bucket.Count - Math.Min(bucket.Count, earlier.GetValueOrDefault(bucket.UpTo)))),
        ]);
    }

    /// <summary>The time that such a part of the items took no longer than, within the bucket that it falls into; zero without items.</summary>
    /// <param name="part">The part. Range: above 0, to 1.</param>
    public TimeSpan Percentile(double part)
    {
        var total = _buckets.Sum(bucket => (double)bucket.Count);
        if (total == 0)
        {
            return TimeSpan.Zero;
        }

        var (wanted, below) = (total * part, 0.0);
        foreach (var (upTo, count) in _buckets)
        {
            if (count > 0 && below + count >= wanted)
            {
                // Each bound is twice the one before, so the bucket begins at half of it.
                return upTo * (0.5 + (0.5 * (wanted - below) / count));
            }

            below += count;
        }

        return _buckets[^1].UpTo;
    }
}
