using System.Globalization;
using System.Text;
using WorkerPool.Processes;
using WorkerPool.Worker.V1;

namespace WorkerPool.Supervisor.Launching.Keepers;

/// <summary>A worker of a keeper.</summary>
/// <param name="hold">The hold on its keeper.</param>
/// <param name="number">Its number there.</param>
/// <param name="launched">What the keeper told of it.</param>
/// <param name="stackLimit">How long the noting of a stack may take.</param>
/// <param name="time">The clock that items are timed by.</param>
internal sealed class KeptWorker(KeeperHold hold, ulong number, WorkerLaunched launched, TimeSpan stackLimit, TimeProvider time) : ILaunchedWorker
{
    private const int StreamWindowBytes = 4 << 20;
    private readonly TaskCompletionSource<DeathCertificate> _death = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _leaving = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile WorkerReport _report = new();
    private IReadOnlyList<RunningItem>? _atDeath;

    /// <inheritdoc/>
    public int ProcessId => launched.ProcessId;

    /// <inheritdoc/>
    public Task<DeathCertificate> Death => _death.Task;

    /// <inheritdoc/>
    public IReadOnlyList<RunningItem> Running => Volatile.Read(ref _atDeath) ?? Noted(_report.Running);

    /// <inheritdoc/>
    public long? MemoryBytes => (long)_report.MemoryBytes;

    /// <inheritdoc/>
    public long? RecycleAboveMemory => launched.HasRecycleAboveMemory ? (long)launched.RecycleAboveMemory : null;

    /// <inheritdoc/>
    public Task Leaving => _leaving.Task;

    /// <inheritdoc/>
    public ProcessUsage ReadUsage() => new(_report.CpuTime?.ToTimeSpan() ?? TimeSpan.Zero, (long)_report.MemoryBytes);

    /// <inheritdoc/>
    public HttpMessageHandler CreateHandler() => new SocketsHttpHandler
    {
        UseProxy = false,
        EnableMultipleHttp2Connections = true,
        InitialHttp2StreamWindowSize = StreamWindowBytes,
        ConnectCallback = async (_, cancellation) => await ConnectAsync(cancellation),
    };

    /// <inheritdoc/>
    public void Kill(string reason) => hold.Send(new KeepRequest { Kill = new KillWorker { Number = number, Reason = reason } });

    /// <inheritdoc/>
    public Task KillWithStackAsync(string reason, ulong lease)
    {
        hold.Send(new KeepRequest
        {
            Kill = new KillWorker
            {
                Number = number,
                Reason = reason,
                Lease = lease,
                StackLimit = Google.Protobuf.WellKnownTypes.Duration.FromTimeSpan(stackLimit),
            },
        });
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public void Adopt(WorkerIdentity identity) =>
        hold.Send(new KeepRequest { Rename = new RenameWorker { Number = number, Name = identity.Name } });

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (!Death.IsCompleted)
        {
            Kill("the pool let go of it");
        }

        await Death;
        hold.Forget(number);
    }

    /// <summary>Its keeper has told how it is.</summary>
    /// <param name="report">How.</param>
    internal void Take(WorkerReport report) => _report = report;

    /// <summary>Its keeper goes.</summary>
    internal void Leave() => _leaving.TrySetResult();

    /// <summary>Its keeper has buried it.</summary>
    /// <param name="died">What is known of its death.</param>
    internal void Bury(WorkerDied died)
    {
        Volatile.Write(ref _atDeath, Noted(died.Running));
        _death.TrySetResult(new DeathCertificate(
            launched.ProcessId, died.ExitCode, died.HasStopReason ? died.StopReason : null, [.. died.LastErrorLines])
        {
            HasExited = died.HasExited,
            PeakMemoryBytes = died.HasPeakMemoryBytes ? (long)died.PeakMemoryBytes : null,
            MemoryEvidence = died.HasMemoryEvidence ? died.MemoryEvidence : null,
            Stack = died.HasStack ? died.Stack : null,
        });
    }

    /// <summary>Its keeper is lost, and it with it: what it ran is not known.</summary>
    /// <param name="reason">Why.</param>
    internal void Lose(string reason)
    {
        Volatile.Write(ref _atDeath, []);
        _death.TrySetResult(new DeathCertificate(launched.ProcessId, null, reason, []) { IsLost = true });
    }

    private async Task<Stream> ConnectAsync(CancellationToken cancellation)
    {
        var stream = await hold.ConnectAsync(cancellation);
        try
        {
            await stream.WriteAsync(
                Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"WORKER {hold.Key} {number}\n")), cancellation);
            return stream;
        }
        catch
        {
            await stream.DisposeAsync();
            throw;
        }
    }

    private IReadOnlyList<RunningItem> Noted(IEnumerable<NotedItem> items)
    {
        var now = time.GetTimestamp();
        return
        [
            .. items.Select(item => new RunningItem(
                item.Lease, item.Index, now - (long)(item.RunningFor.ToTimeSpan().TotalSeconds * time.TimestampFrequency))
            {
                Progress = item.HasProgress ? item.Progress : null,
            }),
        ];
    }
}
