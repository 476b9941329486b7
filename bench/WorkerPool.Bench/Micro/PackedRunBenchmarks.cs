using BenchmarkDotNet.Attributes;
using Google.Protobuf;
using WorkerPool.Protocol.Packing;
using WorkerPool.V1;

namespace WorkerPool.Bench.Micro;

/// <summary>Packed items: made, written, read and cut. Each operation is one of a whole run.</summary>
[MemoryDiagnoser]
public class PackedRunBenchmarks
{
    private static readonly byte[] Item = [1, 2, 3, 4, 5, 6, 7, 8];
    private readonly PackedRunBuilder _builder = new();
    private PackedRun _run;
    private PackedItems _message = new();
    private byte[] _wire = [];

    /// <summary>Items of a run.</summary>
    [Params(1, 256, 4096)]
    public int Items { get; set; }

    [GlobalSetup]
    public void Prepare()
    {
        _run = Build();
        _message = _run.ToMessage();
        _wire = _message.ToByteArray();
    }

    [Benchmark]
    public PackedRun Build()
    {
        for (var i = 0; i < Items; i++)
        {
            _builder.Add(Item);
        }

        return _builder.Take();
    }

    [Benchmark]
    public PackedItems ToMessage() => _run.ToMessage();

    [Benchmark]
    public int Write()
    {
        _message.WriteTo(_wire.AsSpan());
        return _wire.Length;
    }

    [Benchmark]
    public PackedItems Parse() => PackedItems.Parser.ParseFrom(_wire);

    [Benchmark]
    public bool Read() => PackedRun.TryRead(_message, out _, out _);

    [Benchmark]
    public int Slice() => _run.Slice(Items / 4, Items / 2).Count;

    [Benchmark]
    public int CountWithin() => _run.CountWithin(long.MaxValue, int.MaxValue, out _);

    [Benchmark]
    public int Enumerate()
    {
        var bytes = 0;
        foreach (var item in _run)
        {
            bytes += item.Length;
        }

        return bytes;
    }
}
