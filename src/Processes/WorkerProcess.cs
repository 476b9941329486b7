using System.Diagnostics;
using System.Runtime.InteropServices;
using WorkerPool.Protocol.Sockets;

namespace WorkerPool.Processes;

/// <summary>
/// A worker process from launch to burial. Its output is drained for life; it heads a process group of its own,
/// which is killed as a whole; its stdin is the leash: the worker ends when it closes.
/// </summary>
public sealed partial class WorkerProcess : IAsyncDisposable
{
    private const int SigKill = 9;
    private const int KilledExitCode = 128 + SigKill;
    private const double BytesPerMebibyte = 1 << 20;
    private static readonly TimeSpan OutputGrace = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan MemoryInterval = TimeSpan.FromMilliseconds(100);

    private readonly TimeProvider _time;
    private readonly WorkerLaunch _launch;
    private readonly Process _process;
    private readonly Action<WorkerOutputLine> _output;
    private readonly FlightRecorder _recorder;
    private readonly LastLines _lastErrorLines = new();
    private readonly TaskCompletionSource<WorkerHandshake> _handshake = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly long _outOfMemoryKills = ControlGroup.Own.OutOfMemoryKills;
    private string? _stopReason;
    private IReadOnlyList<RunningItem> _running = [];
    private ProcessMemory _memory;
    private string? _stack;
    private volatile string _name;
    private bool _isOverMemory;

    private WorkerProcess(
        WorkerLaunch launch, Process process, FlightRecorder recorder, Action<WorkerOutputLine> output, TimeProvider time)
    {
        _time = time;
        _launch = launch;
        _name = launch.Name;
        _process = process;
        _recorder = recorder;
        _output = output;
        ProcessId = process.Id;
        launch.Directory.Reaper?.Add(ProcessId);
        Death = WatchAsync();
    }

    /// <summary>Process id.</summary>
    public int ProcessId { get; }

    /// <summary>Path of the Unix socket it listens on.</summary>
    public string SocketPath => _launch.SocketPath;

    /// <summary>Ends when the process has ended, its group is gone and its output is read.</summary>
    public Task<DeathCertificate> Death { get; }

    /// <summary>The items it is running, or was when it died.</summary>
    public IReadOnlyList<RunningItem> Running => Death.IsCompleted ? _running : _recorder.Read().Running;

    /// <summary>What it holds, as of a moment ago, in bytes.</summary>
    public long MemoryBytes => _memory.ResidentBytes;

    /// <summary>Starts a worker and waits for its handshake.</summary>
    /// <param name="launch">What to launch.</param>
    /// <param name="output">Takes the lines that user code prints; called from several threads.</param>
    /// <param name="time">Measures the start timeout.</param>
    /// <param name="cancellation">Gives up; the process is killed.</param>
    /// <exception cref="WorkerStartException">The worker ended, refused, or did not speak in time.</exception>
    public static async Task<WorkerProcess> StartAsync(
        WorkerLaunch launch, Action<WorkerOutputLine> output, TimeProvider time, CancellationToken cancellation)
    {
        var recorder = FlightRecorder.Create(launch.RecorderPath, launch.Concurrency);
        Process process;
        try
        {
            process = await SpawnThread.RunAsync(() => Spawn(launch));
        }
        catch (Exception error)
        {
            recorder.Dispose();
            File.Delete(launch.RecorderPath);
            throw new WorkerStartException("WORKER_START_FAILED", $"{launch.Name} could not be started: {error.Message}");
        }

        var worker = new WorkerProcess(launch, process, recorder, output, time);
        try
        {
            await worker.ShakeHandsAsync(cancellation);
            return worker;
        }
        catch
        {
            await worker.DisposeAsync();
            throw;
        }
    }

    /// <summary>Kills the worker and all of its process group. The first reason given stands in its certificate.</summary>
    /// <param name="reason">Why; recorded before the signal is sent.</param>
    public void Kill(string reason)
    {
        Interlocked.CompareExchange(ref _stopReason, reason, null);
        KillGroup();
    }

    /// <summary>As <see cref="Kill"/>, after noting where the thread of an item is, if that can be had in time.</summary>
    /// <param name="reason">Why.</param>
    /// <param name="lease">Lease of the item's chunk.</param>
    /// <param name="limit">How long that may take.</param>
    public async Task KillWithStackAsync(string reason, ulong lease, TimeSpan limit)
    {
        if (limit > TimeSpan.Zero && !Death.IsCompleted)
        {
            var thread = _recorder.Read().Running.FirstOrDefault(item => item.Lease == lease).ThreadId;
            _stack ??= await ManagedStack.ReadAsync(
                Path.GetDirectoryName(_launch.ProgramPath) ?? "", ProcessId, thread, limit, _time);
        }

        Kill(reason);
    }

    /// <summary>What it is called from now on.</summary>
    /// <param name="name">Its name for people.</param>
    public void Rename(string name) => _name = name;

    /// <summary>Kills what is left of it and removes its files.</summary>
    public async ValueTask DisposeAsync()
    {
        if (!Death.IsCompleted)
        {
            Kill("the pool let go of it");
        }

        await Death;
        _process.Dispose();
        AnswerSocket.DeleteFiles(_launch.SocketPath);
        File.Delete(_launch.RecorderPath);
    }

    private static Process Spawn(WorkerLaunch launch)
    {
        var start = new ProcessStartInfo(DotnetProgram.Path)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        start.ArgumentList.Add(launch.ProgramPath);
        Add("--socket", launch.SocketPath);
        Add("--recorder", launch.RecorderPath);
        Add("--parent", Environment.ProcessId.ToString(System.Globalization.CultureInfo.InvariantCulture));
        foreach (var library in launch.FunctionLibraries)
        {
            Add("--functions", library);
        }

        if (launch.ProgramsPath is { } programs)
        {
            Add("--programs", programs);
        }

        start.Environment["TMPDIR"] = launch.Directory.TemporaryFiles;
        start.Environment["DOTNET_EnableDiagnostics_Debugger"] = "0";
        launch.Runtime.SetIn(start.Environment);
        if (launch.HeapLimit is { } heapLimit)
        {
            start.Environment["DOTNET_GCHeapHardLimit"] = heapLimit.ToString("X", System.Globalization.CultureInfo.InvariantCulture);
        }

        return Process.Start(start) ?? throw new InvalidOperationException("the system started no process");

        void Add(string option, string value)
        {
            start.ArgumentList.Add(option);
            start.ArgumentList.Add(value);
        }
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int SendSignal(int processId, int signal);

    // What a start may die of, or wait for, beside what comes with the release.
    private string Loading => _launch.FunctionLibraries.Count == 0 ? "" : $" (it loads {string.Join(", ", _launch.FunctionLibraries)})";

    private async Task ShakeHandsAsync(CancellationToken cancellation)
    {
        var limit = Task.Delay(_launch.StartTimeout, _time, cancellation);
        var first = await Task.WhenAny(_handshake.Task, Death, limit);

        // A refusal is followed by the worker's end; whichever is noticed first, the refusal says more.
        if (first == Death)
        {
            var certificate = await Death;
            if (!_handshake.Task.IsCompletedSuccessfully)
            {
                var lines = string.Join(Environment.NewLine, certificate.LastErrorLines);
                throw new WorkerStartException(
                    "WORKER_START_FAILED",
                    $"{_launch.Name} ended while starting{Loading}: {certificate}." + (lines.Length > 0 ? $" Its last words: {lines}" : ""));
            }
        }
        else if (first == limit)
        {
            cancellation.ThrowIfCancellationRequested();
            Kill($"it did not start within {_launch.StartTimeout.TotalSeconds} s");
            throw new WorkerStartException(
                "WORKER_START_FAILED", $"{_launch.Name} did not start within {_launch.StartTimeout.TotalSeconds} s{Loading}.")
            {
                HasTimedOut = true,
            };
        }

        var handshake = await _handshake.Task;
        if (handshake.Reason is { } reason)
        {
            throw new WorkerStartException(reason, handshake.Message);
        }
    }

    private async Task<DeathCertificate> WatchAsync()
    {
        // Not on the caller's thread: the first read may complete at once.
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        var stdout = DrainAsync(_process.StandardOutput, isError: false);
        var stderr = DrainAsync(_process.StandardError, isError: true);
        using var dead = new CancellationTokenSource();
        var watching = WatchMemoryAsync(dead.Token);
        await _process.WaitForExitAsync();
        await dead.CancelAsync();
        await watching;

        // What it left in its group must not hold on to its output, its socket or its memory.
        KillGroup();
        _launch.Directory.Reaper?.Remove(ProcessId);

        // A grandchild that left the group may keep the pipes open for ever; what it prints is not the worker's.
        await Task.WhenAny(Task.WhenAll(stdout, stderr), Task.Delay(OutputGrace, _time));
        var noted = _recorder.Read();
        _running = noted.Running;

        // One that had ended by itself before the signal came was not ended by the pool.
        var exitCode = _process.ExitCode;
        var stopReason = exitCode is 0 or KilledExitCode ? _stopReason : null;
        var certificate = new DeathCertificate(ProcessId, exitCode, stopReason, _lastErrorLines.ToList())
        {
            HasExited = noted.IsExiting && !(exitCode == KilledExitCode && stopReason is not null),
            Stack = _stack,
            PeakMemoryBytes = _memory.PeakBytes > 0 ? _memory.PeakBytes : null,
        };
        _recorder.Dispose();
        return certificate with { MemoryEvidence = MemoryEvidenceOf(certificate) };
    }

    private string? MemoryEvidenceOf(DeathCertificate certificate) =>
        _isOverMemory ? "it was over its memory limit"
        : certificate.Cause == DeathCause.Outside && ControlGroup.Own.OutOfMemoryKills > _outOfMemoryKills
            ? "the kernel killed a process of its control group for want of memory"
            : null;

    private async Task WatchMemoryAsync(CancellationToken dead)
    {
        using var timer = new PeriodicTimer(MemoryInterval, _time);
        using var status = ProcessMemory.OpenStatus(ProcessId);
        try
        {
            while (status is not null && await timer.WaitForNextTickAsync(dead))
            {
                _memory = ProcessMemory.Read(status) ?? _memory;
                if (_launch.MemoryLimit is { } limit && _memory.ResidentBytes > limit)
                {
                    _isOverMemory = true;
                    Kill(string.Create(
                        System.Globalization.CultureInfo.InvariantCulture,
                        $"it held {_memory.ResidentBytes / BytesPerMebibyte:F0} MiB of memory, more than its limit of {limit / BytesPerMebibyte:F0} MiB"));
                    return;
                }
            }
        }
        catch (OperationCanceledException)
        {
            // It is dead.
        }
    }

    private async Task DrainAsync(StreamReader reader, bool isError)
    {
        // A process that is disposed of leaves open what was asked of it.
        using var output = reader;
        while (await output.ReadLineAsync() is { } line)
        {
            if (!isError && !_handshake.Task.IsCompleted && WorkerHandshake.TryParse(line, out var handshake))
            {
                _handshake.TrySetResult(handshake);
                continue;
            }

            if (isError)
            {
                _lastErrorLines.Add(line);
            }

            _output(new WorkerOutputLine(_name, isError, line) { Job = _recorder.ReadJob() });
        }
    }

    private void KillGroup()
    {
        // Before it heads its group the worker is alone; afterwards the group outlives it in its children.
        if (SendSignal(-ProcessId, SigKill) != 0 && !_process.HasExited)
        {
            _ = SendSignal(ProcessId, SigKill);
        }
    }
}
