using WorkerPool.Client;
using WorkerPool.Local;

namespace WorkerPool.Docs.Tests.Snippets;

/// <summary>The code of docs/sdk.md. Each method shows a region there; what it prints stands below it.</summary>
internal static class SdkSnippets
{
    public static async Task MethodsAsync()
    {
        #region methods
        await using var pool = await LocalPool.StartAsync();

        int[] counts = await pool.MapAsync(CountWords, ["to be or not to be", "that is the question"]);
        Console.WriteLine(string.Join(" ", counts));

        await foreach (var root in pool.ImapAsync(Math.Sqrt, [4.0, 9.0]))
        {
            Console.WriteLine(root);
        }

        string[] cards = await pool.StarmapAsync((rank, suit) => $"{rank} of {suit}", [(7, "hearts"), (2, "spades")]);
        Console.WriteLine(string.Join(", ", cards));

        Console.WriteLine(await pool.ApplyAsync(async path => (await File.ReadAllTextAsync(path)).Length > 0, "/proc/self/cmdline"));

        static int CountWords(string text) => text.Split(' ').Length;
        #endregion
    }

    public static async Task ProcessAsync(Pool pool)
    {
        #region process
        var process = await pool.StartProcessAsync(CountTo, 1_000_000_000L);
        Console.WriteLine($"{process.Name}: alive: {process.IsAlive}");

        await process.TerminateAsync();
        Console.WriteLine($"{process.Name}: alive: {process.IsAlive}, exit code {process.ExitCode}");

        static async Task<long> CountTo(long end, CancellationToken cancellation)
        {
            for (var number = 0L; number < end; number++)
            {
                await Task.Delay(TimeSpan.FromSeconds(1), TimeProvider.System, cancellation);
            }

            return end;
        }
        #endregion
    }

    public static async Task LocalAsync()
    {
        #region local
        await using var pool = await LocalPool.StartAsync(new LocalPoolOptions
        {
            Workers = "2",
            Functions = [typeof(Texts).Assembly.Location],
            OnWorkerOutput = line => Console.WriteLine($"[{line.Worker}] {line.Text}"),
        });
        #endregion
        await pool.CloseAsync(TestContext.Current.CancellationToken);
    }

    public static async Task DashboardAsync()
    {
        #region dashboard
        await using var pool = await LocalPool.StartAsync(new LocalPoolOptions
        {
            OnDashboard = address => Console.WriteLine($"Dashboard: {address}"),
        });
        #endregion
    }

    public static async Task ConnectAsync()
    {
        #region connect
        await using var pool = Pool.Connect("http://127.0.0.1:50051");
        #endregion
    }

    public static async Task ConnectByProfileAsync()
    {
        #region connect-profile
        await using var pool = Pool.Connect(PoolProfile.Load());
        #endregion
    }

    public static async Task AddressesAsync()
    {
        #region addresses
        await using var pool = Pool.Connect(
            ["http://10.0.0.1:50051", "http://10.0.0.2:50051"],
            new PoolOptions { ReconnectTimeout = TimeSpan.FromMinutes(5) });
        #endregion
    }

    public static async Task CellsAsync()
    {
        #region cells
        await using var pool = Pool.Connect("dns+https://cells.example:50051");
        #endregion
    }

    public static async Task MapsAsync(Pool pool)
    {
        #region maps
        long[] squares = await pool.MapAsync<long, long>("square", [1, 2, 3]);
        Console.WriteLine(string.Join(" ", squares));

        await foreach (var square in pool.ImapAsync<long, long>("square", [1, 2, 3]))
        {
            Console.WriteLine(square);
        }

        long[] sums = await pool.StarmapAsync<(long, long), long>("add", [(1, 2), (3, 4)]);
        Console.WriteLine(string.Join(" ", sums));

        Console.WriteLine(await pool.ApplyAsync<long, long>("square", 12));
        Console.WriteLine(await pool.ApplyAsync<long>("power", [2, 10]));
        #endregion
    }

    public static async Task FailureAsync(Pool pool)
    {
        #region failure
        try
        {
            await pool.MapAsync<object, long>("square", [1, "two", 3]);
        }
        catch (ItemFailedException failure)
        {
            Console.WriteLine($"{failure.Index}: {failure.Reason}: {failure.Description}");
        }
        #endregion
    }

    public static async Task CallsAsync(Pool pool)
    {
        #region calls
        var values = await pool.CallsAsync<JsonText>([Call.Of("square", 12), Call.Of("power", (2, 100)), Call.Of("echo", "tea")]);
        Console.WriteLine(string.Join(" ", values));
        #endregion
    }

    public static async Task HandlesAsync(Pool pool)
    {
        #region handles
        var job = pool.StartMap<object, long>("square", [1, "two", 3]);
        if (!await job.WaitAsync(TimeSpan.FromMinutes(1)))
        {
            await job.CancelAsync();
        }

        Console.WriteLine(job.Progress);
        Console.WriteLine(string.Join(" ", job.Outcomes.Select(outcome => outcome.Succeeded)));
        Console.WriteLine(job.Completion.Exception!.InnerException!.Message);
        #endregion
    }

    public static async Task OutcomesAsync(Pool pool)
    {
        #region outcomes
        var outcomes = pool.ImapOutcomesAsync<object, long>("square", [1, "two", 3]);
        await foreach (var outcome in outcomes)
        {
            Console.WriteLine(outcome.Succeeded ? outcome.Value : outcome.Error!.Reason);
        }

        Console.WriteLine(outcomes.Summary!.Ledger);
        #endregion
    }

    public static async Task OptionsAsync(Pool pool)
    {
        #region options
        var options = new MapOptions { ChunkSize = 100, ItemTimeout = TimeSpan.FromSeconds(30), MaxRetries = 2, Label = "nightly" };
        var counts = await pool.MapAsync<string, int>("word_count", ["one two", "three"], options);
        Console.WriteLine(counts.Sum());
        #endregion
    }

    public static async Task ProgressAsync(Pool pool)
    {
        #region progress
        var told = new List<JobStatus>();
        await pool.MapAsync<long, long>("square", [1, 2, 3], new MapOptions { Progress = new Listener(told.Add) });
        Console.WriteLine($"{told[^1].Ledger.Succeeded} of {told[^1].ItemCount}, {told[^1].State}");
        #endregion
    }

    public static async Task SharedAsync(Pool pool)
    {
        #region shared
        var shared = new Dictionary<string, object?> { ["base"] = 2 };
        var powers = await pool.MapAsync<int, long>("power", [1, 2, 3, 10], new MapOptions { Shared = shared });
        Console.WriteLine(string.Join(" ", powers));
        #endregion
    }

    public static async Task SharedMethodAsync(Pool pool)
    {
        #region shared-method
        var table = new Dictionary<string, decimal> { ["tea"] = 2, ["cake"] = 3.5m };
        decimal[] costs = await pool.MapAsync((prices, item) => prices[item], table, ["cake", "tea", "cake"]);
        Console.WriteLine(string.Join(" ", costs));
        #endregion
    }

    public static async Task WindowAsync(Pool pool)
    {
        #region window
        static IEnumerable<long> Forever()
        {
            for (var number = 1L; ; number++)
            {
                yield return number;
            }
        }

        await foreach (var square in pool.ImapAsync<long, long>("square", Forever()))
        {
            if (square > 10)
            {
                break;
            }

            Console.WriteLine(square);
        }
        #endregion
    }

    public static async Task CancellationAsync(Pool pool)
    {
        #region cancellation
        using var soon = new CancellationTokenSource(TimeSpan.FromSeconds(1));
        try
        {
            await pool.MapAsync<int, int>("sleep", [3600], cancellationToken: soon.Token);
        }
        catch (OperationCanceledException)
        {
            Console.WriteLine("cancelled");
        }
        #endregion
    }

    public static async Task EncodingsAsync(Pool pool)
    {
        #region encodings
        byte[][] raw = await pool.MapAsync<byte[], byte[]>("echo", [[1, 2, 3]]);
        Console.WriteLine(raw[0].Length);

        JsonText exact = await pool.ApplyAsync<JsonText, JsonText>("power", new JsonText("[3, 50]"));
        Console.WriteLine(exact);
        #endregion
    }

    private sealed class Listener(Action<JobStatus> heard) : IProgress<JobStatus>
    {
        public void Report(JobStatus value) => heard(value);
    }
}
