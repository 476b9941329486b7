using WorkerPool.Client;

namespace WorkerPool.Contract.Tests;

/// <summary>Functions that are methods of objects: one of its class in each worker.</summary>
public abstract class ObjectContract(PoolSource pools) : ContractTest(pools)
{
    [Fact]
    public async Task A_worker_has_one_object_of_a_class_and_keeps_it_from_item_to_item_and_job_to_job()
    {
        var options = new MapOptions { ChunkSize = 3 };
        var entries = new List<Tallied>();
        for (var job = 0; job < 3; job++)
        {
            entries.AddRange(await Pool.MapAsync<int, Tallied>("tally", Enumerable.Range(0, 60), options, Cancellation));
        }

        Assert.Equal(180, entries.Count);
        foreach (var worker in entries.GroupBy(entry => entry.Worker))
        {
            Assert.Single(worker.Select(entry => entry.Number).Distinct());
            Assert.Single(worker.Select(entry => entry.Service).Distinct());
            Assert.Distinct(worker.Select(entry => entry.Call));
        }

        Assert.InRange(entries.Select(entry => entry.Worker).Distinct().Count(), 1, 2);
    }

    [Fact]
    public async Task Functions_of_one_class_have_one_object_initializers_too()
    {
        var options = new MapOptions { Initializer = "tally_from", InitializerArguments = new[] { 1_000_000 }, ChunkSize = 1 };
        var calls = await Pool.MapAsync<int, int>("tally_calls", Enumerable.Range(0, 20), options, Cancellation);
        Assert.All(calls, count => Assert.InRange(count, 1_000_000, 1_000_999));
    }

    [Fact]
    public async Task A_constructor_that_throws_fails_the_job_by_class_and_cause_and_not_the_pool()
    {
        for (var time = 0; time < 2; time++)
        {
            var error = await Assert.ThrowsAsync<WorkerPoolException>(
                () => Pool.MapAsync<int, int>("unlucky", Enumerable.Range(0, 100), null, Cancellation));
            Assert.Equal("CONSTRUCTOR_FAILED", error.Reason);
            Assert.Contains("UserFunctions.Unlucky: System.IO.FileNotFoundException: no model", error.Message, StringComparison.Ordinal);
        }

        Assert.Equal(4, await Pool.ApplyAsync<int, long>("square", 2, null, Cancellation));
    }

    [Fact]
    public async Task A_constructor_that_throws_fails_a_single_call()
    {
        var error = await Assert.ThrowsAsync<WorkerPoolException>(() => Pool.ApplyAsync<int, int>("unlucky", 1, null, Cancellation));
        Assert.Equal("CONSTRUCTOR_FAILED", error.Reason);
    }

    [Fact]
    public async Task An_initializer_whose_object_cannot_be_made_fails_the_job()
    {
        var options = new MapOptions { Initializer = "unlucky", InitializerArguments = new[] { 1 } };
        var error = await Assert.ThrowsAsync<WorkerPoolException>(() => Pool.MapAsync<int, long>("square", [1], options, Cancellation));
        Assert.Equal("INITIALIZER_FAILED", error.Reason);
        Assert.Contains("UserFunctions.Unlucky: System.IO.FileNotFoundException: no model", error.Message, StringComparison.Ordinal);
    }

    private sealed record Tallied(string Worker, int Number, int Call, int Service);
}
