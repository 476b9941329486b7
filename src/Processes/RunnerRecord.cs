namespace WorkerPool.Processes;

/// <summary>The place of one runner in a flight recorder. One writer, the runner; two stores an item.</summary>
/// <remarks>
/// Layout, each field 8 bytes in the machine's order: lease of the chunk, 0 when nothing runs; index of the item;
/// timestamp of its start, of the machine's monotonic clock, which all processes share; how far the item says that it is, the
/// bits of a double, all set before it says anything; the system's id of the runner's thread; the number of the job that it
/// ran last. When an item begins, the lease
/// is cleared first and written last; when it ends, it is cleared: so a lease other than 0 always stands beside what
/// belongs to it.
/// </remarks>
public sealed unsafe class RunnerRecord
{
    /// <summary>Size of a place: no two share a line of the processor's cache.</summary>
    internal const int Bytes = 64;

    private const ulong NoProgress = ulong.MaxValue;
    private readonly ulong* _fields;

    /// <summary>A place.</summary>
    /// <param name="fields">Where it is.</param>
    internal RunnerRecord(ulong* fields) => _fields = fields;

    /// <summary>Notes that an item begins to run.</summary>
    /// <param name="lease">Lease of its chunk. Not 0.</param>
    /// <param name="index">Its index in the job.</param>
    /// <param name="startedAt">Timestamp of the system's TimeProvider.</param>
    public void Begin(ulong lease, ulong index, long startedAt)
    {
        Volatile.Write(ref _fields[0], 0);
        Volatile.Write(ref _fields[1], index);
        Volatile.Write(ref _fields[2], (ulong)startedAt);
        Volatile.Write(ref _fields[3], NoProgress);
        Volatile.Write(ref _fields[0], lease);
    }

    /// <summary>Notes that the item has been answered.</summary>
    public void End() => Volatile.Write(ref _fields[0], 0);

    /// <summary>Notes how far the running item says that it is.</summary>
    /// <param name="fraction">The part that is done. Range: 0 to 1.</param>
    public void NoteProgress(double fraction) => Volatile.Write(ref _fields[3], BitConverter.DoubleToUInt64Bits(fraction));

    /// <summary>Notes the calling thread as the runner.</summary>
    public void NoteThread() => Volatile.Write(ref _fields[4], (ulong)WorkerSelf.ThreadId);

    /// <summary>Notes which job's items the runner runs from now on.</summary>
    /// <param name="job">The job's number. Not 0.</param>
    public void NoteJob(ulong job) => Volatile.Write(ref _fields[5], job);

    /// <summary>The number of the job whose items it runs, or ran last; 0: none yet.</summary>
    internal ulong Job => Volatile.Read(ref _fields[5]);

    /// <summary>What it runs; <c>null</c>: nothing.</summary>
    internal RunningItem? Read()
    {
        var lease = Volatile.Read(ref _fields[0]);
        if (lease == 0)
        {
            return null;
        }

        var index = Volatile.Read(ref _fields[1]);
        var startedAt = (long)Volatile.Read(ref _fields[2]);
        var progress = Volatile.Read(ref _fields[3]);

        // Of another item, if that has begun meanwhile.
        var isOfItem = progress != NoProgress && Volatile.Read(ref _fields[0]) == lease && Volatile.Read(ref _fields[1]) == index;
        return new RunningItem(lease, index, startedAt)
        {
            Progress = isOfItem ? BitConverter.UInt64BitsToDouble(progress) : null,
            ThreadId = (int)Volatile.Read(ref _fields[4]),
        };
    }
}
