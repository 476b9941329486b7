using System.Globalization;
using Spectre.Console;
using WorkerPool.Bench.Measuring;
using WorkerPool.Bench.Reports;
using WorkerPool.Bench.Workloads;
using WorkerPool.Client;

namespace WorkerPool.Bench.Allocations;

/// <summary>
/// What a Supervisor allocates for items on their way through it: bytes an item and bytes a chunk. A map of many items less one of few,
/// so that what a job costs by itself does not count; what it allocates meanwhile without a job does.
/// </summary>
internal static class AllocationsReport
{
    private const int Few = 200_000;
    private const int Items = 2_000_000;
    private static readonly int[] ChunkSizes = [16, 256, 4096];

    /// <summary>Measures and prints.</summary>
    /// <param name="output">Where.</param>
    public static async Task RunAsync(TextWriter output)
    {
        await using var supervisor = await SupervisorProcess.StartAsync(Order.Workers, withMetrics: true);
        await using var pool = Pool.Connect(supervisor.Address);
        using var allocated = new AllocatedBytes(supervisor.Metrics!);
        var table = new Table { Border = TableBorder.Simple, Title = new TableTitle($"Bytes allocated by the Supervisor, square, {Items} items, {Order.Workers} workers") };
        table.AddColumns("chunk size", "bytes an item", "bytes a chunk");
        foreach (var size in ChunkSizes)
        {
            await MapAsync(pool, Few, size);
            var few = await CostAsync(Few);
            var perItem = (await CostAsync(Few + Items) - few) / Items;
            table.AddRow(Text(size), Text(perItem), Text(perItem * size));

            async Task<double> CostAsync(int count)
            {
                var before = await allocated.ReadAsync();
                await MapAsync(pool, count, size);
                return await allocated.ReadAsync() - before;
            }
        }

        PlainTable.Print(table, output);

        static string Text(double number) => number.ToString(number < 10 ? "F2" : "F0", CultureInfo.InvariantCulture);
    }

    private static async Task MapAsync(Pool pool, int count, int chunkSize)
    {
        var came = 0L;
        await foreach (var square in pool.ImapAsync<long, long>("square", Enumerable.Range(0, count).Select(i => (long)i), new MapOptions { ChunkSize = chunkSize }))
        {
            WrongResultException.Unless(square == came * came, $"the square of {came} is not {square}");
            came++;
        }

        WrongResultException.Unless(came == count, $"{came} of {count} squares came");
    }
}
