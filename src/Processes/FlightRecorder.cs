using System.IO.MemoryMappedFiles;

namespace WorkerPool.Processes;

/// <summary>
/// What a worker notes of the items it is running, in a file mapped into memory, so that its keeper can read it after
/// the worker's death, however sudden. Each of its runners has a place of its own.
/// </summary>
/// <remarks>
/// Layout, each field 8 bytes in the machine's order: how many runners there are, set by whoever makes the file; whether the
/// process has begun to exit by itself; then, from byte 64 on, 64 bytes a runner (<see cref="RunnerRecord"/>).
/// </remarks>
public sealed unsafe class FlightRecorder : IDisposable
{
    /// <summary>The most runners a worker may have.</summary>
    public const int MostRunners = 256;

    private const int HeaderBytes = 64;
    private readonly MemoryMappedFile _file;
    private readonly MemoryMappedViewAccessor _view;
    private readonly ulong* _header;
    private readonly RunnerRecord[] _runners;
    private readonly Lock _gate = new();
    private bool _isDisposed;

    private FlightRecorder(string path, FileMode mode, int? runners)
    {
        var size = runners is { } count ? HeaderBytes + ((long)count * RunnerRecord.Bytes) : 0;
        _file = MemoryMappedFile.CreateFromFile(path, mode, null, size);
        _view = _file.CreateViewAccessor();
        byte* start = null;
        _view.SafeMemoryMappedViewHandle.AcquirePointer(ref start);
        _header = (ulong*)start;
        if (runners is { } made)
        {
            Volatile.Write(ref _header[0], (ulong)made);
        }

        _runners = new RunnerRecord[(int)Volatile.Read(ref _header[0])];
        for (var number = 0; number < _runners.Length; number++)
        {
            _runners[number] = new RunnerRecord((ulong*)(start + HeaderBytes + ((long)number * RunnerRecord.Bytes)));
        }
    }

    /// <summary>The places of the worker's runners. At least one.</summary>
    public IReadOnlyList<RunnerRecord> Runners => _runners;

    /// <summary>Makes the file, for the keeper.</summary>
    /// <param name="path">Path of a file that does not exist.</param>
    /// <param name="runners">How many items the worker may run at once. Range: 1 to <see cref="MostRunners"/>. Default: 1.</param>
    /// <exception cref="IOException">The file exists or cannot be made.</exception>
    public static FlightRecorder Create(string path, int runners = 1)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(runners, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(runners, MostRunners);
        return new FlightRecorder(path, FileMode.CreateNew, runners);
    }

    /// <summary>Opens the file, for the worker.</summary>
    /// <param name="path">Path of the file the keeper made.</param>
    /// <exception cref="IOException">The file does not exist or cannot be opened.</exception>
    public static FlightRecorder Open(string path) => new(path, FileMode.Open, null);

    /// <summary>Notes that the process has begun to exit by itself: its exit code is then no signal.</summary>
    public void NoteExit() => Volatile.Write(ref _header[1], 1);

    /// <summary>What stands in it, for the keeper, on any thread. After its disposal: nothing.</summary>
    public RecorderEntry Read()
    {
        // Its memory may go while another thread reads it.
        lock (_gate)
        {
            if (_isDisposed)
            {
                return new RecorderEntry([], false);
            }

            List<RunningItem>? running = null;
            foreach (var runner in _runners)
            {
                if (runner.Read() is { } item)
                {
                    (running ??= []).Add(item);
                }
            }

            return new RecorderEntry(running ?? (IReadOnlyList<RunningItem>)[], Volatile.Read(ref _header[1]) != 0);
        }
    }

    /// <summary>The number of the job whose items the worker runs, or ran last; 0: none yet, or of several at once.</summary>
    public ulong ReadJob()
    {
        lock (_gate)
        {
            if (_isDisposed)
            {
                return 0;
            }

            var job = 0ul;
            foreach (var runner in _runners)
            {
                if (runner.Job is > 0 and var its)
                {
                    if (job != 0 && job != its)
                    {
                        return 0;
                    }

                    job = its;
                }
            }

            return job;
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
/// <param name="Running">The items that are running, or were when the worker died: one a runner at most.</param>
/// <param name="IsExiting">Whether the process has begun to exit by itself.</param>
public readonly record struct RecorderEntry(IReadOnlyList<RunningItem> Running, bool IsExiting);
