using WorkerPool.Protocol.Packing;
using WorkerPool.Supervisor.Dispatch;
using WorkerPool.V1;

namespace WorkerPool.Supervisor.Tests.Dispatch;

/// <summary>A job that has nothing to give and keeps the answers it gets, of one item each.</summary>
internal sealed class AnsweredSource : IWorkSource
{
    public List<(ulong Index, ItemError? Error)> Answers { get; } = [];

    public int MaxRetries { get; set; }

    public Dictionary<ulong, SpentTries> Charges { get; } = [];

    public ulong Number => 1;

    public WorkOrder WorkOrder => new("f", Encoding.Json, Encoding.Json, null, MaxRetries);

    public bool CanTake => false;

    public long WaitingItems => 0;

    public double? ItemNanoseconds => 1000;

    public WorkChunk Chunk(ulong firstIndex, int count) => new(this, firstIndex, new ItemSegments(Runs.OfIndexes(firstIndex, count)));

    public SpentTries SpentOn(ulong index) => Charges.GetValueOrDefault(index);

    public void Charged(ulong index, SpentTries spent) => Charges[index] = spent;

    public WorkChunk Take(int workerCount, int maxItems) => throw new NotSupportedException();

    public void Answered(ulong firstIndex, PackedRun values, IReadOnlyList<ItemError> errors, long itemBytes)
    {
        Assert.Equal(1, values.Count);
        Answers.Add((firstIndex, errors.SingleOrDefault()));
    }

    public void Returned(ulong firstIndex, ItemSegments items) => throw new NotSupportedException();

    public void Measured(int itemCount, long itemBytes, double busyNanoseconds) => throw new NotSupportedException();

    public void WorkerLost() => throw new NotSupportedException();

    public void Fail(string reason, string message) => Assert.Fail($"{reason}: {message}");
}
