using System.Globalization;
using Spectre.Console;
using Spectre.Console.Rendering;
using WorkerPool.Cli.Output;
using WorkerPool.Client;

namespace WorkerPool.Cli.Top;

/// <summary>The picture of a pool: the pool, its workers, its jobs, and below them the keys.</summary>
/// <param name="rates">What changed of late.</param>
internal sealed class TopView(TopRates rates)
{
    private const int TableHead = 3;
    private const int BarWidth = 16;

    private static readonly Dictionary<WorkerState, Color> WorkerColors = new()
    {
        [WorkerState.Busy] = Color.Green,
        [WorkerState.Starting] = Color.Yellow,
        [WorkerState.BackingOff] = Color.Red,
        [WorkerState.Stopping] = Color.Yellow,
    };

    /// <summary>The picture.</summary>
    /// <param name="sample">The pool as it was seen.</param>
    /// <param name="state">What the person has chosen.</param>
    /// <param name="explanation">Why the chosen job is where it is; <c>null</c>: that is not asked for.</param>
    /// <param name="console">What it is for: its width counts.</param>
    /// <param name="height">Lines there are; <c>null</c>: as many as it takes.</param>
    /// <param name="hasKeys">Whether keys can be pressed.</param>
    public IRenderable Of(TopSample sample, TopState state, JobExplanation? explanation, IAnsiConsole console, int? height, bool hasKeys)
    {
        var jobs = state.Sorted(sample.Jobs, rates);
        var chosen = jobs.FirstOrDefault(job => job.Id == state.Chosen) ?? (jobs.Count > 0 ? jobs[0] : null);
        List<IRenderable> head = [.. Head(sample)];
        List<IRenderable> explained = state.IsExplaining && explanation is not null ? [new Text(""), .. Explained(explanation)] : [];
        var foot = Foot(state, hasKeys);

        // Half for each table, less what the other does not need.
        var room = Math.Max(2, (height ?? int.MaxValue / 2) - head.Count - LinesOf(explained, console) - 1 - (2 * TableHead));
        var workers = Math.Min(sample.Workers.Count, Math.Max(room / 2, room - jobs.Count));
        var shownJobs = Math.Max(1, Math.Min(jobs.Count, room - workers));
        var first = Math.Clamp((chosen is null ? 0 : jobs.ToList().IndexOf(chosen)) - shownJobs + 1, 0, Math.Max(0, jobs.Count - shownJobs));
        return new Rows(
        [
            .. head,
            Table(WorkerColumns, sample.Workers.Take(workers).ToList(), console, worker => WorkerColors.GetValueOrDefault(worker.State, Color.Default)),
            Table(JobColumns(chosen, hasKeys), jobs.Skip(first).Take(shownJobs).ToList(), console, JobColor),
            .. explained,
            foot,
        ]);
    }

    private static int LinesOf(IEnumerable<IRenderable> rows, IAnsiConsole console) =>
        rows.Sum(row => Segment.SplitLines(row.GetSegments(console), console.Profile.Width).Count);

    private IEnumerable<IRenderable> Head(TopSample sample)
    {
        var pool = sample.Pool;
        yield return new Text(TextLines.ForPool(pool), new Style(pool.State == PoolState.Ready ? Color.Default : Color.Red)).Overflow(Overflow.Ellipsis);
        var times = pool.ItemTimes is { } items ? $"   items {ExplanationText.Times(items)}" : "";
        yield return new Text($"{Quantity.Rate(rates.Pool),-8} {Sparkline.Of(rates.Past)}{times}").Overflow(Overflow.Ellipsis);
        yield return new Text($"workers' time since the start: {ExplanationText.Shares(pool.WorkerTimes)}", new Style(Color.Grey)).Overflow(Overflow.Ellipsis);
    }

    private Column<WorkerStatus>[] WorkerColumns =>
    [
        new("Worker", worker => worker.Name),
        new("State", worker => worker.NextStartIn is { } next ? $"starts in {Quantity.Time(next)}" : Words.Of(worker.State)),
        new("PID", worker => worker.ProcessId?.ToString(CultureInfo.InvariantCulture) ?? "") { IsNumber = true, LeftOutFirst = 5 },
        new("Running", worker => worker.ItemIndex is { } index ? string.Create(CultureInfo.InvariantCulture, $"{worker.JobId} item {index}") : "") { LeftOutFirst = 4 },
        new("For", worker => worker.ItemRunningFor is { } time ? Quantity.Time(time) : "") { IsNumber = true, LeftOutFirst = 3 },
        new("Rate", worker => Quantity.Rate(rates.Of(worker))) { IsNumber = true },
        new("p99", worker => worker.ItemTimes is { } times ? ExplanationText.Short(times.P99) : "") { IsNumber = true, LeftOutFirst = 7 },
        new("Busy", worker => worker.WorkerTimes.ShareOf(worker.WorkerTimes.Working).ToString("0 %", CultureInfo.InvariantCulture)) { IsNumber = true, LeftOutFirst = 6 },
        new("CPU", worker => rates.ProcessorsOf(worker)?.ToString("0 %", CultureInfo.InvariantCulture) ?? "") { IsNumber = true, LeftOutFirst = 2 },
        new("Memory", worker => worker.MemoryBytes > 0 ? Quantity.Bytes(worker.MemoryBytes) : "") { IsNumber = true, LeftOutFirst = 1 },
        new("Died", worker => Quantity.Count(worker.Restarts)) { IsNumber = true, LeftOutFirst = 1 },
    ];

    private Column<JobStatus>[] JobColumns(JobStatus? chosen, bool hasKeys) =>
    [
        new("Job", job => $"{(hasKeys && job == chosen ? ">" : " ")} {job.Id}"),
        new("State", job => Words.Of(job.State)),
        new("Function", job => job.Function) { LeftOutFirst = 2 },
        new("Label", job => job.Label) { LeftOutFirst = 6 },
        new("Progress", Bar) { LeftOutFirst = 3 },
        new("Done", job => job.ItemCount is { } all ? $"{Quantity.Count(TopRates.Answered(job))}/{Quantity.Count(all)}" : Quantity.Count(TopRates.Answered(job))) { IsNumber = true },
        new("Failed", job => Quantity.Count(job.Ledger.Failed)) { IsNumber = true, LeftOutFirst = 1 },
        new("Rate", job => Quantity.Rate(rates.Of(job))) { IsNumber = true },
        new("Left", job => job is { State: JobState.Running, TimeLeft: { } left } ? Quantity.Time(left) : "") { IsNumber = true, LeftOutFirst = 1 },
        new("Workers", job => Quantity.Count(job.WorkersInUse)) { IsNumber = true, LeftOutFirst = 4 },
        new("Died", job => Quantity.Count(job.WorkerRestarts)) { IsNumber = true, LeftOutFirst = 5 },
        new("p99", job => job.ItemTimes is { } times ? ExplanationText.Short(times.P99) : "") { IsNumber = true, LeftOutFirst = 7 },
    ];

    private static string Bar(JobStatus job)
    {
        if (job.Progress is not { } progress)
        {
            return "";
        }

        var filled = (int)(BarWidth * Math.Clamp(progress, 0, 1));
        return new string('█', filled) + new string('░', BarWidth - filled);
    }

    private static Color JobColor(JobStatus job) => job.State switch
    {
        JobState.Running => job.Ledger.Failed > 0 ? Color.Yellow : Color.Green,
        JobState.Failed => Color.Red,
        _ => Color.Grey,
    };

    private static IEnumerable<IRenderable> Explained(JobExplanation explanation) => ExplanationText.Lines(explanation).Select((line, at) =>
        at > 0 && at <= explanation.Findings.Count && explanation.Findings[at - 1].Severity >= FindingSeverity.Warning
            ? new Text(line, new Style(explanation.Findings[at - 1].Severity == FindingSeverity.Error ? Color.Red : Color.Yellow))
            : new Text(line));

    private static Text Foot(TopState state, bool hasKeys) =>
        state.ToConfirm.Length > 0 ? new Text($"Cancel {state.ToConfirm}? y: yes, any other key: no", new Style(Color.Yellow))
        : state.Message.Length > 0 ? new Text(Messages.OneLine(state.Message), new Style(Color.Yellow)).Overflow(Overflow.Ellipsis)
        : new Text(
            hasKeys ? $"q quit  ↑↓ choose  e explain  c cancel  s sort (by {Words.Of(state.Order)})" : "Ctrl-C ends it; stdin is no terminal, so keys do nothing.",
            new Style(Color.Grey)).Overflow(Overflow.Ellipsis);

    private static Table Table<TRow>(IReadOnlyList<Column<TRow>> columns, IReadOnlyList<TRow> rows, IAnsiConsole console, Func<TRow, Color> color)
    {
        var table = new Table().Border(TableBorder.Simple);
        var fitting = TextTable.Fitting(columns, rows, console);
        foreach (var column in fitting)
        {
            table.AddColumn(new TableColumn(new Text(column.Title, new Style(decoration: Decoration.Bold)))
            {
                NoWrap = true,
                Padding = new Padding(1, 0, 0, 0),
                Alignment = column.IsNumber ? Justify.Right : Justify.Left,
            });
        }

        foreach (var row in rows)
        {
            table.AddRow(fitting.Select((column, at) => new Text(
                column.Title == "Job" ? column.Cell(row) : Messages.OneLine(column.Cell(row)), new Style(at == 1 ? color(row) : Color.Default))));
        }

        return table;
    }
}
