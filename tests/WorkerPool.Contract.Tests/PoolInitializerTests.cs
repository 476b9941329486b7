using WorkerPool.Client;
using WorkerPool.InProcess;
using WorkerPool.Local;

namespace WorkerPool.Contract.Tests;

/// <summary>Functions that each worker of a pool runs before anything else.</summary>
public sealed class PoolInitializerTests
{
    private static readonly string[] Words = ["Rosebud"];
    private static readonly string Library = Path.Combine(AppContext.BaseDirectory, "UserFunctions.dll");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task It_runs_in_each_worker_before_its_first_item(bool isLocal)
    {
        await using var pool = await StartAsync(isLocal, "remember", Words);
        var words = await pool.MapAsync<int, string>("remembered", Enumerable.Range(0, 40), new MapOptions { ChunkSize = 1 }, Cancellation);
        Assert.All(words, word => Assert.Equal("Rosebud", word));
    }

    [Fact]
    public async Task It_runs_again_in_the_worker_that_takes_the_place_of_one()
    {
        await using var pool = await StartAsync(isLocal: true, "remember", new { word = "Rosebud" });
        await Assert.ThrowsAsync<ItemFailedException>(() => pool.ApplyAsync<object?, object?>("end_process", null, null, Cancellation));
        Assert.Equal("Rosebud", await pool.ApplyAsync<int, string>("remembered", 0, null, Cancellation));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_pool_whose_initializer_throws_does_not_start_and_says_why(bool isLocal)
    {
        var error = await Assert.ThrowsAsync<PoolUnavailableException>(() => StartAsync(isLocal, "refuse", new { message = "no table" }));
        Assert.Equal("INITIALIZER_FAILED", error.Reason);
        Assert.Contains("\"refuse\" failed: System.InvalidOperationException: no table", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_pool_without_the_function_of_its_initializer_does_not_start()
    {
        var error = await Assert.ThrowsAsync<PoolUnavailableException>(() => StartAsync(isLocal: true, "remembr", null));
        Assert.Contains("did you mean \"remember\"?", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_pool_whose_initializer_ends_its_workers_does_not_start_and_says_how_they_died()
    {
        var error = await Assert.ThrowsAsync<PoolUnavailableException>(() => StartAsync(isLocal: true, "end_process", null));
        Assert.Contains("\"end_process\" ended the worker: exit code 7", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Arguments_that_are_no_list_are_refused() =>
        await Assert.ThrowsAsync<ArgumentException>(() => StartAsync(isLocal: true, "remember", "Rosebud"));

    private static Task<Pool> StartAsync(bool isLocal, string initializer, object? arguments) => isLocal
        ? LocalPool.StartAsync(
            new LocalPoolOptions { Workers = "2", Functions = [Library], Initializer = initializer, InitializerArguments = arguments }, Cancellation)
        : InProcessPool.StartAsync(
            new InProcessPoolOptions { Workers = "2", Functions = [Library], Initializer = initializer, InitializerArguments = arguments }, Cancellation);
}
