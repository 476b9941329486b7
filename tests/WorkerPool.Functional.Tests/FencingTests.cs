using Grpc.Core;
using WorkerPool.Protocol.Errors;
using WorkerPool.Protocol.Packing;
using WorkerPool.V1;

namespace WorkerPool.Functional.Tests;

/// <summary>Streams of one job, as a client opens them that lost the one before.</summary>
public sealed class FencingTests : IAsyncLifetime
{
    private static readonly Dictionary<string, string> Settings = new() { ["Pool__CancellationGrace"] = "00:00:30" };
    private RunningSupervisor _supervisor = null!;

    public async ValueTask InitializeAsync() =>
        _supervisor = await RunningSupervisor.StartAsync(workers: 2, [Libraries.User], Settings);

    public ValueTask DisposeAsync() => _supervisor.DisposeAsync();

    [Fact]
    public async Task A_newer_stream_ends_the_older_and_goes_on()
    {
        using var older = await OpenMap.StartAsync(_supervisor.Client, Start("sleep", 1), "3600");
        using var newer = await OpenMap.StartAsync(_supervisor.Client, Start("sleep", 2), "0.01", "0.02");
        var error = await Assert.ThrowsAsync<RpcException>(older.ReadToEndAsync);
        Assert.Equal((StatusCode.Aborted, "JOB_FENCED"), (error.StatusCode, RpcErrors.InfoOf(error)?.Reason));
        var summary = await newer.FinishAsync();
        Assert.Equal((2ul, 2ul), (summary.Ledger.Accepted, summary.Ledger.Succeeded));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task A_stream_that_is_not_newer_is_refused_also_when_the_newest_is_over(uint generation)
    {
        using var newest = await OpenMap.StartAsync(_supervisor.Client, Start("square", 2), "1");
        await AssertRefusedAsync();
        await newest.FinishAsync();
        await AssertRefusedAsync();

        async Task AssertRefusedAsync()
        {
            var error = await Assert.ThrowsAsync<RpcException>(
                () => OpenMap.StartAsync(_supervisor.Client, Start("square", generation)));
            Assert.Equal((StatusCode.FailedPrecondition, "STALE_GENERATION"), (error.StatusCode, RpcErrors.InfoOf(error)?.Reason));
        }
    }

    [Fact]
    public async Task A_later_stream_has_a_key()
    {
        var start = new MapStart { Function = "square", Generation = 2 };
        var error = await Assert.ThrowsAsync<RpcException>(() => OpenMap.StartAsync(_supervisor.Client, start));
        Assert.Equal((StatusCode.InvalidArgument, "INVALID_ARGUMENT"), (error.StatusCode, RpcErrors.InfoOf(error)?.Reason));
    }

    [Fact]
    public async Task The_budget_of_an_item_spans_the_streams_of_its_job()
    {
        var spent = await FirstChargeAsync();
        Assert.Equal(new SpentAttempts { Index = 0, Crashes = 1 }, spent);

        // As if it had crashed once more meanwhile: one crash is left of three.
        spent.Crashes = 2;
        using var call = _supervisor.Client.MapStream(cancellationToken: TestContext.Current.CancellationToken);
        await OpenAsync(call, Start("die_on_13", 2), spent);
        await call.RequestStream.WriteAsync(new MapStreamRequest { End = new InputEnd() }, TestContext.Current.CancellationToken);
        ItemError? error = null;
        MapSummary? summary = null;
        while (await call.ResponseStream.MoveNext(TestContext.Current.CancellationToken))
        {
            error ??= call.ResponseStream.Current.Results?.Batches.SelectMany(batch => batch.Errors).SingleOrDefault();
            summary = call.ResponseStream.Current.Summary;
        }

        Assert.Equal(("WORKER_CRASHED", 3u), (error?.Reason, error?.Attempts));
        Assert.Equal(1u, summary?.WorkerRestarts);
    }

    private static MapStart Start(string function, uint generation) =>
        new() { Function = function, JobKey = TestContext.Current.Test!.UniqueID, Generation = generation };

    // Left as it is, like a connection that broke.
    private async Task<SpentAttempts> FirstChargeAsync()
    {
        using var call = _supervisor.Client.MapStream(cancellationToken: TestContext.Current.CancellationToken);
        await OpenAsync(call, Start("die_on_13", 1));
        while (await call.ResponseStream.MoveNext(TestContext.Current.CancellationToken))
        {
            if (call.ResponseStream.Current.Results?.Spent.FirstOrDefault() is { } spent)
            {
                return spent;
            }
        }

        throw new InvalidDataException("nothing was charged");
    }

    private static async Task OpenAsync(
        AsyncDuplexStreamingCall<MapStreamRequest, MapStreamResponse> call, MapStart start, params SpentAttempts[] spent)
    {
        var items = new PackedRunBuilder();
        items.Add("13"u8);
        var batch = new ItemBatch { FirstIndex = 0, Items = items.Take().ToMessage(), Spent = { spent } };
        await call.RequestStream.WriteAsync(new MapStreamRequest { Start = start }, TestContext.Current.CancellationToken);
        await call.RequestStream.WriteAsync(new MapStreamRequest { Items = batch }, TestContext.Current.CancellationToken);
    }
}
