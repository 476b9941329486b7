using System.Globalization;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using WorkerPool.Protocol.Packing;
using WorkerPool.V1;

namespace WorkerPool.Functional.Tests;

public sealed class MapTests(SharedSupervisor shared) : IClassFixture<SharedSupervisor>
{
    private const int Many = 100_000;

    [Theory]
    [InlineData(Order.Input, 0)]
    [InlineData(Order.Input, 1000)]
    [InlineData(Order.Completion, 0)]
    [InlineData(Order.Completion, 1000)]
    public async Task A_hundred_thousand_items_get_each_its_answer(Order order, int chunkSize)
    {
        var options = new MapOptions { Order = order, ChunkSize = chunkSize };
        var start = new MapStart { Function = "square", Options = options, ItemCount = Many };
        var map = await StreamedMap.RunAsync(shared.Running.Client, start, Json.Range(Many));
        var expected = Enumerable.Range(0, Many).Select(i => ((ulong)i, ((long)i * i).ToString(CultureInfo.InvariantCulture))).ToList();
        var results = map.Results.Select(result => (result.Index, result.Value!));
        Assert.Equal(expected, order == Order.Input ? results : results.OrderBy(result => result.Index));
        Assert.Equal(JobOutcome.Completed, map.Summary?.Outcome);
        Assert.Equal(new Ledger { Accepted = Many, Succeeded = Many, Failed = 0, Cancelled = 0 }, map.Summary?.Ledger);
    }

    [Fact]
    public async Task A_caller_is_told_what_keeps_the_workers_busy_and_when_items_take_long_that_all_may_come()
    {
        var cancelled = TestContext.Current.CancellationToken;
        using var call = shared.Running.Client.MapStream(cancellationToken: cancelled);
        await call.RequestStream.WriteAsync(new MapStreamRequest { Start = new MapStart { Function = "sleep" } }, cancelled);
        Assert.True(await call.ResponseStream.MoveNext(cancelled));
        var started = call.ResponseStream.Current.Started;
        Assert.InRange(started.Lookahead.Items, 6UL, started.WindowItems - 1);
        Assert.InRange(started.Lookahead.Bytes, 2UL << 20, started.WindowBytes - 1);
        var items = new PackedRunBuilder();
        items.Add("0.05"u8);
        await call.RequestStream.WriteAsync(
            new MapStreamRequest { Items = new ItemBatch { FirstIndex = 0, Items = items.Take().ToMessage() } }, cancelled);
        Assert.True(await call.ResponseStream.MoveNext(cancelled));
        var told = call.ResponseStream.Current.Results.Lookahead;
        Assert.Equal((started.WindowItems, started.WindowBytes), (told.Items, told.Bytes));
    }

    [Fact]
    public async Task Several_jobs_run_at_once_and_none_gets_another_ones_answers()
    {
        string[] functions = ["square", "cube", "echo", "square"];
        var maps = await Task.WhenAll(functions.Select(
            name => StreamedMap.RunAsync(shared.Running.Client, new MapStart { Function = name }, Json.Range(5000))));
        for (var i = 0; i < maps.Length; i++)
        {
            var power = functions[i] switch { "square" => 2, "cube" => 3, _ => 1 };
            Assert.Equal(
                Enumerable.Range(0, 5000).Select(n => Math.Pow(n, power).ToString(CultureInfo.InvariantCulture)),
                maps[i].Results.Select(result => result.Value));
        }

        Assert.Equal(maps.Length, maps.Select(map => map.Started.JobId).Distinct().Count());
    }

    [Fact]
    public async Task A_map_for_people_takes_a_list_and_streams_results_and_a_summary()
    {
        using var call = shared.Running.Client.Map(new MapRequest
        {
            Function = "square",
            JsonItems = { "2", "3000000000", "94906267", "\"x\"" },
        }, cancellationToken: TestContext.Current.CancellationToken);
        var responses = new List<MapResponse>();
        await foreach (var response in call.ResponseStream.ReadAllAsync(TestContext.Current.CancellationToken))
        {
            responses.Add(response);
        }

        Assert.Equal(Value.ForNumber(4), responses[0].Result.Value);
        Assert.Equal(Value.ForNumber(9e18), responses[1].Result.Value);
        Assert.Equal("9007199515875289", responses[2].Result.JsonValue);
        Assert.Equal("ITEM_TYPE_MISMATCH", responses[3].Result.Error.Reason);
        Assert.Equal(new Ledger { Accepted = 4, Succeeded = 3, Failed = 1, Cancelled = 0 }, responses[4].Summary.Ledger);
    }

    [Fact]
    public async Task A_job_that_is_to_stop_ends_with_the_first_failed_item()
    {
        var start = new MapStart { Function = "even_only", Options = new MapOptions { OnItemError = OnItemError.Stop } };
        var map = await StreamedMap.RunAsync(shared.Running.Client, start, ["0", "2", "4", "5", "6", "8"]);
        Assert.Equal(["0", "2", "4", null], map.Results.Select(result => result.Value));
        Assert.Equal("FUNCTION_FAILED", map.Results[^1].Error?.Reason);
        Assert.Equal(JobOutcome.Stopped, map.Summary?.Outcome);
        Assert.Equal(map.Summary!.Ledger.Accepted, 4 + map.Summary.Ledger.Cancelled);
    }

    [Fact]
    public async Task An_item_whose_function_threw_is_tried_again_as_often_as_asked()
    {
        var path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        try
        {
            var response = await shared.Running.Client.ApplyAsync(
                new ApplyRequest { Function = "fail_twice", Value = Value.ForString(path), MaxRetries = 2 },
                cancellationToken: TestContext.Current.CancellationToken);
            Assert.Equal(Value.ForNumber(3), response.Value);
        }
        finally
        {
            File.Delete(path);
        }
    }
}
