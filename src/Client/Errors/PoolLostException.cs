using WorkerPool.Client.Errors;

namespace WorkerPool.Client;

/// <summary>
/// The connection to the pool broke while a job was open and could not be made again within
/// <see cref="PoolOptions.ReconnectTimeout"/>. Results that came before were delivered; what has none may have been run.
/// </summary>
public sealed class PoolLostException : PoolUnreachableException
{
    /// <summary>The most ranges in <see cref="Unanswered"/>.</summary>
    public const int MaxRanges = 100;

    private const int ToldRanges = 5;

    internal PoolLostException(
        string what, long answeredCount, long unansweredCount, IReadOnlyList<IndexRange> unanswered, Exception innerException)
        : base(ClientReasons.PoolLost, Describe(what, answeredCount, unansweredCount, unanswered), innerException)
    {
        AnsweredCount = answeredCount;
        UnansweredCount = unansweredCount;
        Unanswered = unanswered;
    }

    /// <summary>Items the pool has answered, with a value or an error. Range: 0 and up.</summary>
    public long AnsweredCount { get; }

    /// <summary>Items that were taken from the source to be sent and have no answer. Range: 0 and up.</summary>
    public long UnansweredCount { get; }

    /// <summary>
    /// Their indexes, rising; the first <see cref="MaxRanges"/> ranges if there are more. What comes after the last of them
    /// was not sent.
    /// </summary>
    public IReadOnlyList<IndexRange> Unanswered { get; }

    private static string Describe(string what, long answeredCount, long unansweredCount, IReadOnlyList<IndexRange> unanswered)
    {
        var indexes = string.Join(", ", unanswered.Take(ToldRanges));
        var more = unanswered.Count > ToldRanges ? ", …" : "";
        var left = unansweredCount == 0
            ? "none that was sent is without an answer"
            : FormattableString.Invariant($"{unansweredCount} have no answer and may have been run: {indexes}{more}");
        return FormattableString.Invariant(
            $"{what} {answeredCount} items were answered; {left}. Map the others again when the pool is back, or allow a longer ReconnectTimeout.");
    }
}
