namespace WorkerPool.WorkerHost.Session;

/// <summary>
/// How long a runner's items take. Each is timed by itself until several one after another took less than a microsecond: such are
/// timed up to eight at a time, since reading the clock takes 20 ns.
/// </summary>
/// <remarks>
/// Of items that are timed together each counts as what those before took on average, and the last makes up for it where one
/// of them was slow. After that they are timed by themselves again. Those of a job with a time limit always are. For one thread.
/// </remarks>
/// <param name="time">The clock.</param>
internal sealed class ItemClock(TimeProvider time)
{
    /// <summary>How many items are timed together, at most.</summary>
    public const int MostTogether = 8;

    /// <summary>How many in a row are quick before the next are timed together.</summary>
    public const int FirstAlone = 16;

    private readonly long _quickTicks = time.TimestampFrequency / 1_000_000;
    private HeldJob? _job;
    private bool _mayJoin;
    private int _quick;
    private int _open;
    private long _expected;

    // What the division left of the items before: less than one tick an item, but of very many.
    private long _rest;

    /// <summary>Timestamp at which the item that runs began, or the first of those that are timed with it.</summary>
    public long Now { get; private set; }

    /// <summary>The next item is of a job, and begins now.</summary>
    /// <param name="job">The job.</param>
    public void Begin(HeldJob job)
    {
        if (_job != job)
        {
            _job = job;
            _mayJoin = job.ItemTimeout is null;
            _quick = 0;
        }

        Restart();
    }

    /// <summary>The next item begins now: what went before belongs to none.</summary>
    public void Restart()
    {
        Now = time.GetTimestamp();
        _open = 0;
    }

    /// <summary>An item has ended, and the next begins.</summary>
    /// <param name="isAlone">Whether the next is not timed together with this one.</param>
    /// <returns>How long it took, in ticks of the clock.</returns>
    public long EndItem(bool isAlone)
    {
        _open++;
        return isAlone || !_mayJoin || _quick < FirstAlone || _open == MostTogether ? Read() : _expected;
    }

    private long Read()
    {
        var together = _open;
        var took = -Now;
        Restart();
        took += Now;
        if (took >= together * _quickTicks)
        {
            // The others have counted as quick ones.
            _quick = 0;
            return took - ((together - 1) * _expected);
        }

        _quick = Math.Min(_quick + together, FirstAlone);
        (_expected, _rest) = Math.DivRem(took + _rest, together);
        return _expected;
    }
}
