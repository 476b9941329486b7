using WorkerPool.Client;

namespace WorkerPool.Cli.Top;

/// <summary>What the person at the keyboard has chosen. Pure: keys come in, what is to be done comes out.</summary>
internal sealed record TopState
{
    /// <summary>In which order jobs are shown.</summary>
    public JobOrder Order { get; init; }

    /// <summary>Id of the job that is chosen; empty: the first.</summary>
    public string Chosen { get; init; } = "";

    /// <summary>Whether the chosen job's explanation is shown.</summary>
    public bool IsExplaining { get; init; }

    /// <summary>Id of the job whose cancelling waits to be confirmed; empty: of none.</summary>
    public string ToConfirm { get; init; } = "";

    /// <summary>What happened last, in a line; empty: nothing.</summary>
    public string Message { get; init; } = "";

    /// <summary>The jobs in the chosen order.</summary>
    /// <param name="jobs">The jobs.</param>
    /// <param name="rates">Their rates.</param>
    public IReadOnlyList<JobStatus> Sorted(IEnumerable<JobStatus> jobs, TopRates rates)
    {
        var running = jobs.OrderBy(job => job.State == JobState.Running ? 0 : 1);
        return
        [
            .. Order switch
            {
                JobOrder.Rate => running.ThenByDescending(rates.Of),
                JobOrder.Progress => running.ThenBy(job => job.Progress ?? 1),
                JobOrder.Failed => running.ThenByDescending(job => job.Ledger.Failed),
                JobOrder.Time => running.ThenByDescending(job => job.Elapsed),
                _ => running,
            },
        ];
    }

    /// <summary>The state after a key, and what it asks for.</summary>
    /// <param name="key">The key.</param>
    /// <param name="jobs">The jobs as they are shown.</param>
    public (TopState State, TopWish Wish) Press(ConsoleKeyInfo key, IReadOnlyList<JobStatus> jobs)
    {
        var at = Math.Max(0, jobs.ToList().FindIndex(job => job.Id == Chosen));
        var chosen = jobs.Count > 0 ? jobs[at] : null;
        if (ToConfirm.Length > 0)
        {
            return key.KeyChar is 'y' or 'Y'
                ? (this with { ToConfirm = "", Message = "" }, new TopWish.Cancel(ToConfirm))
                : (this with { ToConfirm = "", Message = $"{ToConfirm} goes on." }, TopWish.Nothing);
        }

        var quiet = this with { Message = "" };
        return key switch
        {
            { KeyChar: 'q' or 'Q' } => (quiet, TopWish.Quit),
            { Key: ConsoleKey.Escape } when IsExplaining => (quiet with { IsExplaining = false }, TopWish.Nothing),
            { Key: ConsoleKey.Escape } => (quiet, TopWish.Quit),
            { Key: ConsoleKey.DownArrow } or { KeyChar: 'j' } => (quiet.Choose(jobs, at + 1), TopWish.Nothing),
            { Key: ConsoleKey.UpArrow } or { KeyChar: 'k' } => (quiet.Choose(jobs, at - 1), TopWish.Nothing),
            { KeyChar: 's' } => (quiet with { Order = (JobOrder)(((int)Order + 1) % Enum.GetValues<JobOrder>().Length) }, TopWish.Nothing),
            { KeyChar: 'e' } or { Key: ConsoleKey.Enter } when chosen is not null =>
                (quiet with { IsExplaining = !IsExplaining, Chosen = chosen.Id }, TopWish.Nothing),
            { KeyChar: 'c' } when chosen is { State: JobState.Running } => (quiet with { ToConfirm = chosen.Id, Chosen = chosen.Id }, TopWish.Nothing),
            { KeyChar: 'c' } => (quiet with { Message = chosen is null ? "There is no job to cancel." : $"{chosen.Id} is over already." }, TopWish.Nothing),
            _ => (quiet, TopWish.Nothing),
        };
    }

    private TopState Choose(IReadOnlyList<JobStatus> jobs, int at) =>
        jobs.Count == 0 ? this : this with { Chosen = jobs[Math.Clamp(at, 0, jobs.Count - 1)].Id };
}

/// <summary>What a key asks for.</summary>
internal abstract record TopWish
{
    private TopWish()
    {
    }

    /// <summary>Nothing but another picture.</summary>
    public static TopWish Nothing { get; } = new None();

    /// <summary>The end.</summary>
    public static TopWish Quit { get; } = new End();

    /// <summary>That a job be cancelled.</summary>
    /// <param name="JobId">Its id.</param>
    public sealed record Cancel(string JobId) : TopWish;

    private sealed record None : TopWish;

    private sealed record End : TopWish;
}
