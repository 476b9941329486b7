using System.Diagnostics;
using System.Globalization;
using WorkerPool.Client;

namespace WorkerPool.Bench.Suites.SharedArguments;

/// <summary>What a table of 200 MB costs that all items of a job share: memory of the Supervisor, time before the first item, and an item.</summary>
internal static class SharedArgumentsSuite
{
    private const int TableBytes = 200_000_000;
    private const int Items = 500_000;
    private const double BytesPerMebibyte = 1 << 20;

    /// <summary>Measures and prints.</summary>
    /// <param name="output">Where.</param>
    public static async Task RunAsync(TextWriter output)
    {
        var memory = new Table(
            "A shared table of 200 MB (190.7 MiB): MiB resident", "workers", "Supervisor before", "during", "at its most", "each worker", "first result, s");
        var items = new Table($"{Items} items of int, 2 workers: microseconds an item, medians of 3", "without", "with the table, first result apart");
        foreach (var workers in (int[])[2, 4])
        {
            await using var supervisor = await SupervisorProcess.StartAsync(workers);
            await using var pool = Pool.Connect(supervisor.Address);
            await pool.MapAsync<int, int>("bench_same", Enumerable.Range(0, 1000));
            var before = supervisor.Memory("VmRSS");
            var watch = Stopwatch.StartNew();
            await using var results = Map(pool, Shared(), Enumerable.Repeat(0, Items)).GetAsyncEnumerator();
            await results.MoveNextAsync();
            var first = watch.Elapsed.TotalSeconds;
            for (var taken = 1; taken < Items / 2; taken++)
            {
                await results.MoveNextAsync();
            }

            var during = supervisor.Memory("VmRSS");
            var worker = (await pool.Admin.ListWorkersAsync()).Average(each => each.MemoryBytes);
            while (await results.MoveNextAsync())
            {
                // To the end of the job.
            }

            memory.Add(
                $"{workers}", $"{before / BytesPerMebibyte:F0}", $"{during / BytesPerMebibyte:F0}",
                $"{supervisor.Memory("VmHWM") / BytesPerMebibyte:F0}", $"{worker / BytesPerMebibyte:F0}", $"{first:F2}");
            if (workers == 2)
            {
                items.Add($"{await ItemCostAsync(pool, null):F2}", $"{await ItemCostAsync(pool, Shared()):F2}");
            }
        }

        await memory.PrintAsync(output);
        await items.PrintAsync(output);
    }

    private static MapOptions Shared() => new() { Shared = new Dictionary<string, object?> { ["table"] = new byte[TableBytes] } };

    private static IAsyncEnumerable<int> Map(Pool pool, MapOptions? options, IEnumerable<int> items) =>
        pool.ImapUnorderedAsync<int, int>(options is null ? "bench_same" : "bench_look_up", items, options);

    private static async Task<double> ItemCostAsync(Pool pool, MapOptions? options) => (await Median.OfAsync(async () =>
    {
        await using var results = Map(pool, options, Enumerable.Range(0, Items)).GetAsyncEnumerator();
        await results.MoveNextAsync();
        var watch = Stopwatch.StartNew();
        while (await results.MoveNextAsync())
        {
            // To the end of the job.
        }

        return [watch.Elapsed.TotalMicroseconds / Items];
    }))[0];

    /// <summary>A Supervisor in a process of its own, so that its memory is its own too.</summary>
    private sealed class SupervisorProcess : IAsyncDisposable
    {
        private readonly Process _process;

        private SupervisorProcess(Process process, string address)
        {
            _process = process;
            Address = address;
        }

        public string Address { get; }

        public static async Task<SupervisorProcess> StartAsync(int workers)
        {
            var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true };
            string[] arguments =
            [
                Path.Combine(AppContext.BaseDirectory, "WorkerPool.Supervisor.dll"), "--listen", "http://127.0.0.1:0", "--http", "",
                "--workers", workers.ToString(CultureInfo.InvariantCulture), "--functions", typeof(TableFunctions).Assembly.Location,
            ];
            foreach (var argument in arguments)
            {
                start.ArgumentList.Add(argument);
            }

            const string Mark = "Now listening on: ";
            var process = Process.Start(start)!;
            var ready = 0;
            var address = "";
            while (ready < workers || address.Length == 0)
            {
                var line = await process.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException("the Supervisor did not start");
                address = line.Contains(Mark, StringComparison.Ordinal) ? line.Split(Mark)[1].Trim() : address;
                ready += line.Contains("is ready", StringComparison.Ordinal) ? 1 : 0;
            }

            _ = process.StandardOutput.ReadToEndAsync();
            return new SupervisorProcess(process, address);
        }

        public long Memory(string field) => 1024 * long.Parse(
            File.ReadLines($"/proc/{_process.Id}/status").First(line => line.StartsWith(field, StringComparison.Ordinal)).Split(' ', StringSplitOptions.RemoveEmptyEntries)[1],
            CultureInfo.InvariantCulture);

        public async ValueTask DisposeAsync()
        {
            using var _ = Process.Start("kill", _process.Id.ToString(CultureInfo.InvariantCulture));
            await _process.WaitForExitAsync();
            _process.Dispose();
        }
    }
}
