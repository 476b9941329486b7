using WorkerPool.Protocol.Packing;
using WorkerPool.Supervisor.Dispatch;
using WorkerPool.V1;

namespace WorkerPool.Supervisor.Tests.Dispatch;

/// <summary>A job that has nothing to give; for those who only ask whose chunk it is.</summary>
internal sealed class FakeSource(double? itemNanoseconds = null, int? chunkSize = null, bool resultsWait = false) : IWorkSource
{
    public ulong Number => 1;

    public WorkOrder WorkOrder { get; } = new("f", Encoding.Json, Encoding.Json, TimeSpan.FromSeconds(1.5), 0, chunkSize, resultsWait);

    public bool CanTake => false;

    public long WaitingItems { get; init; }

    public double? ItemNanoseconds => itemNanoseconds;

    public WorkChunk Chunk(ulong firstIndex, int count) => new(this, firstIndex, new ItemSegments(Runs.OfIndexes(firstIndex, count)));

    public WorkChunk Take(int workerCount, int maxItems) => throw new NotSupportedException();

    public void Answered(ulong firstIndex, PackedRun values, IReadOnlyList<ItemError> errors, long itemBytes) =>
        throw new NotSupportedException();

    public void Returned(ulong firstIndex, ItemSegments items) => throw new NotSupportedException();

    public void Measured(int itemCount, long itemBytes, double busyNanoseconds) => throw new NotSupportedException();

    public void WorkerLost() => throw new NotSupportedException();

    public void Fail(string reason, string message) => throw new NotSupportedException();
}
