using WorkerPool.Protocol.Errors;
using WorkerPool.Protocol.Packing;
using WorkerPool.Supervisor.Jobs;
using WorkerPool.V1;

namespace WorkerPool.Supervisor.Tests.Dispatch.Simulation;

/// <summary>
/// A client that keeps to the contract of MapStream: sends within its window, takes results when it pleases and
/// acknowledges them when it pleases; and that checks what it is sent.
/// </summary>
internal sealed class SimulatedClient
{
    public const int MaxItemBytes = 30;

    private readonly Dictionary<ulong, int> _positions = [];
    private readonly ulong[] _indexes;
    private readonly ItemHistory[] _histories;
    private readonly Job _job;
    private readonly JobLimits _limits;
    private int _sent;
    private long _unansweredBytes;
    private long _takenBytes;
    private int _acknowledged;
    private long _acknowledgedBytes;
    private bool _hasEnded;

    public SimulatedClient(JobPlan plan, Job job, JobLimits limits)
    {
        Plan = plan;
        _job = job;
        _limits = limits;
        _indexes = new ulong[plan.Items.Length];
        ulong next = 0;
        for (var i = 0; i < _indexes.Length; i++)
        {
            next += (ulong)plan.Items[i].Gap;
            _positions[next] = i;
            _indexes[i] = next++;
        }

        _histories = [.. plan.Items.Select(_ => new ItemHistory())];
    }

    public JobPlan Plan { get; }

    public Job Job => _job;

    public IReadOnlyList<ulong> Indexes => _indexes;

    public int SentCount => _sent;

    /// <summary>Workers that died while they held items of it.</summary>
    public int WorkersLost { get; set; }

    /// <summary>Batches whose memory may be used again.</summary>
    public int GivenBackCount { get; private set; }

    public bool IsCancelled { get; private set; }

    public bool IsOver => _job.Summary.IsCompleted;

    /// <summary>What was taken: the index, and the error if the item failed.</summary>
    public List<(ulong Index, ItemError? Error)> Taken { get; } = [];

    public ItemPlan PlanOf(ulong index) => Plan.Items[_positions[index]];

    public ItemHistory HistoryOf(ulong index) => _histories[_positions[index]];

    public byte[] ItemOf(ulong index) => Filled(PlanOf(index).Size, index);

    public byte[] ValueOf(ulong index) => Filled(PlanOf(index).ValueSize, index + 7);

    /// <summary>Sends a batch: consecutive items, as many as wanted and the window allows.</summary>
    /// <returns>Whether there was something to send.</returns>
    public bool Send(int most)
    {
        var items = new PackedRunBuilder();
        var first = _sent;
        while (_sent < _indexes.Length && items.Count < most && HasRoom(items) && _indexes[_sent] == _indexes[first] + (ulong)(_sent - first))
        {
            items.Add(ItemOf(_indexes[_sent]));
            _sent++;
        }

        if (items.Count > 0)
        {
            _unansweredBytes += items.ByteCount;
            Assert.True(PackedRun.TryRead(Runs.Rented(items.Take(), () => GivenBackCount++), out var run, out _));
            _job.Accept(_indexes[first], run);
            return true;
        }

        if (_sent < _indexes.Length || _hasEnded)
        {
            return false;
        }

        _hasEnded = true;
        _job.EndInput();
        return true;
    }

    /// <summary>Takes results that wait.</summary>
    /// <returns>Whether there was one.</returns>
    public bool Take()
    {
        if (!_job.Output.TryRead(out var run))
        {
            return false;
        }

        var isInWindow = _takenBytes - _acknowledgedBytes + run.ByteCount <= _limits.WindowBytes
            || (run.Count == 1 && _takenBytes == _acknowledgedBytes);
        Assert.True(isInWindow, "more bytes came than the window allows");
        var errors = run.Errors.ToDictionary(error => error.Index);
        var index = run.FirstIndex;
        foreach (var value in run.Values)
        {
            errors.Remove(index, out var error);
            var expected = error is null ? ValueOf(index) : [];
            Assert.True(value.Span.SequenceEqual(expected), $"item {index} has the value of another");
            Taken.Add((index, error));
            _unansweredBytes -= PlanOf(index).Size;
            index++;
        }

        Assert.Empty(errors);
        _takenBytes += run.ByteCount;
        run.Values.Release();
        return true;
    }

    /// <summary>Acknowledges some of what was taken.</summary>
    /// <returns>Whether there was something to acknowledge.</returns>
    public bool Acknowledge(int most)
    {
        if (_acknowledged == Taken.Count)
        {
            return false;
        }

        foreach (var (index, error) in Taken.Skip(_acknowledged).Take(most))
        {
            _acknowledged++;
            _acknowledgedBytes += error is null ? PlanOf(index).ValueSize : 0;
        }

        _job.Acknowledge((ulong)_acknowledged, (ulong)_acknowledgedBytes);
        return true;
    }

    public void Cancel()
    {
        IsCancelled |= !IsOver;
        _job.Fail(ErrorReasons.JobCancelled, "The job was cancelled.");
    }

    private bool HasRoom(PackedRunBuilder items)
    {
        var bytes = items.ByteCount + PlanOf(_indexes[_sent]).Size;
        return _sent - _acknowledged < _limits.WindowItems
            && (_unansweredBytes + bytes <= _limits.WindowBytes || (_unansweredBytes == 0 && items.Count == 0));
    }

    private byte[] Filled(int size, ulong seed)
    {
        var bytes = new byte[size];
        bytes.AsSpan().Fill((byte)((seed * 31) + _job.Number));
        return bytes;
    }
}
