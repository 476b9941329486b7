using System.Globalization;
using WorkerPool.Client;

namespace WorkerPool.Cli.Output;

/// <summary>Why a job is where it is, for people: what was found, then where its time went.</summary>
internal static class ExplanationText
{
    private const int MostItems = 3;

    /// <summary>The lines.</summary>
    public static IEnumerable<string> Lines(JobExplanation explanation)
    {
        var job = explanation.Job;
        var label = job.Label.Length > 0 ? $" ({Messages.OneLine(job.Label)})" : "";
        yield return $"{job.Id}, {Messages.OneLine(job.Function)}{label}, {Words.Of(job.State)} for {Quantity.Time(job.Elapsed)}:";
        foreach (var finding in explanation.Findings)
        {
            yield return $"  {Words.Of(finding.Severity),-7}  {Messages.OneLine(finding.Sentence)}";
        }

        if (job.ItemTimes is { } times)
        {
            yield return $"  items    {Times(times)}";
        }

        if (job.WorkerTimes.Sum > TimeSpan.Zero)
        {
            yield return $"  workers  {Shares(job.WorkerTimes)}";
        }

        if (job.SlowestItems.Count > 0)
        {
            yield return "  slowest  " + string.Join(", ", job.SlowestItems.Take(MostItems).Select(item =>
                string.Create(CultureInfo.InvariantCulture, $"item {item.Index} ({Quantity.Time(item.RanFor)} on {item.Worker})")));
        }
    }

    /// <summary>Percentiles in a line.</summary>
    public static string Times(ItemTimes times) =>
        $"p50 {Short(times.P50)}, p90 {Short(times.P90)}, p99 {Short(times.P99)}, longest {Short(times.Max)}, of {Quantity.Count(times.Count)}";

    /// <summary>Shares of time in a line.</summary>
    public static string Shares(WorkerTimes times) => string.Create(
        CultureInfo.InvariantCulture,
        $"working {times.ShareOf(times.Working):0 %}, waiting {times.ShareOf(times.Waiting):0 %}, sending {times.ShareOf(times.Sending):0 %}, "
        + $"initializing {times.ShareOf(times.Initializing):0 %}, starting {times.ShareOf(times.Starting):0 %}");

    /// <summary>A time of items, which may be quicker than what a <see cref="Quantity"/> shows.</summary>
    public static string Short(TimeSpan time) => time.TotalMilliseconds switch
    {
        < 0.0995 => string.Create(CultureInfo.InvariantCulture, $"{time.TotalMicroseconds:0.#} µs"),
        < 9.95 => string.Create(CultureInfo.InvariantCulture, $"{time.TotalMilliseconds:0.##} ms"),
        _ => Quantity.Time(time),
    };
}
