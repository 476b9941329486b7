using Google.Protobuf.WellKnownTypes;
using Google.Rpc;
using Grpc.Core;
using WorkerPool.Protocol.Errors;
using WorkerPool.V1;

namespace WorkerPool.Functional.Tests;

/// <summary>Each input that is wrong is refused by name, and harms nothing else.</summary>
public sealed class BadInputTests(TightSupervisor tight) : IClassFixture<TightSupervisor>
{
    private PoolService.PoolServiceClient Client => tight.Running.Client;

    [Fact]
    public async Task An_unknown_function_is_not_found_and_near_names_are_told()
    {
        var error = await Assert.ThrowsAsync<RpcException>(
            () => StreamedMap.RunAsync(Client, new MapStart { Function = "sqare" }, ["1"]));
        Assert.Equal((StatusCode.NotFound, "UNKNOWN_FUNCTION"), Told(error));
        Assert.Equal("square", RpcErrors.InfoOf(error)!.Metadata["near"]);
        Assert.Equal("The pool has no function \"sqare\". Did you mean \"square\"?", error.Status.Detail);
    }

    [Fact]
    public async Task A_stream_that_does_not_begin_with_its_start_is_refused()
    {
        var error = await FailureOf(new MapStreamRequest { End = new InputEnd() });
        Assert.Equal((StatusCode.InvalidArgument, "STREAM_NOT_STARTED"), Told(error));
    }

    [Fact]
    public async Task A_stream_cannot_be_started_twice()
    {
        var start = new MapStreamRequest { Start = new MapStart { Function = "echo" } };
        Assert.Equal((StatusCode.FailedPrecondition, "UNEXPECTED_MESSAGE"), Told(await FailureOf(start, start)));
    }

    [Fact]
    public async Task An_empty_message_has_no_place_on_a_stream()
    {
        var start = new MapStreamRequest { Start = new MapStart { Function = "echo" } };
        Assert.Equal((StatusCode.FailedPrecondition, "UNEXPECTED_MESSAGE"), Told(await FailureOf(start, new MapStreamRequest())));
    }

    [Fact]
    public async Task More_items_than_the_window_are_refused()
    {
        var error = await FailureOf(Start(), Items(0, [1, 1, 1, 1, 1, 1, 1, 1, 1]));
        Assert.Equal((StatusCode.FailedPrecondition, "WINDOW_OVERRUN"), Told(error));
        Assert.Contains("the window of 8 items", error.Status.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Sizes_that_do_not_add_up_are_refused()
    {
        var items = Items(0, [1, 1]);
        items.Items.Items.Sizes = PackedSizes.Of(1, 1, 7);
        Assert.Equal((StatusCode.InvalidArgument, "INVALID_ARGUMENT"), Told(await FailureOf(Start(), items)));
    }

    [Fact]
    public async Task Indexes_that_do_not_rise_are_refused() =>
        Assert.Equal(
            (StatusCode.InvalidArgument, "INVALID_ARGUMENT"), Told(await FailureOf(Start(), Items(5, [1]), Items(5, [1]))));

    [Fact]
    public async Task Acknowledging_what_was_not_sent_is_refused()
    {
        var acknowledgement = new MapStreamRequest { Acknowledgement = new Acknowledgement { Results = 1 } };
        Assert.Equal((StatusCode.InvalidArgument, "INVALID_ARGUMENT"), Told(await FailureOf(Start(), acknowledgement)));
    }

    [Fact]
    public async Task A_chunk_size_below_zero_is_refused()
    {
        var start = new MapStart { Function = "square", Options = new MapOptions { ChunkSize = -1 } };
        var error = await Assert.ThrowsAsync<RpcException>(() => StreamedMap.RunAsync(Client, start, ["1"]));
        Assert.Equal((StatusCode.InvalidArgument, "INVALID_ARGUMENT"), Told(error));
        Assert.Equal("options.chunk_size", error.GetRpcStatus()!.GetDetail<BadRequest>()!.FieldViolations.Single().Field);
    }

    [Fact]
    public async Task A_limit_of_workers_below_zero_is_refused() =>
        Assert.Equal("options.max_workers", await FieldRefused(new MapOptions { MaxWorkers = -1 }));

    [Theory]
    [InlineData(-1)]
    [InlineData(1000.5)]
    [InlineData(1001)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public async Task A_weight_out_of_its_range_is_refused(double weight) =>
        Assert.Equal("options.weight", await FieldRefused(new MapOptions { Weight = weight }));

    [Fact]
    public async Task Items_are_given_in_one_form()
    {
        using var call = Client.Map(new MapRequest { Function = "echo", Items = { Value.ForNull() }, JsonItems = { "1" } },
            cancellationToken: TestContext.Current.CancellationToken);
        var error = await Assert.ThrowsAsync<RpcException>(() => call.ResponseStream.MoveNext(TestContext.Current.CancellationToken));
        Assert.Equal((StatusCode.InvalidArgument, "INVALID_ARGUMENT"), Told(error));
    }

    [Fact]
    public async Task An_item_over_the_limit_fails_alone()
    {
        var map = await StreamedMap.RunAsync(Client, new MapStart { Function = "echo" }, ["1", Text(1025), "3"]);
        Assert.Equal(["1", null, "3"], map.Results.Select(result => result.Value));
        Assert.Equal(("ITEM_TOO_LARGE", "1024"), (map.Results[1].Error!.Reason, map.Results[1].Error!.Metadata["max_item_bytes"]));
    }

    [Fact]
    public async Task A_value_over_the_limit_fails_alone()
    {
        var map = await StreamedMap.RunAsync(Client, new MapStart { Function = "text_of_length" }, ["3", "2000", "4"]);
        Assert.Equal(["\"xxx\"", null, "\"xxxx\""], map.Results.Select(result => result.Value));
        Assert.Equal("VALUE_TOO_LARGE", map.Results[1].Error!.Reason);
    }

    [Theory]
    [InlineData("{", "ITEM_MALFORMED")]
    [InlineData("", "ITEM_MALFORMED")]
    [InlineData("\"seven\"", "ITEM_TYPE_MISMATCH")]
    public async Task An_item_that_cannot_be_read_fails_alone(string item, string reason)
    {
        var map = await StreamedMap.RunAsync(Client, new MapStart { Function = "square" }, ["2", item, "3"]);
        Assert.Equal(["4", null, "9"], map.Results.Select(result => result.Value));
        Assert.Equal(reason, map.Results[1].Error!.Reason);
    }

    [Fact]
    public async Task An_item_that_is_no_JSON_does_not_end_the_call_of_a_function_that_reads_none()
    {
        var response = await Client.ApplyAsync(new ApplyRequest { Function = "echo", JsonValue = "{" },
            cancellationToken: TestContext.Current.CancellationToken);
        Assert.NotEqual(ApplyResponse.OutcomeOneofCase.Value, response.OutcomeCase);
    }

    private static string Text(int bytes) => $"\"{new string('x', bytes - 2)}\"";

    private static MapStreamRequest Start() => new() { Start = new MapStart { Function = "echo" } };

    private static MapStreamRequest Items(ulong first, uint[] sizes) => new()
    {
        Items = new ItemBatch
        {
            FirstIndex = first,
            Items = new PackedItems
            {
                Sizes = PackedSizes.Of(sizes),
                Data = Google.Protobuf.ByteString.CopyFrom(new byte[sizes.Sum(size => size)]),
            },
        },
    };

    private static (StatusCode Code, string? Reason) Told(RpcException error) => (error.StatusCode, RpcErrors.InfoOf(error)?.Reason);

    private async Task<string> FieldRefused(MapOptions options)
    {
        var error = await Assert.ThrowsAsync<RpcException>(
            () => StreamedMap.RunAsync(Client, new MapStart { Function = "square", Options = options }, ["1"]));
        Assert.Equal((StatusCode.InvalidArgument, "INVALID_ARGUMENT"), Told(error));
        return error.GetRpcStatus()!.GetDetail<BadRequest>()!.FieldViolations.Single().Field;
    }

    private async Task<RpcException> FailureOf(params MapStreamRequest[] requests)
    {
        using var call = Client.MapStream(cancellationToken: TestContext.Current.CancellationToken);
        foreach (var request in requests)
        {
            await call.RequestStream.WriteAsync(request, TestContext.Current.CancellationToken);
        }

        return await Assert.ThrowsAsync<RpcException>(async () =>
        {
            await foreach (var _ in call.ResponseStream.ReadAllAsync(TestContext.Current.CancellationToken))
            {
                // Until it fails.
            }
        });
    }
}
