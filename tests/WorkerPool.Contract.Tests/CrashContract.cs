using WorkerPool.Client;

namespace WorkerPool.Contract.Tests;

/// <summary>Workers that are processes, and die.</summary>
public abstract class CrashContract(PoolSource pools) : ContractTest(pools)
{
    [Theory]
    [InlineData(null)]
    [InlineData(1)]
    [InlineData(100)]
    public async Task One_poison_item_fails_alone(int? chunkSize)
    {
        var outcomes = await CollectAsync(Pool.ImapOutcomesAsync<int, int>(
            "die_on_13", Enumerable.Range(0, 200), new MapOptions { ChunkSize = chunkSize }, Cancellation));

        Assert.Equal(Enumerable.Range(0, 200).Select(i => (long)i), outcomes.Select(outcome => outcome.Index));
        var failed = Assert.Single(outcomes, outcome => !outcome.Succeeded);
        Assert.Equal(13, failed.Index);
        Assert.Equal("WORKER_CRASHED", failed.Error!.Reason);
        Assert.Equal(3, failed.Error.Attempts);
        Assert.Contains("exit code 42", failed.Error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_crash_in_the_middle_costs_nothing_but_time()
    {
        var path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        try
        {
            var items = Enumerable.Range(0, 2000).Select(i => i == 1000 ? path : "");
            var stream = Pool.ImapOutcomesAsync<string, string>("die_once", items, null, Cancellation);
            var outcomes = await CollectAsync(stream);

            Assert.All(outcomes, outcome => Assert.True(outcome.Succeeded));
            Assert.Equal(2000, outcomes.Count);
            Assert.Equal(1, stream.Summary!.WorkerRestarts);
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public async Task A_program_does_not_outlive_its_worker()
    {
        using var directory = new ProgramContract.TemporaryDirectory();
        var map = Pool.ImapOutcomesAsync<string, string>(
            "nest", [directory.File("pids")], new MapOptions { ItemTimeout = TimeSpan.FromSeconds(10) }, Cancellation);
        var outcomes = CollectAsync(map);
        var first = await directory.ProcessIdsAsync("pids");
        File.Delete(directory.File("pids"));
        ProcessSignals.Send(first[0], ProcessSignals.Kill);
        await ProgramContract.AreDead(first);

        // The item runs again, on another worker.
        var second = await directory.ProcessIdsAsync("pids");
        Assert.NotEqual(first[0], second[0]);
        Assert.Equal("ITEM_TIMEOUT", Assert.Single(await outcomes).Error?.Reason);
        await ProgramContract.AreDead(second[1..]);
    }

    [Fact]
    public async Task An_initializer_that_ends_its_workers_fails_the_job_after_as_many_as_an_item_may_cost()
    {
        var options = new MapOptions { Initializer = "end_process" };
        var error = await Assert.ThrowsAsync<WorkerPoolException>(
            () => Pool.MapAsync<int, long>("square", [1, 2, 3], options, Cancellation).WaitAsync(Limit, Cancellation));
        Assert.Equal("INITIALIZER_FAILED", error.Reason);
        Assert.Contains("\"end_process\" was running each time when a worker died (3 times)", error.Message, StringComparison.Ordinal);
        Assert.Contains("exit code 7", error.Message, StringComparison.Ordinal);
        Assert.Equal(2, (await Pool.MapAsync<int, long>("square", [1, 2], null, Cancellation)).Length);
    }

    [Fact]
    public async Task A_constructor_that_ends_its_workers_fails_the_job_after_as_many_as_an_item_may_cost()
    {
        var error = await Assert.ThrowsAsync<WorkerPoolException>(
            () => Pool.MapAsync<int, int>("deadly", [1, 2, 3], null, Cancellation).WaitAsync(Limit, Cancellation));
        Assert.Equal("CONSTRUCTOR_FAILED", error.Reason);
        Assert.Contains("The object of UserFunctions.Deadly that deadly belongs to was being made each time when a worker died (3 times)", error.Message, StringComparison.Ordinal);
        Assert.Contains("exit code 7", error.Message, StringComparison.Ordinal);
        Assert.Equal(2, (await Pool.MapAsync<int, long>("square", [1, 2], null, Cancellation)).Length);
    }

    [Fact]
    public async Task An_initializer_and_shared_arguments_are_there_again_in_the_worker_that_takes_the_place_of_one()
    {
        var path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        var died = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        try
        {
            var options = new MapOptions
            {
                Initializer = "note_start",
                InitializerArguments = new[] { path },
                Shared = new Dictionary<string, object?> { ["suffix"] = "!" },
                ChunkSize = 1,
            };
            var items = Enumerable.Range(0, 200).Select(i => i == 100 ? died : "");
            var values = await Pool.MapAsync<string, string>("die_once_with", items, options, Cancellation);
            Assert.All(values, value => Assert.EndsWith("!", value, StringComparison.Ordinal));
            Assert.InRange((await File.ReadAllLinesAsync(path, Cancellation)).Length, 2, 3);
        }
        finally
        {
            File.Delete(path);
            File.Delete(died);
        }
    }

    [Fact]
    public async Task Workers_share_no_memory()
    {
        var counts = await Pool.MapAsync<int, int>("count_seen", Enumerable.Range(0, 20), new MapOptions { ChunkSize = 10 }, Cancellation);

        // Each chunk saw its own ten at least, in a process of the pool: nothing of it happened here.
        Assert.All(counts.Take(10).Zip(counts.Skip(1).Take(9)), pair => Assert.Equal(pair.First + 1, pair.Second));
    }
}
