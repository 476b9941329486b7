using BenchmarkDotNet.Attributes;
using WorkerPool.Supervisor.Dispatch;

namespace WorkerPool.Bench.Micro;

/// <summary>Turns between jobs. An operation is a turn: one chunk's worth of work.</summary>
[MemoryDiagnoser]
public class FairQueueBenchmarks
{
    private FairQueue<object> _queue = new();

    /// <summary>Jobs that wait.</summary>
    [Params(1, 32)]
    public int Jobs { get; set; }

    [GlobalSetup]
    public void Prepare()
    {
        _queue = new FairQueue<object>();
        for (var i = 0; i < Jobs; i++)
        {
            var job = new object();
            _queue.Add(job);
            _queue.Wait(job);
        }
    }

    [Benchmark]
    public void Turn()
    {
        _queue.TryNext(out var job);
        _queue.Charge(job!, 1);
        _queue.Wait(job!);
    }
}
