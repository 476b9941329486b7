namespace WorkerPool.Client;

/// <summary>Which jobs to list.</summary>
public sealed record JobFilter
{
    internal const int LargestPage = 1000;

    internal static JobFilter All { get; } = new();

    /// <summary>Only jobs in this state. Default: <c>null</c>, every state.</summary>
    public JobState? State { get; init; }

    /// <summary>Only jobs with this label, in full. Default: empty, every label.</summary>
    public string Label { get; init; } = "";

    /// <summary>
    /// Jobs asked for at a time; the listing asks on by itself, as far as it is enumerated. Range: 1 to 1000.
    /// Default: 100.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">It is out of range.</exception>
    public int PageSize
    {
        get;
        init => field = value is >= 1 and <= LargestPage
            ? value
            : throw new ArgumentOutOfRangeException(nameof(value), value, $"PageSize has to be between 1 and {LargestPage}.");
    } = 100;

    internal V1.ListJobsRequest ToWire() => new()
    {
        State = (V1.JobState)(State ?? 0),
        Label = Label,
        PageSize = PageSize,
    };
}
