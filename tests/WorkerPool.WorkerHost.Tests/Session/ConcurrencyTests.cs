using Google.Protobuf.WellKnownTypes;
using WorkerPool.Worker.V1;
using WorkerPool.WorkerHost.Tests.Hosting;

namespace WorkerPool.WorkerHost.Tests.Session;

/// <summary>A worker with several runners.</summary>
public sealed class ConcurrencyTests
{
    [Fact]
    public async Task As_many_chunks_run_at_once_as_there_are_runners_each_noted_in_its_place()
    {
        await using var session = new SessionUnderTest(runners: 2);
        await session.OpenAsync();
        session.SetUp(WorkerCall.Setup(1, "gated"));
        session.Send(WorkerCall.Chunk(5, ["\"first\""], job: 1), WorkerCall.Chunk(6, ["\"second\""], job: 1), WorkerCall.Chunk(7, ["\"third\""], job: 1));
        await GatedMethods.At("first").ReachedAsync();
        await GatedMethods.At("second").ReachedAsync();
        Assert.Equal([5UL, 6UL], session.Recorder.Read().Running.Select(item => item.Lease).Order());
        Assert.Distinct(session.Recorder.Read().Running.Select(item => item.ThreadId));
        GatedMethods.At("second").Open();
        await GatedMethods.At("third").ReachedAsync();
        Assert.Equal([5UL, 7UL], session.Recorder.Read().Running.Select(item => item.Lease).Order());
        GatedMethods.At("third").Open();
        GatedMethods.At("first").Open();
        Assert.Equal(["\"first\"", "\"second\"", "\"third\""], (await session.AnswersAsync(3)).Values.Order());
    }

    [Fact]
    public async Task A_job_is_prepared_once_and_the_others_wait_for_that()
    {
        await using var session = new SessionUnderTest(runners: 2);
        await session.OpenAsync();
        var setup = WorkerCall.Setup(1, "runs_after");
        setup.Initializer = new V1.Initializer
        {
            Function = "count_gated",
            JsonArguments = "[\"prepared once\"]",
            Timeout = Duration.FromTimeSpan(TimeSpan.FromHours(1)),
        };
        session.SetUp(setup);
        session.Send(WorkerCall.Chunk(5, ["\"prepared once\""], job: 1), WorkerCall.Chunk(6, ["\"prepared once\""], job: 1));
        await GatedMethods.At("prepared once").ReachedAsync();
        Assert.True(Assert.Single(session.Recorder.Read().Running).IsSetup);
        GatedMethods.At("prepared once").Open();
        Assert.Equal(["1", "1"], (await session.AnswersAsync(2)).Values);
    }

    [Fact]
    public async Task The_shared_arguments_of_a_job_are_read_once_for_all_runners()
    {
        await using var session = new SessionUnderTest(runners: 2);
        await session.OpenAsync();
        var setup = WorkerCall.Setup(1, "table_at");
        setup.Shared.Add(new V1.SharedArgument { Name = "table", Encoding = V1.Encoding.Json, Size = 7 });
        session.SetUp(setup);
        session.Share(1, "[1,2,3]");
        session.Send(WorkerCall.Chunk(5, ["\"one\""], job: 1), WorkerCall.Chunk(6, ["\"other\""], job: 1));
        await GatedMethods.At("one").ReachedAsync();
        await GatedMethods.At("other").ReachedAsync();
        GatedMethods.At("one").Open();
        GatedMethods.At("other").Open();
        var tables = (await session.AnswersAsync(2)).Values;
        Assert.Single(tables.Distinct());
    }

    [Fact]
    public async Task One_item_that_is_over_its_time_is_told_and_cancelled_and_the_others_go_on()
    {
        await using var session = new SessionUnderTest(runners: 2);
        await session.OpenAsync();
        var limited = WorkerCall.Setup(1, "until_cancelled");
        limited.ItemTimeout = Duration.FromTimeSpan(TimeSpan.FromMilliseconds(1));
        session.SetUp(limited, WorkerCall.Setup(2, "gated"));
        session.Send(WorkerCall.Chunk(6, ["\"goes on\""], job: 2));
        await GatedMethods.At("goes on").ReachedAsync();
        session.Send(WorkerCall.Chunk(5, ["\"too long\""], job: 1));
        var late = await session.AnswersAsync(1);
        Assert.Equal("ITEM_TIMEOUT", Assert.Single(late.Errors).Reason);

        // An item is noted until its result is on its way; its runner's next begins after that.
        session.Send(WorkerCall.Chunk(7, ["\"next\""], job: 2));
        await GatedMethods.At("next").ReachedAsync();
        Assert.Equal([6UL, 7UL], session.Recorder.Read().Running.Select(item => item.Lease).Order());
        GatedMethods.At("goes on").Open();
        GatedMethods.At("next").Open();
        Assert.Equal(["\"goes on\"", "\"next\""], (await session.AnswersAsync(2)).Values.Order());
    }

    [Fact]
    public async Task The_end_of_a_job_cancels_all_its_running_items_and_no_other()
    {
        await using var session = new SessionUnderTest(runners: 3);
        await session.OpenAsync();
        session.SetUp(WorkerCall.Setup(1, "until_cancelled"), WorkerCall.Setup(2, "gated"));
        session.Send(
            WorkerCall.Chunk(5, ["\"ended 1\"", "\"never begun\""], job: 1),
            WorkerCall.Chunk(6, ["\"ended 2\""], job: 1),
            WorkerCall.Chunk(7, ["\"of another job\""], job: 2));
        await GatedMethods.At("ended 1").ReachedAsync();
        await GatedMethods.At("ended 2").ReachedAsync();
        await GatedMethods.At("of another job").ReachedAsync();
        session.Cancel(1);
        var ended = await session.AnswersAsync(3);
        Assert.Equal((2, 1), (ended.Values.Count, ended.Returned));

        // An item is noted until its result is on its way; its runner's next begins after that.
        session.Send(WorkerCall.Chunk(8, ["\"next 1\""], job: 2), WorkerCall.Chunk(9, ["\"next 2\""], job: 2));
        await GatedMethods.At("next 1").ReachedAsync();
        await GatedMethods.At("next 2").ReachedAsync();
        Assert.Equal([7UL, 8UL, 9UL], session.Recorder.Read().Running.Select(item => item.Lease).Order());
        GatedMethods.At("of another job").Open();
        GatedMethods.At("next 1").Open();
        GatedMethods.At("next 2").Open();
        Assert.Equal(["\"next 1\"", "\"next 2\"", "\"of another job\""], (await session.AnswersAsync(3)).Values.Order());
    }

    [Fact]
    public async Task Each_running_chunk_hands_back_what_it_has_not_begun()
    {
        await using var session = new SessionUnderTest(runners: 2);
        await session.OpenAsync();
        session.SetUp(WorkerCall.Setup(1, "gated"));
        session.Send(WorkerCall.Chunk(5, ["\"kept 1\"", "1", "2"], job: 1), WorkerCall.Chunk(6, ["\"kept 2\"", "3"], job: 1));
        await GatedMethods.At("kept 1").ReachedAsync();
        await GatedMethods.At("kept 2").ReachedAsync();
        session.Reclaim(6, 5);
        Assert.Equal(1, (await session.AnswersAsync(1)).Returned);
        session.Reclaim(5, 1);
        Assert.Equal(1, (await session.AnswersAsync(1)).Returned);
        session.Shutdown();
        Assert.Equal(1, (await session.AnswersAsync(1)).Returned);
        GatedMethods.At("kept 1").Open();
        GatedMethods.At("kept 2").Open();
        Assert.Equal(2, (await session.AnswersAsync(2)).Values.Count);
        await session.EndedAsync();
    }
}
