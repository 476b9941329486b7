using Grpc.Core;
using WorkerPool.Protocol;
using WorkerPool.Protocol.Errors;
using WorkerPool.Worker.V1;
using WorkerPool.WorkerHost.Tests.Hosting;

namespace WorkerPool.WorkerHost.Tests.Session;

public class WorkerSessionTests
{
    [Fact]
    public async Task A_session_that_does_not_begin_with_start_is_refused()
    {
        await using var session = new SessionUnderTest();
        session.Cancel(1);
        session.Run();
        var error = await Assert.ThrowsAsync<RpcException>(session.EndedAsync);
        Assert.Equal(StatusCode.InvalidArgument, error.StatusCode);
        Assert.Equal(ErrorReasons.StreamNotStarted, RpcErrors.InfoOf(error)!.Reason);
    }

    [Fact]
    public async Task Another_version_of_the_protocol_is_answered_with_our_own_and_refused()
    {
        await using var session = new SessionUnderTest();
        var start = SessionUnderTest.Start();
        start.ProtocolVersion = 99;
        session.Requests.Send(new SessionRequest { Start = start });
        session.Run();
        Assert.Equal(WorkerProtocol.Version, (await session.Responses.NextAsync()).Hello.ProtocolVersion);
        var error = await Assert.ThrowsAsync<RpcException>(session.EndedAsync);
        Assert.Equal(StatusCode.FailedPrecondition, error.StatusCode);
        Assert.Equal(ErrorReasons.ProtocolMismatch, RpcErrors.InfoOf(error)!.Reason);
    }

    [Fact]
    public async Task A_malformed_chunk_ends_the_session_by_name()
    {
        await using var session = new SessionUnderTest();
        await session.OpenAsync();
        session.SetUp(WorkerCall.Setup(17, "square"));
        var chunk = WorkerCall.Chunk(17, ["1"]);
        chunk.Segments[0].Sizes = PackedSizes.Of(2);
        session.Send(chunk);
        var error = await Assert.ThrowsAsync<RpcException>(session.EndedAsync);
        Assert.Equal(StatusCode.InvalidArgument, error.StatusCode);
        Assert.Contains("lease 17", error.Status.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_empty_chunk_ends_the_session()
    {
        await using var session = new SessionUnderTest();
        await session.OpenAsync();
        session.SendJob(1, "square");
        var error = await Assert.ThrowsAsync<RpcException>(session.EndedAsync);
        Assert.Contains("has 0 items", error.Status.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_chunk_of_a_job_that_was_not_set_up_ends_the_session_by_name()
    {
        await using var session = new SessionUnderTest();
        await session.OpenAsync();
        session.SetUp(WorkerCall.Setup(1, "square"));
        session.Send(WorkerCall.Chunk(17, ["1"], job: 2));
        var error = await Assert.ThrowsAsync<RpcException>(session.EndedAsync);
        Assert.Equal(StatusCode.InvalidArgument, error.StatusCode);
        Assert.Contains("lease 17 is of job 2, which was not set up", error.Status.Detail, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_job_that_is_over_is_forgotten(bool isCancelled)
    {
        await using var session = new SessionUnderTest();
        await session.OpenAsync();
        session.SendJob(1, "square", "2");
        Assert.Equal("4", Assert.Single((await session.AnswersAsync(1)).Values));
        if (isCancelled)
        {
            session.Cancel(1);
        }
        else
        {
            session.Forget(1);
        }

        session.Send(WorkerCall.Chunk(2, ["3"], job: 1));
        await Assert.ThrowsAsync<RpcException>(session.EndedAsync);
    }

    [Fact]
    public async Task A_job_is_set_up_once()
    {
        await using var session = new SessionUnderTest();
        await session.OpenAsync();
        session.SetUp(WorkerCall.Setup(1, "square"), WorkerCall.Setup(1, "square"));
        var error = await Assert.ThrowsAsync<RpcException>(session.EndedAsync);
        Assert.Contains("Job 1 was set up twice", error.Status.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Shared_arguments_come_in_pieces_cut_anywhere()
    {
        await using var session = new SessionUnderTest();
        await session.OpenAsync();
        session.SetUp(Sharing(1, ("base", "12"), ("exponent", "2")));
        session.Share(1, "1");
        session.Share(1, "22");
        session.Send(WorkerCall.Chunk(1, ["null"]));
        Assert.Equal("144", Assert.Single((await session.AnswersAsync(1)).Values));
    }

    [Fact]
    public async Task A_chunk_before_the_shared_arguments_are_whole_ends_the_session()
    {
        await using var session = new SessionUnderTest();
        await session.OpenAsync();
        session.SetUp(Sharing(1, ("base", "12")));
        session.Share(1, "1");
        session.Send(WorkerCall.Chunk(1, ["2"]));
        var error = await Assert.ThrowsAsync<RpcException>(session.EndedAsync);
        Assert.Contains("shared arguments have not come whole", error.Status.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task More_shared_arguments_than_were_told_of_end_the_session_but_those_of_a_job_that_is_over_mean_nothing()
    {
        await using var session = new SessionUnderTest();
        await session.OpenAsync();
        session.SetUp(Sharing(1, ("base", "12")), Sharing(2, ("base", "12")));
        session.Cancel(1);
        session.Share(1, "1234");
        session.Share(2, "12");
        session.Send(WorkerCall.Chunk(5, ["2"], job: 2));
        Assert.Equal("144", Assert.Single((await session.AnswersAsync(1)).Values));
        session.Share(2, "3");
        await Assert.ThrowsAsync<RpcException>(session.EndedAsync);
    }

    [Fact]
    public async Task A_job_whose_preparation_fails_is_refused_once_and_its_items_are_handed_back()
    {
        await using var session = new SessionUnderTest();
        await session.OpenAsync();
        session.SetUp(Sharing(1, ("base", "x")));
        session.Share(1, "x");
        session.Send(WorkerCall.Chunk(1, ["2", "3"]));
        var refused = (await session.Responses.NextAsync()).Refused;
        Assert.Equal((1UL, ErrorReasons.SharedArgumentInvalid), (refused.Job, refused.Reason));
        Assert.Contains("the shared argument base", refused.Message, StringComparison.Ordinal);
        Assert.Equal(2, (await session.AnswersAsync(2)).Returned);
        session.Send(WorkerCall.Chunk(2, ["4"], job: 1));
        Assert.Equal(1, (await session.AnswersAsync(1)).Returned);
        session.SendJob(3, "square", "3");
        Assert.Equal("9", Assert.Single((await session.AnswersAsync(1)).Values));
    }

    [Fact]
    public async Task What_comes_before_the_first_item_of_a_job_stands_in_the_recorder_and_can_be_cancelled()
    {
        await using var session = new SessionUnderTest();
        await session.OpenAsync();
        var setup = WorkerCall.Setup(1, "square");
        setup.Initializer = new V1.Initializer
        {
            Function = "until_cancelled",
            JsonArguments = "[\"preparing\"]",
            Timeout = Google.Protobuf.WellKnownTypes.Duration.FromTimeSpan(TimeSpan.FromHours(1)),
        };
        session.SetUp(setup);
        session.Send(WorkerCall.Chunk(5, ["1"], job: 1));
        await GatedMethods.At("preparing").ReachedAsync();
        Assert.Equal((5UL, true), (session.Running.Lease, session.Running.IsSetup));
        session.Cancel(1);
        Assert.Equal(1, (await session.AnswersAsync(1)).Returned);
    }

    [Fact]
    public async Task An_item_is_not_handed_back_while_the_runner_is_taken_up_by_what_comes_before_it()
    {
        await using var session = new SessionUnderTest();
        await session.OpenAsync();
        var gate = GatedMethods.At("not free");
        var setup = WorkerCall.Setup(1, "square");
        setup.Initializer = new V1.Initializer
        {
            Function = "gated",
            JsonArguments = "[\"not free\"]",
            Timeout = Google.Protobuf.WellKnownTypes.Duration.FromTimeSpan(TimeSpan.FromHours(1)),
        };
        session.SetUp(setup);
        session.Send(WorkerCall.Chunk(5, ["1", "2", "3"], job: 1));
        await gate.ReachedAsync();
        session.Cancel(1);
        Assert.Equal(2, (await session.AnswersAsync(2)).Returned);
        gate.Open();
        Assert.Equal(1, (await session.AnswersAsync(1)).Returned);
    }

    [Fact]
    public async Task The_running_item_stands_in_the_recorder()
    {
        await using var session = new SessionUnderTest();
        await session.OpenAsync();
        var gate = GatedMethods.At("recorded");
        session.SendJob(5, "gated", "1", "\"recorded\"");
        await gate.ReachedAsync();
        Assert.Equal((5UL, 1UL), (session.Running.Lease, session.Running.Index));
        gate.Open();
        var answers = await session.AnswersAsync(2);
        Assert.Equal(["", "\"recorded\""], answers.Values);
        session.Shutdown();
        await session.EndedAsync();
        Assert.Empty(session.Recorder.Read().Running);
    }

    [Theory]
    [InlineData(false, 32, 32)]
    [InlineData(true, 2, 16)]
    public async Task Results_of_items_that_take_a_while_go_together_where_they_may_wait(bool mayWait, int fewest, int most)
    {
        await using var session = new SessionUnderTest();
        await session.OpenAsync();
        var setup = WorkerCall.Setup(1, "sleep");
        setup.ResultsWait = mayWait;
        session.SetUp(setup);
        session.Send(WorkerCall.Chunk(1, Enumerable.Repeat("0.001", 32)));
        var (answered, messages) = (0, 0);
        while (answered < 32)
        {
            answered += Assert.Single((await session.Responses.NextAsync()).Results.Results).Values.ItemCount;
            messages++;
        }

        Assert.InRange(messages, fewest, most);
    }

    [Fact]
    public async Task A_result_that_may_wait_does_not_wait_for_an_item_that_does_not_end()
    {
        await using var session = new SessionUnderTest();
        await session.OpenAsync();
        var setup = WorkerCall.Setup(1, "gated");
        setup.ResultsWait = true;
        session.SetUp(setup);
        session.Send(WorkerCall.Chunk(1, ["\"wait-a\"", "\"wait-b\""]), WorkerCall.Chunk(2, ["\"wait-c\""], job: 1));
        foreach (var (before, then) in new[] { ("wait-a", "wait-b"), ("wait-b", "wait-c") })
        {
            GatedMethods.At(before).Open();
            await GatedMethods.At(then).ReachedAsync();
            Assert.Equal(1, Assert.Single((await session.Responses.NextAsync()).Results.Results).Values.ItemCount);
        }

        GatedMethods.At("wait-c").Open();
        Assert.Single((await session.AnswersAsync(1)).Values);
    }

    [Fact]
    public async Task A_cancelled_job_gives_back_its_chunks_and_cancels_its_item_but_answers_it()
    {
        await using var session = new SessionUnderTest();
        await session.OpenAsync();
        session.SendJob(1, "until_cancelled", "\"cancelled\"", "\"b\"", "\"c\"");
        session.SendJob(2, "square", "2");
        session.Send(WorkerCall.Chunk(3, ["\"d\"", "\"e\""], job: 1));
        await GatedMethods.At("cancelled").ReachedAsync();
        session.Cancel(1);
        var byLease = new Dictionary<ulong, (int Answered, int Returned)>();
        while (byLease.Values.Sum(counts => counts.Answered + counts.Returned) < 6)
        {
            foreach (var results in (await session.Responses.NextAsync()).Results.Results)
            {
                var (answered, returned) = byLease.GetValueOrDefault(results.Lease);
                byLease[results.Lease] = (answered + (results.Values?.ItemCount ?? 0), returned + (int)results.Returned);
            }
        }

        Assert.Equal((1, 2), byLease[1]);
        Assert.Equal((1, 0), byLease[2]);
        Assert.Equal((0, 2), byLease[3]);
    }

    [Fact]
    public async Task A_shutdown_finishes_the_item_and_gives_back_the_rest_and_what_still_comes()
    {
        await using var session = new SessionUnderTest();
        await session.OpenAsync();
        var gate = GatedMethods.At("shutdown");
        session.SendJob(1, "gated", "\"shutdown\"", "\"x\"");
        session.SendJob(2, "square", "2", "3");
        await gate.ReachedAsync();
        session.Shutdown();
        session.SendJob(3, "square", "4");
        var before = await session.AnswersAsync(4);
        Assert.Equal((0, 4), (before.Values.Count, before.Returned));
        gate.Open();
        await session.EndedAsync();
        var after = new Answers();
        foreach (var message in session.Responses.TakeAll())
        {
            after.Add(message.Results);
        }

        Assert.Equal("\"shutdown\"", Assert.Single(after.Values));
        Assert.Equal(0, after.Returned);
    }

    [Fact]
    public async Task Items_that_have_not_started_can_be_reclaimed_behind_one_that_runs()
    {
        await using var session = new SessionUnderTest();
        await session.OpenAsync();
        var gate = GatedMethods.At("long");
        session.SendJob(1, "gated", "\"long\"", "\"b\"", "\"c\"", "\"d\"");
        session.SendJob(2, "square", "2", "3");
        await gate.ReachedAsync();
        session.Reclaim(1, 2);
        session.Reclaim(1, 9, unbegunOnly: true);
        session.Reclaim(2, 9, unbegunOnly: true);
        session.Reclaim(7, 1);
        var before = await session.AnswersAsync(4);
        Assert.Equal((0, 4), (before.Values.Count, before.Returned));
        session.Reclaim(1, 9);
        Assert.Equal(1, (await session.AnswersAsync(1)).Returned);
        gate.Open();
        Assert.Equal("\"long\"", Assert.Single((await session.AnswersAsync(1)).Values));
    }

    [Fact]
    public async Task The_end_of_the_requests_ends_the_session_without_waiting_for_an_item()
    {
        await using var session = new SessionUnderTest();
        await session.OpenAsync();
        session.SendJob(1, "gated", "\"stuck\"");
        await GatedMethods.At("stuck").ReachedAsync();
        session.Requests.End();
        await session.EndedAsync();
        GatedMethods.At("stuck").Open();
    }

    private static JobSetup Sharing(ulong job, params (string Name, string Value)[] arguments)
    {
        var setup = WorkerCall.Setup(job, "power");
        setup.Shared.AddRange(arguments.Select(argument => new V1.SharedArgument
        {
            Name = argument.Name,
            Encoding = V1.Encoding.Json,
            Size = (ulong)argument.Value.Length,
        }));
        return setup;
    }
}
