using WorkerPool.Client;
using WorkerPool.InProcess;

namespace WorkerPool.Contract.Tests;

/// <summary>What is particular to a pool whose workers are threads.</summary>
public sealed class InProcessTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Functions_of_the_callers_own_assembly_run_in_the_callers_process_and_see_its_state()
    {
        await using var pool = await StartAsync();
        OwnFunctions.Sum = 0;
        await pool.MapAsync<int, int>("add_to_sum", Enumerable.Range(1, 100), null, Cancellation);

        Assert.Equal(5050, OwnFunctions.Sum);
        Assert.Equal(Environment.ProcessId, await pool.ApplyAsync<object?, int>("own_process", null, null, Cancellation));
    }

    [Fact]
    public async Task Lambdas_may_capture_and_methods_may_be_of_objects()
    {
        await using var pool = await StartAsync();
        var factor = 3;
        var sum = new Sum();

        Assert.Equal("3 6", string.Join(" ", await pool.MapAsync(x => x * factor, [1, 2], null, Cancellation)));
        await pool.MapAsync(sum.Add, Enumerable.Range(1, 100), null, Cancellation);
        Assert.Equal(5050, sum.Value);
    }

    [Fact]
    public async Task A_lambda_is_forgotten_when_its_worker_has_something_else_to_run()
    {
        await using var pool = await InProcessPool.StartAsync(Options with { Workers = "1" }, Cancellation);
        var captured = await MapOverAsync(pool);
        await Eventually.AskAsync(
            async () =>
            {
                await pool.ApplyAsync<int, long>("square", 2, null, Cancellation);
                GC.Collect();
                return captured.TryGetTarget(out _);
            },
            isThere => !isThere);
    }

    [Fact]
    public async Task Each_worker_knows_its_own_name_also_in_what_a_function_starts()
    {
        await using var pool = await StartAsync();
        OwnFunctions.Meeting = new Barrier(2);
        var names = await pool.MapAsync<int, string>("meet_and_name", [0, 1], new MapOptions { ChunkSize = 1 }, Cancellation)
            .WaitAsync(Limit, Cancellation);

        Assert.Equal(["worker-1", "worker-2"], names.Order());
        Assert.Equal("", WorkerContext.Current.WorkerName);
    }

    [Fact]
    public async Task An_item_that_does_not_yield_is_given_up_and_its_worker_replaced_under_the_next_incarnation()
    {
        await using var pool = await InProcessPool.StartAsync(Options with { Workers = "1" }, Cancellation);
        using var letGo = new ManualResetEventSlim();
        OwnFunctions.LetGo = letGo;
        var options = new MapOptions { ItemTimeout = TimeSpan.FromMilliseconds(100) };
        var error = await Assert.ThrowsAsync<ItemFailedException>(
            () => pool.ApplyAsync<int, int>("hang", 0, options, Cancellation).WaitAsync(Limit, Cancellation));

        Assert.Equal("ITEM_TIMEOUT", error.Reason);
        Assert.Equal(2UL, await pool.ApplyAsync<int, ulong>("incarnation", 0, null, Cancellation).WaitAsync(Limit, Cancellation));

        // It notes its end in the flight recorder although its worker is buried.
        letGo.Set();
        await OwnFunctions.HangEnded.Task.WaitAsync(Limit, Cancellation);
        Assert.Equal(4, await pool.ApplyAsync<int, long>("square", 2, null, Cancellation).WaitAsync(Limit, Cancellation));
    }

    [Fact]
    public async Task Disposing_leaves_no_file_and_no_socket()
    {
        var before = Directories();
        var pool = await StartAsync();
        var own = Directories().Except(before).ToList();
        await pool.DisposeAsync();

        // Other suites make and remove pools of their own meanwhile: what is asked for is that nothing made here stays.
        Assert.NotEmpty(own);
        Assert.DoesNotContain(pool.Address["unix://".Length..], own.SelectMany(Files));
        Assert.False(Directory.Exists(Path.GetDirectoryName(pool.Address["unix://".Length..])));

        static List<string> Directories() => [.. Directory.GetDirectories(Path.GetTempPath(), "workerpool-*")];

        static IEnumerable<string> Files(string directory) => Directory.Exists(directory) ? Directory.GetFiles(directory) : [];
    }

    [Fact]
    public async Task A_library_that_is_not_there_is_said_at_the_start()
    {
        var error = await Assert.ThrowsAsync<PoolUnavailableException>(
            () => InProcessPool.StartAsync(new InProcessPoolOptions { Functions = ["/nowhere/lib.dll"] }, Cancellation));

        Assert.Equal("FUNCTION_LIBRARY_INVALID", error.Reason);
        Assert.Contains("/nowhere/lib.dll", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_assembly_without_functions_is_said_at_the_start()
    {
        var error = await Assert.ThrowsAsync<PoolUnavailableException>(
            () => InProcessPool.StartAsync(new InProcessPoolOptions { Assemblies = [typeof(Assert).Assembly] }, Cancellation));

        Assert.Contains("[WorkerFunction]", error.Message, StringComparison.Ordinal);
    }

    private static async Task<WeakReference<object>> MapOverAsync(Pool pool)
    {
        var captured = new object();
        Assert.True(Assert.Single(await pool.MapAsync(_ => captured is not null, [1], null, Cancellation)));
        return new WeakReference<object>(captured);
    }

    private static InProcessPoolOptions Options => new() { Workers = "2", Assemblies = [typeof(OwnFunctions).Assembly] };

    private static Task<Pool> StartAsync() => InProcessPool.StartAsync(Options, Cancellation);

    private sealed class Sum
    {
        private int _value;

        public int Value => _value;

        public int Add(int number) => Interlocked.Add(ref _value, number);
    }
}
