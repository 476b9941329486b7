using WorkerPool.Bench.Statistics;

namespace WorkerPool.Bench.Measuring;

/// <summary>What all rounds of a scenario measured.</summary>
internal sealed class Measurements
{
    private readonly Dictionary<(string Contender, string Case, string Metric), List<double>> _values = [];

    /// <summary>Why contenders were not measured, by their names.</summary>
    public Dictionary<string, string> Missing { get; } = [];

    /// <summary>What contenders did that may not be: wrong results, crashes.</summary>
    public List<string> Breakages { get; } = [];

    /// <summary>All values.</summary>
    public IEnumerable<(string Contender, string Case, string Metric, IReadOnlyList<double> Values)> All =>
        _values.Select(entry => (entry.Key.Contender, entry.Key.Case, entry.Key.Metric, (IReadOnlyList<double>)entry.Value));

    /// <summary>Adds what a contender measured.</summary>
    /// <param name="contender">Its name.</param>
    /// <param name="reading">The reading.</param>
    public void Add(string contender, Reading reading)
    {
        var key = (contender, reading.Case, reading.Metric);
        if (!_values.TryGetValue(key, out var values))
        {
            _values.Add(key, values = []);
        }

        values.Add(reading.Value);
    }

    /// <summary>Adds the readings of all rounds.</summary>
    /// <param name="contender">The contender's name.</param>
    /// <param name="case">The case.</param>
    /// <param name="metric">The metric.</param>
    /// <param name="values">The readings.</param>
    public void Add(string contender, string @case, string metric, IEnumerable<double> values)
    {
        foreach (var value in values)
        {
            Add(contender, new Reading(@case, metric, value));
        }
    }

    /// <summary>What is known of one thing.</summary>
    /// <returns><c>null</c> if it was not measured.</returns>
    public Sample? Of(string contender, string @case, string metric) =>
        _values.TryGetValue((contender, @case, metric), out var values) ? new Sample(values) : null;
}
