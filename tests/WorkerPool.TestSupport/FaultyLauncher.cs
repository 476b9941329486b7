using WorkerPool.Processes;
using WorkerPool.Supervisor.Launching;

namespace WorkerPool.TestSupport;

/// <summary>Launches real workers, with connections on which something goes wrong.</summary>
/// <param name="launcher">Launches them.</param>
/// <param name="faults">What goes wrong with each worker's connections, counted from 0; <c>null</c>: nothing.</param>
public sealed class FaultyLauncher(IWorkerLauncher launcher, Func<int, LinkFault?> faults) : IWorkerLauncher
{
    private int _launched = -1;

    /// <inheritdoc/>
    public async Task<ILaunchedWorker> LaunchAsync(string name, CancellationToken cancellation) =>
        new FaultyWorker(await launcher.LaunchAsync(name, cancellation), faults(Interlocked.Increment(ref _launched)));

    private sealed class FaultyWorker(ILaunchedWorker worker, LinkFault? fault) : ILaunchedWorker
    {
        public int ProcessId => worker.ProcessId;

        public Task<DeathCertificate> Death => worker.Death;

        public IReadOnlyList<RunningItem> Running => worker.Running;

        public long? MemoryBytes => worker.MemoryBytes;

        public long? RecycleAboveMemory => worker.RecycleAboveMemory;

        public Task Leaving => worker.Leaving;

        public bool IsBeside => worker.IsBeside;

        public ProcessUsage ReadUsage() => worker.ReadUsage();

        public HttpMessageHandler CreateHandler()
        {
            var handler = (SocketsHttpHandler)worker.CreateHandler();
            if (fault is not null && handler.ConnectCallback is { } connect)
            {
                handler.ConnectCallback = async (context, cancellation) => new FaultyStream(await connect(context, cancellation), fault);
            }

            return handler;
        }

        public void Kill(string reason) => worker.Kill(reason);

        public Task KillWithStackAsync(string reason, ulong lease) => worker.KillWithStackAsync(reason, lease);

        public void Adopt(WorkerIdentity identity) => worker.Adopt(identity);

        public ValueTask DisposeAsync() => worker.DisposeAsync();
    }
}
