using WorkerPool.Protocol.Packing;
using WorkerPool.Supervisor.Jobs;
using WorkerPool.V1;

namespace WorkerPool.Supervisor.Api;

/// <summary>
/// Results on their way into messages, one at a time. Small runs that follow each other become one: of chunks of one item, what is
/// around a result would be more than the result, for both ends. Large ones are not copied.
/// </summary>
internal sealed class ResultMessage
{
    private const int MaxBytes = 1 << 20;
    private const int MaxRuns = 4096;

    // A run of fewer bytes is cheaper to copy than to send by itself.
    private const int SmallRunBytes = 1024;

    private readonly List<PackedRun> _runs = [];
    private ResultBatches _batches = new();
    private readonly PackedRunBuilder _joined = new();
    private readonly List<ItemError> _errors = [];
    private ResultRun? _single;
    private ulong _first;

    /// <summary>Results in it.</summary>
    public ulong Count { get; private set; }

    /// <summary>Bytes of their values.</summary>
    public ulong ByteCount { get; private set; }

    /// <summary>Whether nothing is in it.</summary>
    public bool IsEmpty => Count == 0 && _batches.Spent.Count == 0;

    /// <summary>Whether it should be sent before anything more goes into it.</summary>
    public bool IsFull => ByteCount >= MaxBytes || _batches.Batches.Count >= MaxRuns;

    /// <summary>Adds results, or word of a charge.</summary>
    /// <param name="run">The results.</param>
    public void Add(ResultRun run)
    {
        if (run.Spent is { } spent)
        {
            _batches.Spent.Add(spent);
            return;
        }

        _runs.Add(run.Values);
        Count += (ulong)run.Count;
        ByteCount += (ulong)run.ByteCount;
        if (run.ByteCount >= SmallRunBytes)
        {
            End();
            AddBatch(run.FirstIndex, run.Values, run.Errors);
        }
        else if (_single is null && _joined.Count == 0)
        {
            _single = run;
            _first = run.FirstIndex;
        }
        else if (run.FirstIndex == _first + (ulong)(_single?.Count ?? _joined.Count))
        {
            Join(run);
        }
        else
        {
            End();
            _single = run;
            _first = run.FirstIndex;
        }
    }

    /// <summary>Gives the message away: the next one is empty.</summary>
    public ResultBatches Take()
    {
        End();
        var taken = _batches;
        _batches = new ResultBatches();
        (Count, ByteCount) = (0, 0);
        return taken;
    }

    /// <summary>What was taken is on its way.</summary>
    /// <param name="asBytes">Whether nobody has the message any more: the memory of its values may be used again.</param>
    public void Sent(bool asBytes)
    {
        foreach (var run in _runs)
        {
            if (asBytes)
            {
                run.Release();
            }
        }

        _runs.Clear();
    }

    private void Join(ResultRun run)
    {
        if (_single is { } before)
        {
            _joined.Add(before.Values);
            _errors.AddRange(before.Errors);
            _single = null;
        }

        _joined.Add(run.Values);
        _errors.AddRange(run.Errors);
    }

    private void End()
    {
        if (_single is { } single)
        {
            AddBatch(_first, single.Values, single.Errors);
            _single = null;
        }
        else if (_joined.Count > 0)
        {
            AddBatch(_first, _joined.Take(), _errors);
            _errors.Clear();
        }
    }

    private void AddBatch(ulong first, PackedRun values, IReadOnlyList<ItemError> errors)
    {
        var batch = new ResultBatch { FirstIndex = first, Values = values.ToMessage() };
        batch.Errors.AddRange(errors);
        _batches.Batches.Add(batch);
    }
}
