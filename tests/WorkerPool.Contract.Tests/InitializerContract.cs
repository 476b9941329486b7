using WorkerPool.Client;

namespace WorkerPool.Contract.Tests;

/// <summary>Functions that each worker runs before its first item of a job.</summary>
public abstract class InitializerContract(PoolSource pools) : ContractTest(pools)
{
    [Fact]
    public async Task It_runs_before_the_first_item_of_each_worker()
    {
        var options = new MapOptions { Initializer = "remember", InitializerArguments = new { word = "Rosebud" }, ChunkSize = 2 };
        var words = await Pool.MapAsync<int, string>("remembered", Enumerable.Range(0, 100), options, Cancellation);
        Assert.All(words, word => Assert.Equal("Rosebud", word));
    }

    [Fact]
    public async Task It_runs_once_in_each_worker()
    {
        var path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        try
        {
            var options = new MapOptions { Initializer = "note_start", InitializerArguments = new[] { path }, ChunkSize = 2 };
            await Pool.MapAsync<int, long>("square", Enumerable.Range(0, 200), options, Cancellation);
            var workers = await File.ReadAllLinesAsync(path, Cancellation);
            Assert.InRange(workers.Length, 1, 2);
            Assert.Distinct(workers);
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public async Task One_that_throws_fails_the_job_with_its_message_and_not_the_pool()
    {
        var options = new MapOptions { Initializer = "refuse", InitializerArguments = new[] { "no table" } };
        var error = await Assert.ThrowsAsync<WorkerPoolException>(() => Squares(options));
        Assert.Equal("INITIALIZER_FAILED", error.Reason);
        Assert.Contains("\"refuse\" failed: System.InvalidOperationException: no table", error.Message, StringComparison.Ordinal);
        Assert.Equal(3, (await Squares(new MapOptions())).Length);
    }

    [Fact]
    public async Task One_with_wrong_arguments_fails_the_job()
    {
        var options = new MapOptions { Initializer = "remember", InitializerArguments = new[] { 1, 2 } };
        var error = await Assert.ThrowsAsync<WorkerPoolException>(() => Squares(options));
        Assert.Equal("INITIALIZER_FAILED", error.Reason);
    }

    [Fact]
    public async Task One_that_yields_to_its_timeout_fails_the_job()
    {
        var options = new MapOptions { Initializer = "wait_for_cancellation", InitializerTimeout = TimeSpan.FromSeconds(0.2) };
        var error = await Assert.ThrowsAsync<WorkerPoolException>(() => Squares(options));
        Assert.Contains("ran longer than its limit of 0.2 s", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_that_does_not_yield_to_its_timeout_fails_the_job_and_its_workers_are_replaced()
    {
        var options = new MapOptions { Initializer = "hang_for_ever", InitializerTimeout = TimeSpan.FromSeconds(0.2) };
        var error = await Assert.ThrowsAsync<WorkerPoolException>(() => Squares(options).WaitAsync(Limit, Cancellation));
        Assert.Equal("INITIALIZER_FAILED", error.Reason);
        Assert.Contains("did not yield", error.Message, StringComparison.Ordinal);
        Assert.Equal(3, (await Squares(new MapOptions())).Length);
    }

    [Fact]
    public async Task One_that_the_pool_does_not_have_is_refused_before_anything_runs()
    {
        var error = await Assert.ThrowsAsync<UnknownFunctionException>(() => Squares(new MapOptions { Initializer = "rememeber" }));
        Assert.StartsWith("The pool has no function \"rememeber\" to be the initializer. Did you mean \"remember\"", error.Message, StringComparison.Ordinal);
    }

    private Task<long[]> Squares(MapOptions options) => Pool.MapAsync<int, long>("square", [1, 2, 3], options, Cancellation);
}
