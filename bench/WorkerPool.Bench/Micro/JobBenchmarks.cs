using BenchmarkDotNet.Attributes;
using WorkerPool.Protocol.Packing;
using WorkerPool.Supervisor.Jobs;

namespace WorkerPool.Bench.Micro;

/// <summary>What a job does with a chunk on its way in and out. An operation is a chunk; results come two by two in the wrong order.</summary>
[MemoryDiagnoser]
public class JobBenchmarks
{
    private const int BatchItems = 4096;
    private readonly PackedRun _batch = Runs.Of(BatchItems);
    private readonly InputQueue _input = new();
    private readonly ReorderBuffer _reorder = new();
    private readonly OutputGate _gate = new(long.MaxValue / 2);
    private readonly ChunkSizer _sizer = new();
    private ResultRun[] _results = [];
    private ulong _appended;
    private int _turn;

    /// <summary>Items of a chunk.</summary>
    [Params(1, 256, 4096)]
    public int Items { get; set; }

    [GlobalSetup]
    public void Prepare() => _results = [Runs.Results(0, Items), Runs.Results(Items, Items)];

    [Benchmark]
    public int CutFromInput()
    {
        if (_input.Count < Items)
        {
            _input.Append(_appended, _batch);
            _appended += BatchItems;
        }

        return _input.Take(Items, long.MaxValue).Items.Count;
    }

    [Benchmark(OperationsPerInvoke = 2)]
    public ulong Reorder()
    {
        // A buffer is for indexes that rise: each pair has a buffer's next two places.
        var first = (ulong)_turn++ * (ulong)(2 * Items);
        _reorder.Expect(first, 2 * Items);
        _reorder.Add(_results[1] with { FirstIndex = first + (ulong)Items });
        _reorder.Add(_results[0] with { FirstIndex = first });
        _reorder.TryTake(out _);
        _reorder.TryTake(out var last);
        return last!.FirstIndex;
    }

    [Benchmark]
    public ulong LetGo()
    {
        _gate.Add(_results[0]);
        _gate.TryTake(out var run);
        _gate.Acknowledge(_gate.SentBytes);
        return run!.FirstIndex;
    }

    [Benchmark]
    public int SizeChunk()
    {
        _sizer.Measure(Items, Items * 8, Items * 1000);
        return _sizer.Next(null, BatchItems, 2);
    }
}
