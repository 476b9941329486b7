using WorkerPool.Processes;
using WorkerPool.Supervisor.Launching;

namespace WorkerPool.Supervisor.Tests.Workers;

/// <summary>A worker that is this process.</summary>
internal sealed class FakeLaunchedWorker : ILaunchedWorker
{
    public int ProcessId => Environment.ProcessId;

    public Task<DeathCertificate> Death { get; } = new TaskCompletionSource<DeathCertificate>().Task;

    public IReadOnlyList<RunningItem> Running => [];

    public long? MemoryBytes => null;

    public long? RecycleAboveMemory => null;

    public Task Leaving { get; } = new TaskCompletionSource().Task;

    public ProcessUsage ReadUsage() => ProcessUsage.Read(ProcessId);

    public HttpMessageHandler CreateHandler() => throw new NotSupportedException();

    public void Kill(string reason) => throw new NotSupportedException();

    public Task KillWithStackAsync(string reason, ulong lease) => throw new NotSupportedException();

    public void Adopt(WorkerIdentity identity) => throw new NotSupportedException();

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
