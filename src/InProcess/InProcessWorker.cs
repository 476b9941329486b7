using WorkerPool.Processes;
using WorkerPool.Protocol.Sockets;
using WorkerPool.Supervisor.Launching;
using WorkerPool.WorkerHost.Functions;
using WorkerPool.WorkerHost.Hosting;

namespace WorkerPool.InProcess;

/// <summary>
/// A worker in this process. Its death is the end of its session: after that nothing of it is answered, though the thread
/// of an item that does not yield goes on.
/// </summary>
internal sealed class InProcessWorker : ILaunchedWorker
{
    private readonly HostedWorker _host;
    private readonly FlightRecorder _recorder;
    private readonly string _socketPath;
    private readonly string _recorderPath;
    private IReadOnlyList<RunningItem> _running = [];
    private string? _stopReason;

    private InProcessWorker(HostedWorker host, FlightRecorder recorder, string socketPath, string recorderPath)
    {
        _host = host;
        _recorder = recorder;
        _socketPath = socketPath;
        _recorderPath = recorderPath;
        Death = WatchAsync();
    }

    /// <inheritdoc/>
    public int ProcessId => Environment.ProcessId;

    /// <inheritdoc/>
    public Task<DeathCertificate> Death { get; }

    /// <summary>It holds none of its own.</summary>
    public long? MemoryBytes => null;

    /// <inheritdoc/>
    public long? RecycleAboveMemory => null;

    /// <inheritdoc/>
    public Task Leaving { get; } = new TaskCompletionSource().Task;

    /// <inheritdoc/>
    public ProcessUsage ReadUsage() => ProcessUsage.Read(ProcessId);

    /// <inheritdoc/>
    public IReadOnlyList<RunningItem> Running => Death.IsCompleted ? _running : _recorder.Read().Running;

    /// <summary>Starts one; it listens on return.</summary>
    /// <param name="catalogue">Its functions, of its own.</param>
    /// <param name="socketPath">Path of the socket to listen on.</param>
    /// <param name="recorderPath">Path of the flight recorder to make.</param>
    /// <exception cref="IOException">The recorder cannot be made, or the socket not be listened on.</exception>
    public static async Task<InProcessWorker> StartAsync(FunctionCatalogue catalogue, string socketPath, string recorderPath)
    {
        var recorder = FlightRecorder.Create(recorderPath);
        try
        {
            return new InProcessWorker(await HostedWorker.StartAsync(catalogue, recorder, socketPath), recorder, socketPath, recorderPath);
        }
        catch
        {
            recorder.Dispose();
            File.Delete(recorderPath);
            throw;
        }
    }

    /// <inheritdoc/>
    public HttpMessageHandler CreateHandler() => UnixSocketHandler.Create(_socketPath);

    /// <inheritdoc/>
    public void Kill(string reason)
    {
        Interlocked.CompareExchange(ref _stopReason, reason, null);
        _ = _host.AbortAsync();
    }

    /// <inheritdoc/>
    public Task KillWithStackAsync(string reason, ulong lease)
    {
        Kill(reason);
        return Task.CompletedTask;
    }

    /// <summary>Nothing of it has a name.</summary>
    public void Adopt(WorkerIdentity identity)
    {
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        Kill("the pool let go of it");
        await Death;
        await _host.DisposeAsync();
        AnswerSocket.DeleteFiles(_socketPath);
        File.Delete(_recorderPath);
    }

    private async Task<DeathCertificate> WatchAsync()
    {
        await _host.Ended;
        _running = _recorder.Read().Running;
        _ = ForgetAsync();
        return new DeathCertificate(ProcessId, null, _stopReason, []);
    }

    // An item that goes on will still note its end: the memory for that must be there.
    private async Task ForgetAsync()
    {
        await _host.RunnersEnded;
        _recorder.Dispose();
    }
}
