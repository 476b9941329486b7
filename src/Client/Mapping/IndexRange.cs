namespace WorkerPool.Client;

/// <summary>A run of consecutive indexes.</summary>
/// <param name="First">The first.</param>
/// <param name="Last">The last.</param>
public readonly record struct IndexRange(long First, long Last)
{
    /// <summary>How many.</summary>
    public long Count => Last - First + 1;

    /// <summary>As <c>4</c> or <c>4-9</c>.</summary>
    public override string ToString() =>
        First == Last ? $"{First}" : $"{First}-{Last}";

    /// <summary>Joins runs that follow each other.</summary>
    /// <param name="runs">First index and index after the last of each, rising; empty ones are left out.</param>
    /// <param name="max">The most ranges wanted.</param>
    internal static IReadOnlyList<IndexRange> Join(IEnumerable<(ulong First, ulong End)> runs, int max)
    {
        var joined = new List<IndexRange>();
        foreach (var (first, end) in runs.Where(run => run.First < run.End))
        {
            if (joined.Count > 0 && joined[^1].Last + 1 == (long)first)
            {
                joined[^1] = joined[^1] with { Last = (long)end - 1 };
            }
            else if (joined.Count == max)
            {
                break;
            }
            else
            {
                joined.Add(new IndexRange((long)first, (long)end - 1));
            }
        }

        return joined;
    }
}
