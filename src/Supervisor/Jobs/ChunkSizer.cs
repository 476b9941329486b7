namespace WorkerPool.Supervisor.Jobs;

/// <summary>
/// How many items the next chunk has when the pool may choose: it starts with one, then aims for a fixed time of
/// work, keeps below a limit in bytes, and shrinks towards the end of an input of known length as guided
/// self-scheduling does (Polychronopoulos and Kuck, 1987). Pure; one thread.
/// </summary>
internal sealed class ChunkSizer
{
    /// <summary>The time of work a chunk aims for, in nanoseconds.</summary>
    public const double TargetNanoseconds = 20e6;

    /// <summary>The most bytes a chunk has, of items or, as far as is known, of values.</summary>
    public const long MaxBytes = 1 << 20;

    private const double WeightOfLast = 0.5;
    private const int LargestGrowth = 16;
    private const int TailParts = 2;

    private int _last = 1;

    /// <summary>The moving average of the time an item takes, in nanoseconds; <c>null</c> before the first.</summary>
    public double? ItemNanoseconds { get; private set; }

    /// <summary>The moving average of the bytes of an item or, when that has more, of its value. Range: 1 (before the first) and up.</summary>
    public double ItemBytes { get; private set; } = 1;

    /// <summary>Takes a measurement.</summary>
    /// <param name="itemCount">Items that were run. Range: 1 and up.</param>
    /// <param name="bytes">Their bytes, or those of their values.</param>
    /// <param name="nanoseconds">The time they took together.</param>
    public void Measure(int itemCount, long bytes, double nanoseconds)
    {
        ItemBytes = Math.Max(1, Average(ItemNanoseconds is null ? null : ItemBytes, (double)bytes / itemCount));
        ItemNanoseconds = Average(ItemNanoseconds, nanoseconds / itemCount);

        static double Average(double? soFar, double last) =>
            soFar is { } average ? (average * (1 - WeightOfLast)) + (last * WeightOfLast) : last;
    }

    /// <summary>The number of items for the next chunk.</summary>
    /// <param name="remaining">Items that are left to give out, when it is known that no more will come.</param>
    /// <param name="mostInWindow">What the window lets a chunk have.</param>
    /// <param name="workerCount">Workers that share the rest. Range: 1 and up.</param>
    public int Next(long? remaining, int mostInWindow, int workerCount)
    {
        if (ItemNanoseconds is not { } nanoseconds)
        {
            return 1;
        }

        var byTime = Math.Max(1, TargetNanoseconds / Math.Max(1, nanoseconds));
        var size = Math.Min(Math.Min(byTime, MaxBytes / ItemBytes), Math.Min(mostInWindow, (double)_last * LargestGrowth));
        if (remaining is { } rest)
        {
            size = Math.Min(size, Math.Ceiling(rest / (double)(TailParts * workerCount)));
        }

        _last = Math.Max(1, (int)size);
        return _last;
    }
}
