namespace WorkerPool.Bench.Statistics;

/// <summary>What was measured of one thing in all rounds.</summary>
/// <param name="values">The values, at least one.</param>
internal sealed class Sample(IEnumerable<double> values)
{
    private readonly double[] _sorted = [.. values.Order()];

    /// <summary>The values, in rising order.</summary>
    public IReadOnlyList<double> Values => _sorted;

    /// <summary>The value in the middle; of an even number the mean of the two.</summary>
    public double Median => Quantile(0.5);

    /// <summary>The least value.</summary>
    public double Least => _sorted[0];

    /// <summary>The greatest value.</summary>
    public double Greatest => _sorted[^1];

    /// <summary>How far the values lie apart, as a share of the median.</summary>
    public double Spread => Median == 0 ? 0 : (Greatest - Least) / Median;

    /// <summary>The value below which a share of the values lies, between two of them in proportion.</summary>
    /// <param name="share">The share. Range: 0 to 1.</param>
    public double Quantile(double share)
    {
        var position = share * (_sorted.Length - 1);
        var below = (int)position;
        var above = Math.Min(below + 1, _sorted.Length - 1);
        return _sorted[below] + ((position - below) * (_sorted[above] - _sorted[below]));
    }
}
