using System.IO.MemoryMappedFiles;

namespace WorkerPool.Processes;

/// <summary>
/// What a worker notes of the item it is running, in a file mapped into memory, so that its keeper can read it after
/// the worker's death, however sudden. One writer; two stores an item.
/// </summary>
/// <remarks>
/// Layout, each field 8 bytes in the machine's order: lease of the chunk, 0 when nothing runs; index of the item;
/// timestamp of its start, of the machine's monotonic clock, which all processes share. When an item begins, the lease
/// is cleared first and written last; when it ends, it is cleared: so a lease other than 0 always stands beside what
/// belongs to it. Then: whether the process has begun to exit by itself; the system's id of the thread that runs items; how
/// far the item says that it is, the bits of a double, all set before it says anything.
/// </remarks>
public sealed unsafe class FlightRecorder : IDisposable
{
    private const int Size = 48;
    private const ulong NoProgress = ulong.MaxValue;
    private readonly MemoryMappedFile _file;
    private readonly MemoryMappedViewAccessor _view;
    private readonly ulong* _fields;
    private readonly Lock _gate = new();
    private bool _isDisposed;

    private FlightRecorder(string path, FileMode mode)
    {
        _file = MemoryMappedFile.CreateFromFile(path, mode, null, Size);
        _view = _file.CreateViewAccessor(0, Size);
        byte* start = null;
        _view.SafeMemoryMappedViewHandle.AcquirePointer(ref start);
        _fields = (ulong*)start;
    }

    /// <summary>Makes the file, for the keeper.</summary>
    /// <param name="path">Path of a file that does not exist.</param>
    /// <exception cref="IOException">The file exists or cannot be made.</exception>
    public static FlightRecorder Create(string path) => new(path, FileMode.CreateNew);

    /// <summary>Opens the file, for the worker.</summary>
    /// <param name="path">Path of the file the keeper made.</param>
    /// <exception cref="IOException">The file does not exist or cannot be opened.</exception>
    public static FlightRecorder Open(string path) => new(path, FileMode.Open);

    /// <summary>Notes that an item begins to run.</summary>
    /// <param name="lease">Lease of its chunk. Not 0.</param>
    /// <param name="index">Its index in the job.</param>
    /// <param name="startedAt">Timestamp of the system's TimeProvider.</param>
    public void Begin(ulong lease, ulong index, long startedAt)
    {
        Volatile.Write(ref _fields[0], 0);
        Volatile.Write(ref _fields[1], index);
        Volatile.Write(ref _fields[2], (ulong)startedAt);
        Volatile.Write(ref _fields[5], NoProgress);
        Volatile.Write(ref _fields[0], lease);
    }

    /// <summary>Notes that the item has been answered.</summary>
    public void End() => Volatile.Write(ref _fields[0], 0);

    /// <summary>Notes how far the running item says that it is.</summary>
    /// <param name="fraction">The part that is done. Range: 0 to 1.</param>
    public void NoteProgress(double fraction) => Volatile.Write(ref _fields[5], BitConverter.DoubleToUInt64Bits(fraction));

    /// <summary>Notes that the process has begun to exit by itself: its exit code is then no signal.</summary>
    public void NoteExit() => Volatile.Write(ref _fields[3], 1);

    /// <summary>Notes the calling thread as the one that runs items.</summary>
    public void NoteRunner() => Volatile.Write(ref _fields[4], (ulong)WorkerSelf.ThreadId);

    /// <summary>What stands in it, for the keeper, on any thread. After its disposal: nothing.</summary>
    public RecorderEntry Read()
    {
        // Its memory may go while another thread reads it.
        lock (_gate)
        {
            if (_isDisposed)
            {
                return default;
            }

            var lease = Volatile.Read(ref _fields[0]);
            var index = Volatile.Read(ref _fields[1]);
            var startedAt = (long)Volatile.Read(ref _fields[2]);
            var progress = Volatile.Read(ref _fields[5]);

            // Of another item, if that has begun meanwhile.
            var isOfItem = progress != NoProgress && Volatile.Read(ref _fields[0]) == lease && Volatile.Read(ref _fields[1]) == index;
            var fraction = isOfItem ? BitConverter.UInt64BitsToDouble(progress) : (double?)null;
            return new RecorderEntry(
                lease == 0 ? null : new RunningItem(lease, index, startedAt) { Progress = fraction },
                Volatile.Read(ref _fields[3]) != 0,
                (int)Volatile.Read(ref _fields[4]));
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_gate)
        {
            if (!_isDisposed)
            {
                _isDisposed = true;
                _view.SafeMemoryMappedViewHandle.ReleasePointer();
                _view.Dispose();
                _file.Dispose();
            }
        }
    }
}

/// <summary>What stands in a flight recorder.</summary>
/// <param name="Running">The item that is running, or was when the worker died; <c>null</c> if none.</param>
/// <param name="IsExiting">Whether the process has begun to exit by itself.</param>
/// <param name="RunnerThreadId">The system's id of the thread that runs items; 0 before it is noted.</param>
public readonly record struct RecorderEntry(RunningItem? Running, bool IsExiting, int RunnerThreadId);

/// <summary>The item a worker is running.</summary>
/// <param name="Lease">Lease of its chunk.</param>
/// <param name="Index">Its index in the job.</param>
/// <param name="StartedAt">Timestamp of its start, of the system's TimeProvider.</param>
public readonly record struct RunningItem(ulong Lease, ulong Index, long StartedAt = 0)
{
    /// <summary>The index of what a job needs before its first item: its shared arguments are read, its initializer runs.</summary>
    public const ulong SetupIndex = ulong.MaxValue;

    /// <summary>The index of what comes even before that: the object is made that the job's function belongs to.</summary>
    public const ulong ConstructorIndex = SetupIndex - 1;

    /// <summary>Whether it is no item, but what comes before the job's first.</summary>
    public bool IsSetup => Index >= ConstructorIndex;

    /// <summary>Whether it is a constructor.</summary>
    public bool IsConstructor => Index == ConstructorIndex;

    /// <summary>How far it said that it is. Range: 0 to 1; <c>null</c>: it has said nothing.</summary>
    public double? Progress { get; init; }
}
