using System.Diagnostics;
using System.Globalization;
using WorkerPool.Bench.Measuring;
using WorkerPool.Client;

namespace WorkerPool.Bench.Workloads;

/// <summary>Processor time that a million squares take, by process. A case is a chunk size.</summary>
internal sealed class CostWorkload : IWorkload
{
    public const string Name = "cost-remote";
    private const double Million = 1e6;

    /// <inheritdoc/>
    public async Task RunAsync(Order order, Action<Reading> report)
    {
        await using var started = await PoolUnderTest.StartAsync(isRemote: true, Order.Workers);
        var workers = (await started.Pool.Admin.ListWorkersAsync()).Select(worker => worker.ProcessId!.Value).ToList();
        foreach (var name in order.Cases)
        {
            var options = new MapOptions { ChunkSize = int.Parse(name, CultureInfo.InvariantCulture) };
            var count = Math.Max(1, (int)(2 * Million * order.Seconds));
            var start = TimeProvider.System.GetTimestamp();
            do
            {
                await SquareWorkload.MapAsync(started.Pool, count, options);
            }
            while (TimeProvider.System.GetElapsedTime(start).TotalSeconds < order.CompileSeconds);

            var before = Read();
            await SquareWorkload.MapAsync(started.Pool, count, options);
            var used = Read().Zip(before, (late, early) => (late - early).TotalSeconds * Million / count).ToList();
            report(new Reading(name, Metrics.MiddleCpu, used[0]));
            report(new Reading(name, Metrics.ClientCpu, used[1]));
            report(new Reading(name, Metrics.WorkersCpu, used[2]));
        }

        List<TimeSpan> Read() =>
            [started.Supervisor.ProcessorTime, Of(Environment.ProcessId), workers.Aggregate(TimeSpan.Zero, (sum, worker) => sum + Of(worker))];

        static TimeSpan Of(int processId)
        {
            using var process = Process.GetProcessById(processId);
            return process.TotalProcessorTime;
        }
    }
}
