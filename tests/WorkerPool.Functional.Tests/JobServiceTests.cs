using Google.Protobuf.WellKnownTypes;
using Google.Rpc;
using Grpc.Core;
using WorkerPool.Protocol.Errors;
using WorkerPool.V1;

namespace WorkerPool.Functional.Tests;

/// <summary>Jobs are seen while they run and for a while afterwards, and ended by whoever operates the pool.</summary>
public sealed class JobServiceTests(SharedSupervisor shared) : IClassFixture<SharedSupervisor>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static TheoryData<string, Duration> IntervalsOutOfRange { get; } = new()
    {
        { "49 ms", Duration.FromTimeSpan(TimeSpan.FromMilliseconds(49)) },
        { "zero", new Duration() },
        { "negative", new Duration { Seconds = -1 } },
        { "not a duration", new Duration { Seconds = 1, Nanos = -1 } },
        { "more nanoseconds than a second has", new Duration { Nanos = 2_000_000_000 } },
        { "longer than any duration", new Duration { Seconds = long.MaxValue } },
    };

    private JobService.JobServiceClient Jobs => shared.Running.Jobs;

    [Fact]
    public async Task A_running_job_is_found_and_listed_with_all_that_is_known_of_it()
    {
        var options = new MapOptions { Order = Order.Completion, ChunkSize = 1, Label = "look at me", MaxWorkers = 2, Weight = 3 };
        using var map = await OpenMap.StartAsync(
            shared.Running.Client, new MapStart { Function = "sleep", Options = options, ItemCount = 4 }, "0", "600", "600", "600");
        var job = await JobWhen(map.JobId, job => job.Ledger.Succeeded == 1 && job.WorkersInUse == 2);
        Assert.Equal((map.JobId, JobState.Running, "sleep", Order.Completion), (job.Id, job.State, job.Function, job.Order));
        Assert.Equal(("look at me", 2u, 3.0), (job.Label, job.MaxWorkers, job.Weight));
        Assert.Contains("127.0.0.1", job.Caller, StringComparison.Ordinal);
        Assert.Equal(new Ledger { Accepted = 4, Succeeded = 1, Failed = 0, Cancelled = 0 }, job.Ledger);
        Assert.Equal((4ul, 0.25), (job.ItemCount, job.Progress));
        Assert.Equal((3ul, 1u), (job.WaitingItems + job.InFlightItems, job.ChunkSizeNow));
        Assert.True(job.ItemsPerSecond > 0 && job.TimeLeft.ToTimeSpan() > TimeSpan.Zero && job.Elapsed.ToTimeSpan() > TimeSpan.Zero, $"{job}");
        Assert.Equal(("", "", 0u), (job.Message, job.Reason, job.WorkerRestarts));
        AddUp(job);
        Assert.True(job.Times.Running.ToTimeSpan() > TimeSpan.Zero, $"{job}");

        var listed = Assert.Single((await ListAsync(new ListJobsRequest { Label = "look at me" })).Jobs);
        Assert.Equal((map.JobId, JobState.Running), (listed.Id, listed.State));
        await CancelAsync(map.JobId);
    }

    [Fact]
    public async Task Jobs_are_filtered_by_state_and_label()
    {
        var start = new MapStart { Function = "echo", Options = new MapOptions { Label = "filtered" } };
        using var completed = await OpenMap.StartAsync(shared.Running.Client, start, "1");
        await completed.FinishAsync();
        using var other = await OpenMap.StartAsync(shared.Running.Client, new MapStart { Function = "echo" }, "1");
        using var running = await OpenMap.StartAsync(shared.Running.Client, start, "1");
        await running.ReadToAsync(1);

        Assert.Equal([running.JobId, completed.JobId], await Ids(new ListJobsRequest { Label = "filtered" }));
        Assert.Equal([running.JobId], await Ids(new ListJobsRequest { Label = "filtered", State = JobState.Running }));
        Assert.Equal([completed.JobId], await Ids(new ListJobsRequest { Label = "filtered", State = JobState.Completed }));
        Assert.Contains(other.JobId, await Ids(new ListJobsRequest { State = JobState.Running }));
        Assert.DoesNotContain(completed.JobId, await Ids(new ListJobsRequest { State = JobState.Running }));
        Assert.Empty((await ListAsync(new ListJobsRequest { Label = "nobody" })).Jobs);
    }

    [Fact]
    public async Task Jobs_come_a_page_at_a_time_the_newest_first_and_later_ones_move_no_page()
    {
        var start = new MapStart { Function = "echo", Options = new MapOptions { Label = "paged" } };
        var ids = new List<string>();
        for (var i = 0; i < 5; i++)
        {
            ids.Insert(0, (await StreamedMap.RunAsync(shared.Running.Client, start, ["1"])).Started.JobId);
        }

        var pages = new List<string[]>();
        var token = "";
        do
        {
            var page = await ListAsync(new ListJobsRequest { Label = "paged", PageSize = 2, PageToken = token });
            pages.Add([.. page.Jobs.Select(job => job.Id)]);
            token = page.NextPageToken;
            await StreamedMap.RunAsync(shared.Running.Client, start, ["1"]);
        }
        while (token.Length > 0);
        Assert.Equal(ids.Chunk(2), pages);
    }

    [Fact]
    public async Task Jobs_that_are_over_stay_listed_as_they_ended()
    {
        var client = shared.Running.Client;
        var completed = await StreamedMap.RunAsync(client, new MapStart { Function = "square", ItemCount = 2 }, ["1", "\"x\""]);
        var job = await GetAsync(completed.Summary!.JobId);
        Assert.Equal((JobState.Completed, 1.0), (job.State, job.Progress));
        Assert.Equal(completed.Summary.Ledger, job.Ledger);
        Assert.Equal((completed.Summary.Elapsed, completed.Summary.Busy), (job.Elapsed, job.Busy));
        AddUp(job);
        Assert.Equal((0u, 0ul, 0ul, 0ul), (job.WorkersInUse, job.WaitingItems, job.InFlightItems, job.HeldResults));
        Assert.Equal(job, await GetAsync(completed.Summary.JobId));

        var stopping = new MapStart { Function = "even_only", Options = new MapOptions { OnItemError = OnItemError.Stop } };
        var stopped = await StreamedMap.RunAsync(client, stopping, ["1"]);
        Assert.Equal(JobState.Stopped, (await GetAsync(stopped.Summary!.JobId)).State);
    }

    [Fact]
    public async Task A_job_whose_caller_goes_away_is_cancelled_and_one_whose_caller_breaks_the_protocol_has_failed()
    {
        var left = await OpenMap.StartAsync(shared.Running.Client, new MapStart { Function = "echo" });
        left.Dispose();
        Assert.Equal("JOB_CANCELLED", (await JobWhen(left.JobId, job => job.State == JobState.Cancelled)).Reason);

        using var broken = await OpenMap.StartAsync(shared.Running.Client, new MapStart { Function = "sleep" }, "600");
        await broken.EndInputAsync();
        await broken.SendAsync(["1"]);
        var failed = await JobWhen(broken.JobId, job => job.State != JobState.Running && job.State != JobState.Completed);
        Assert.Equal((JobState.Failed, "UNEXPECTED_MESSAGE"), (failed.State, failed.Reason));
        Assert.NotEmpty(failed.Message);
    }

    [Fact]
    public async Task Single_calls_are_counted_and_not_listed()
    {
        var before = await ListAsync(new ListJobsRequest { PageSize = 1000 });
        for (var i = 0; i < 3; i++)
        {
            await shared.Running.Client.ApplyAsync(
                new ApplyRequest { Function = "square", Value = Value.ForNumber(i) }, cancellationToken: Cancellation);
        }

        var after = await ListAsync(new ListJobsRequest { PageSize = 1000 });
        Assert.Equal(before.ApplyCount + 3, after.ApplyCount);
        Assert.Equal(before.Jobs.Select(job => job.Id), after.Jobs.Select(job => job.Id));
    }

    [Fact]
    public async Task A_job_that_is_cancelled_ends_at_its_caller_and_frees_its_workers()
    {
        var start = new MapStart { Function = "sleep", Options = new MapOptions { ChunkSize = 1 } };
        using var map = await OpenMap.StartAsync(shared.Running.Client, start, "600", "600", "600");
        await JobWhen(map.JobId, job => job.WorkersInUse == 2);
        var cancelled = await CancelAsync(map.JobId);
        Assert.Equal((JobState.Cancelled, "JOB_CANCELLED"), (cancelled.State, cancelled.Reason));
        Assert.Equal(new Ledger { Accepted = 3, Succeeded = 0, Failed = 0, Cancelled = 3 }, cancelled.Ledger);

        var error = await Assert.ThrowsAsync<RpcException>(map.ReadToEndAsync);
        Assert.Equal((StatusCode.Cancelled, "JOB_CANCELLED"), (error.StatusCode, RpcErrors.InfoOf(error)?.Reason));
        var workers = await Eventually.AskAsync(
            async () => (await shared.Running.Admin.ListWorkersAsync(new ListWorkersRequest(), cancellationToken: Cancellation)).Workers,
            workers => workers.All(worker => worker.State == WorkerState.Idle));
        Assert.All(workers, worker => Assert.Equal((1ul, 0ul), (worker.Incarnation, worker.Restarts)));

        // Once more, it changes nothing.
        Assert.Equal(cancelled, await CancelAsync(map.JobId));
    }

    [Fact]
    public async Task A_single_call_that_a_worker_shows_can_be_cancelled()
    {
        var call = shared.Running.Client.ApplyAsync(
            new ApplyRequest { Function = "sleep", Value = Value.ForNumber(600) }, cancellationToken: Cancellation).ResponseAsync;
        var worker = await Eventually.AskAsync(
            async () => (await shared.Running.Admin.ListWorkersAsync(new ListWorkersRequest(), cancellationToken: Cancellation))
                .Workers.FirstOrDefault(worker => worker.State == WorkerState.Busy && worker.JobId.Length > 0),
            worker => worker is not null);
        var cancelled = await CancelAsync(worker!.JobId);

        Assert.Equal((worker.JobId, JobState.Cancelled, 0u), (cancelled.Id, cancelled.State, cancelled.WorkersInUse));
        Assert.Equal(StatusCode.Cancelled, (await Assert.ThrowsAsync<RpcException>(() => call)).StatusCode);
    }

    [Fact]
    public async Task A_job_is_watched_until_it_is_over()
    {
        using var map = await OpenMap.StartAsync(shared.Running.Client, new MapStart { Function = "square", ItemCount = 2 });
        using var watch = Jobs.WatchJob(
            new WatchJobRequest { Id = map.JobId, Interval = Duration.FromTimeSpan(TimeSpan.FromMilliseconds(50)) },
            cancellationToken: Cancellation);
        var seen = new List<JobStatus>();
        await ReadUntil(status => status.State == JobState.Running);
        await map.SendAsync(["2"]);
        await ReadUntil(status => status.Ledger.Succeeded == 1);
        await map.SendAsync(["3"]);
        await map.FinishAsync();
        await ReadUntil(status => status.State == JobState.Completed);
        Assert.Equal((2ul, 1.0), (seen[^1].Ledger.Succeeded, seen[^1].Progress));
        Assert.False(await watch.ResponseStream.MoveNext(Cancellation));
        Assert.Equal(seen.OrderBy(status => status.Elapsed.ToTimeSpan()), seen);

        async Task ReadUntil(Func<JobStatus, bool> isWanted)
        {
            do
            {
                Assert.True(await watch.ResponseStream.MoveNext(Cancellation));
                seen.Add(watch.ResponseStream.Current.Job);
            }
            while (!isWanted(seen[^1]));
        }
    }

    [Fact]
    public async Task A_job_that_is_over_is_watched_once()
    {
        var map = await StreamedMap.RunAsync(shared.Running.Client, new MapStart { Function = "echo" }, ["1"]);
        using var watch = Jobs.WatchJob(new WatchJobRequest { Id = map.Started.JobId }, cancellationToken: Cancellation);
        var seen = await watch.ResponseStream.ReadAllAsync(Cancellation).ToListAsync(Cancellation);
        Assert.Equal(JobState.Completed, Assert.Single(seen).Job.State);
    }

    [Theory]
    [InlineData("job-0")]
    [InlineData("job-999999")]
    [InlineData("")]
    [InlineData("other")]
    public async Task A_job_that_is_not_there_is_not_found(string id)
    {
        await IsRefused("id", StatusCode.NotFound, "UNKNOWN_JOB", () => GetAsync(id));
        await IsRefused("id", StatusCode.NotFound, "UNKNOWN_JOB", () => CancelAsync(id));
        await IsRefused("id", StatusCode.NotFound, "UNKNOWN_JOB", () => WatchAsync(new WatchJobRequest { Id = id }));
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(1001)]
    public Task A_page_of_a_size_out_of_range_is_refused(int size) =>
        IsRefused("page_size", () => ListAsync(new ListJobsRequest { PageSize = size }));

    [Theory]
    [InlineData("x")]
    [InlineData("-1")]
    [InlineData("99999999999999999999999")]
    public Task A_page_token_that_was_never_given_is_refused(string token) =>
        IsRefused("page_token", () => ListAsync(new ListJobsRequest { PageToken = token }));

    [Fact]
    public Task A_state_that_is_none_is_refused() => IsRefused("state", () => ListAsync(new ListJobsRequest { State = (JobState)99 }));

    [Theory]
    [MemberData(nameof(IntervalsOutOfRange))]
    public async Task An_interval_out_of_range_is_refused(string what, Duration interval)
    {
        Assert.NotEmpty(what);
        var map = await StreamedMap.RunAsync(shared.Running.Client, new MapStart { Function = "echo" }, ["1"]);
        await IsRefused("interval", () => WatchAsync(new WatchJobRequest { Id = map.Started.JobId, Interval = interval }));
    }

    // A time on the wire has whole ticks of 100 ns.
    private static void AddUp(JobStatus job)
    {
        var times = job.Times;
        var sum = times.AwaitingItems + times.AwaitingWorkers + times.Running + times.AwaitingReader;
        Assert.InRange((job.Elapsed - sum).ToTimeSpan(), TimeSpan.FromMicroseconds(-1), TimeSpan.FromMicroseconds(1));
    }

    private static Task IsRefused(string field, Func<Task> call) =>
        IsRefused(field, StatusCode.InvalidArgument, "INVALID_ARGUMENT", call);

    private static async Task IsRefused(string field, StatusCode code, string reason, Func<Task> call)
    {
        var error = await Assert.ThrowsAsync<RpcException>(call);
        Assert.Equal((code, reason), (error.StatusCode, RpcErrors.InfoOf(error)?.Reason));
        Assert.Equal(field, error.GetRpcStatus()!.GetDetail<BadRequest>()!.FieldViolations.Single().Field);
    }

    private async Task<ListJobsResponse> ListAsync(ListJobsRequest request) =>
        await Jobs.ListJobsAsync(request, cancellationToken: Cancellation);

    private async Task<IEnumerable<string>> Ids(ListJobsRequest request) => (await ListAsync(request)).Jobs.Select(job => job.Id);

    private async Task<JobStatus> GetAsync(string id) =>
        (await Jobs.GetJobAsync(new GetJobRequest { Id = id }, cancellationToken: Cancellation)).Job;

    private async Task<JobStatus> CancelAsync(string id) =>
        (await Jobs.CancelJobAsync(new CancelJobRequest { Id = id }, cancellationToken: Cancellation)).Job;

    private async Task WatchAsync(WatchJobRequest request)
    {
        using var watch = Jobs.WatchJob(request, cancellationToken: Cancellation);
        await watch.ResponseStream.MoveNext(Cancellation);
    }

    private Task<JobStatus> JobWhen(string id, Func<JobStatus, bool> isWanted) => Eventually.AskAsync(() => GetAsync(id), isWanted);
}
