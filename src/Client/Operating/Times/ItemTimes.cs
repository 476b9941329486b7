namespace WorkerPool.Client;

/// <summary>How long items took to run; errors count as values do. Percentiles are exact to an eighth.</summary>
/// <param name="Count">Items that were measured. Range: 1 and up.</param>
/// <param name="P50">Half of them took no longer.</param>
/// <param name="P90">Nine of ten took no longer.</param>
/// <param name="P99">99 of a hundred took no longer.</param>
/// <param name="Max">The longest; exact.</param>
/// <param name="Sum">All of them together.</param>
public sealed record ItemTimes(long Count, TimeSpan P50, TimeSpan P90, TimeSpan P99, TimeSpan Max, TimeSpan Sum)
{
    /// <summary>How many took how long, by bounds that rise, each twice the one before. None where they were not asked for.</summary>
    public IReadOnlyList<TimeBucket> Histogram { get; init; } = [];

    internal static ItemTimes? From(V1.ItemTimes? times) => times is null ? null : new ItemTimes(
        (long)times.Count,
        times.P50?.ToTimeSpan() ?? default,
        times.P90?.ToTimeSpan() ?? default,
        times.P99?.ToTimeSpan() ?? default,
        times.Max?.ToTimeSpan() ?? default,
        times.Sum?.ToTimeSpan() ?? default)
    {
        Histogram = [.. times.Histogram.Select(bucket => new TimeBucket(bucket.UpTo?.ToTimeSpan() ?? default, (long)bucket.Count))],
    };
}

/// <summary>Items that took a time above the bound before and up to this one.</summary>
/// <param name="UpTo">The bound.</param>
/// <param name="Count">How many. Range: 0 and up.</param>
public readonly record struct TimeBucket(TimeSpan UpTo, long Count);

/// <summary>How long items took to run on a worker.</summary>
/// <param name="Worker">Name of the worker, such as <c>worker-2</c>: of its slot, whichever process was in it.</param>
/// <param name="Times">How long they took.</param>
public sealed record WorkerItemTimes(string Worker, ItemTimes Times);
