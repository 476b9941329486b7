using WorkerPool.Supervisor.Launching;
using WorkerPool.Supervisor.Workers;
using WorkerPool.Worker.V1;

namespace WorkerPool.Supervisor.Tests.Dispatch;

/// <summary>A worker that keeps what it is sent.</summary>
internal sealed class FakeWorker : IWorker
{
    public WorkerIdentity Identity { get; init; } = new(1, 1);

    public List<Chunk> Chunks { get; } = [];

    /// <summary>How many of them went on their way.</summary>
    public int FlushedChunks { get; private set; }

    public List<ulong> Cancelled { get; } = [];

    public List<Reclaim> Reclaims { get; } = [];

    public List<string> Kills { get; } = [];

    public List<string> Recycles { get; } = [];

    public bool IsShutDown { get; private set; }

    public List<JobSetup> Setups { get; } = [];

    public List<ulong> Forgotten { get; } = [];

    public void SetUp(JobSetup setup, IReadOnlyList<ReadOnlyMemory<byte>> shared) => Setups.Add(setup);

    public void Send(Chunk chunk) => Chunks.Add(chunk);

    public void Forget(ulong job) => Forgotten.Add(job);

    public void Cancel(ulong job) => Cancelled.Add(job);

    public void Reclaim(Reclaim reclaim) => Reclaims.Add(reclaim);

    public void Shutdown() => IsShutDown = true;

    public void Flush() => FlushedChunks = Chunks.Count;

    public void Kill(string reason) => Kills.Add(reason);

    public void KillStuck(string reason, ulong lease) => Kills.Add(reason);

    public void Recycle(string reason) => Recycles.Add(reason);
}
