using System.Collections.Concurrent;
using System.Globalization;
using Spectre.Console;

namespace WorkerPool.Chaos;

/// <summary>What a run did and found. Counting is safe for several threads.</summary>
public sealed class ChaosReport
{
    private readonly ConcurrentDictionary<string, long> _counts = new();
    private readonly List<(string What, string Value)> _rows = [];
    private readonly ConcurrentQueue<string> _breaches = [];

    /// <summary>Promises that were broken.</summary>
    public IReadOnlyCollection<string> Breaches => _breaches;

    /// <summary>Counts something.</summary>
    public void Count(string what, long times = 1) => _counts.AddOrUpdate(what, times, (_, before) => before + times);

    /// <summary>How often something was counted.</summary>
    public long CountOf(string what) => _counts.GetValueOrDefault(what);

    /// <summary>Notes a finding.</summary>
    public void Add(string what, string value)
    {
        lock (_rows)
        {
            _rows.Add((what, value));
        }
    }

    /// <summary>A promise was broken.</summary>
    public void Breach(string what) => _breaches.Enqueue(what);

    /// <summary>A promise was broken, unless it holds.</summary>
    public void Expect(bool holds, string otherwise)
    {
        if (!holds)
        {
            Breach(otherwise);
        }
    }

    /// <summary>Prints one table.</summary>
    public void Print(TextWriter output)
    {
        var table = new Table { Border = TableBorder.Ascii2 }.AddColumns("what", "value");
        foreach (var (what, value) in _rows)
        {
            table.AddRow(Markup.Escape(what), Markup.Escape(value));
        }

        foreach (var (what, times) in _counts.OrderBy(count => count.Key, StringComparer.Ordinal))
        {
            table.AddRow(Markup.Escape(what), times.ToString("N0", CultureInfo.InvariantCulture));
        }

        foreach (var breach in _breaches.Take(20))
        {
            table.AddRow("BREACH", Markup.Escape(breach));
        }

        table.AddRow("breaches", _breaches.Count.ToString(CultureInfo.InvariantCulture));
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Ansi = AnsiSupport.No, Out = new AnsiConsoleOutput(output) });
        console.Profile.Width = 150;
        console.Write(table);
    }
}
