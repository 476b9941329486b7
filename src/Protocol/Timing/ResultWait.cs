namespace WorkerPool.Protocol.Timing;

/// <summary>
/// How long the result of an item waits in its worker for others to go with, while the worker has more to run: what both ends do for a
/// message, they do instead of running items. Workers keep to it, and a Supervisor gives them enough to run meanwhile.
/// </summary>
public static class ResultWait
{
    /// <summary>What any result may wait, in nanoseconds, also where none is to.</summary>
    public const double ShortestNanoseconds = 1e6;

    /// <summary>What no result waits longer, in nanoseconds: the result of an item that takes as long waits for none.</summary>
    public const double LongestNanoseconds = 50e6;

    private const double TimesItem = 8;

    /// <summary>The longest that a result waits.</summary>
    /// <param name="itemNanoseconds">The time its item took, in nanoseconds.</param>
    /// <returns>The time, in nanoseconds.</returns>
    public static double Of(double itemNanoseconds) => Math.Clamp(TimesItem * itemNanoseconds, ShortestNanoseconds, LongestNanoseconds);
}
