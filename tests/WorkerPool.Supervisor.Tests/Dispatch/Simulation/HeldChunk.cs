using WorkerPool.Worker.V1;

namespace WorkerPool.Supervisor.Tests.Dispatch.Simulation;

/// <summary>A chunk that a simulated worker holds the lease of.</summary>
/// <param name="message">The chunk.</param>
internal sealed class HeldChunk(Chunk message)
{
    public Chunk Message { get; } = message;

    public int Count { get; private set; } = message.Segments.Sum(segment => segment.ItemCount);

    public int Answered { get; set; }

    public int Left => Count - Answered;

    public ulong NextIndex => Message.FirstIndex + (ulong)Answered;

    public void CutOff(int count) => Count -= count;

    public IEnumerable<ulong> Indexes => Enumerable.Range(0, Count).Select(i => Message.FirstIndex + (ulong)i);
}
