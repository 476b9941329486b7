using Microsoft.Extensions.Time.Testing;
using WorkerPool.Protocol.Errors;
using WorkerPool.Supervisor.Dispatch;
using WorkerPool.Supervisor.Jobs;
using WorkerPool.V1;

namespace WorkerPool.Supervisor.Tests.Jobs;

public sealed class JobChargesTests
{
    private static readonly WorkOrder Order = new("f", Encoding.Json, Encoding.Json, null, 0);
    private readonly FakeJobHost _host = new();

    [Fact]
    public void A_job_with_a_key_tells_its_client_what_items_are_charged_with()
    {
        var job = Open("key");
        job.Accept(5, Runs.OfIndexes(5, 2));
        job.Charged(6, new SpentTries(1, 2));
        Assert.True(job.Output.TryRead(out var run));
        Assert.Equal((0, new SpentAttempts { Index = 6, Crashes = 1, Throws = 2 }), (run.Count, run.Spent));
        Assert.Equal(new SpentTries(1, 2), job.SpentOn(6));
    }

    [Fact]
    public void One_without_a_key_remembers_it_until_the_item_is_answered()
    {
        var job = Open("");
        job.Accept(5, Runs.OfIndexes(5, 3));
        job.Take(1);
        job.Charged(6, new SpentTries(1, 0));
        Assert.False(job.Output.TryRead(out _));
        job.Answered(5, Runs.OfSizes(1), [], 2);
        Assert.Equal(new SpentTries(1, 0), job.SpentOn(6));
        job.Answered(6, Runs.OfSizes(1), [], 2);
        Assert.Equal(default, job.SpentOn(6));
    }

    [Fact]
    public void Items_that_killed_workers_before_are_tried_apart_and_the_others_wait_as_ever()
    {
        var job = Open("key");
        job.Accept(5, Runs.OfIndexes(5, 4), [Spent(6, crashes: 2), Spent(7, throws: 1)]);
        var (item, spent) = Assert.Single(_host.Resumed);
        Assert.Equal((6ul, 1, new SpentTries(2, 0)), (item.FirstIndex, item.Items.Count, spent));
        Assert.Equal(new SpentTries(0, 1), job.SpentOn(7));
        var first = job.Take(1);
        Assert.Equal((5ul, 1), (first.FirstIndex, first.Items.Count));
        Assert.Equal(7ul, job.Take(1).FirstIndex);
    }

    [Theory]
    [InlineData(4)]
    [InlineData(7)]
    public async Task Charges_are_of_the_items_they_come_with(ulong index)
    {
        var job = Open("key");
        job.Accept(5, Runs.OfIndexes(5, 2), [Spent(index, crashes: 1)]);
        Assert.Equal(
            ErrorReasons.InvalidArgument, (await Assert.ThrowsAsync<JobFailedException>(() => job.Summary)).Reason);
    }

    [Fact]
    public async Task Charges_rise()
    {
        var job = Open("key");
        job.Accept(5, Runs.OfIndexes(5, 3), [Spent(7, crashes: 1), Spent(6, crashes: 1)]);
        Assert.Equal(
            ErrorReasons.InvalidArgument, (await Assert.ThrowsAsync<JobFailedException>(() => job.Summary)).Reason);
    }

    private static SpentAttempts Spent(ulong index, uint crashes = 0, uint throws = 0) =>
        new() { Index = index, Crashes = crashes, Throws = throws };

    private Job Open(string key) =>
        new(4, new JobSpec(Order, Key: key), new JobLimits(100, 1000, 100), _host, new FakeTimeProvider());
}
