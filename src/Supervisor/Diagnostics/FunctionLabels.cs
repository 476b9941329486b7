using System.Collections.Concurrent;

namespace WorkerPool.Supervisor.Diagnostics;

/// <summary>The totals by function. Their number is bounded: what comes when it is reached is counted as "other", so
/// that a pool of many functions does not fill whoever stores its measurements. Safe for several threads.</summary>
internal sealed class FunctionLabels
{
    /// <summary>Functions with a label of their own.</summary>
    public const int MaxCount = 100;

    /// <summary>The label of all further ones.</summary>
    public const string Other = "other";

    private readonly ConcurrentDictionary<string, FunctionTotals> _totals = new(StringComparer.Ordinal);
    private FunctionTotals? _other;

    /// <summary>All there are.</summary>
    public IEnumerable<FunctionTotals> All => _other is { } other ? _totals.Values.Append(other) : _totals.Values;

    /// <summary>How long items took to run, of all functions; <c>null</c> before the first answer. On the owner loop.</summary>
    public TimeSummary? ReadAll()
    {
        var all = new TimeHistogram();
        foreach (var totals in All)
        {
            all.Add(totals.Times);
        }

        return all.Read(withBuckets: true);
    }

    /// <summary>The totals of a function.</summary>
    /// <param name="function">Its name.</param>
    public FunctionTotals Of(string function)
    {
        if (_totals.TryGetValue(function, out var known))
        {
            return known;
        }

        // ConcurrentDictionary.Count takes locks, but only a new name comes here, or one too many.
        return _other ?? (_totals.Count < MaxCount
            ? _totals.GetOrAdd(function, static name => new FunctionTotals(name))
            : _other = new FunctionTotals(Other));
    }
}
