using System.Globalization;
using System.Text.RegularExpressions;

namespace WorkerPool.Functional.Tests;

/// <summary>Measurements as Prometheus reads them.</summary>
internal sealed partial class Scrape
{
    private readonly List<(string Name, string Labels, double Value)> _samples = [];

    /// <summary>Reads them from a Supervisor.</summary>
    /// <param name="address">Where it serves HTTP.</param>
    public static async Task<Scrape> OfAsync(string address)
    {
        using var http = new HttpClient();
        var scrape = new Scrape();
        foreach (var line in (await http.GetStringAsync($"{address}/metrics")).Split('\n'))
        {
            if (Sample().Match(line) is { Success: true, Groups: var parts })
            {
                scrape._samples.Add((parts[1].Value, parts[2].Value, double.Parse(parts[3].Value, CultureInfo.InvariantCulture)));
            }
        }

        return scrape;
    }

    /// <summary>The sum of the samples that have all of some labels, each as name="value".</summary>
    public double Sum(string name, params string[] labels) => _samples
        .Where(sample => sample.Name == name && labels.All(label => sample.Labels.Contains(label, StringComparison.Ordinal)))
        .Sum(sample => sample.Value);

    [GeneratedRegex(@"^(\w+)(?:\{(.*)\})? ([-+.\deE]+)$")]
    private static partial Regex Sample();
}
