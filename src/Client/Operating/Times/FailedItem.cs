namespace WorkerPool.Client;

/// <summary>An item of a job that failed, as the pool keeps it: long texts are cut short.</summary>
/// <param name="Index">Its index in the job. Range: 0 and up.</param>
/// <param name="Reason">What happened, as an UPPER_SNAKE word.</param>
/// <param name="Message">What happened, for a person; with the certificate where its worker died.</param>
/// <param name="Attempts">How many times it was tried. Range: 0 and up.</param>
public sealed record FailedItem(long Index, string Reason, string Message, int Attempts)
{
    /// <summary>Full name of the exception type where the function threw; else empty.</summary>
    public string Type { get; init; } = "";

    /// <summary>Stack trace from the worker where the function threw; else empty.</summary>
    public string StackTrace { get; init; } = "";

    /// <summary>Further values the reason comes with, such as <c>exit_code</c> and <c>stderr</c> of a certificate.</summary>
    public IReadOnlyDictionary<string, string> Metadata { get; init; } = new Dictionary<string, string>();

    internal static FailedItem From(V1.ItemError error) => new((long)error.Index, error.Reason, error.Message, (int)error.Attempts)
    {
        Type = error.Type,
        StackTrace = error.StackTrace,
        Metadata = error.Metadata.ToDictionary(),
    };
}
