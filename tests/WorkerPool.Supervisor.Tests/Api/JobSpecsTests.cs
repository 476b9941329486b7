using Google.Protobuf.WellKnownTypes;
using Google.Rpc;
using Grpc.Core;
using WorkerPool.Protocol.Errors;
using WorkerPool.Supervisor.Api;
using WorkerPool.Supervisor.Configuration;
using WorkerPool.Supervisor.Jobs;
using WorkerPool.Supervisor.Workers;
using WorkerPool.V1;

namespace WorkerPool.Supervisor.Tests.Api;

public sealed class JobSpecsTests
{
    private static readonly Catalogue Functions = new(
    [
        new Function { Name = "square", Encoding = Encoding.Json, ValueEncoding = Encoding.Json },
        new Function { Name = "resize", Encoding = Encoding.Raw, ValueEncoding = Encoding.Raw },
        new Function { Name = "echo" },
    ]);

    public static TheoryData<string, Action<MapStart>> InvalidFields { get; } = new()
    {
        { "function", start => start.Function = "" },
        { "options.chunk_size", start => start.Options.ChunkSize = -1 },
        { "options.label", start => start.Options.Label = new string('x', 257) },
        { "options.order", start => start.Options.Order = (Order)9 },
        { "options.on_item_error", start => start.Options.OnItemError = (OnItemError)9 },
        { "options.max_retries", start => start.Options.MaxRetries = -1 },
        { "options.max_retries", start => start.Options.MaxRetries = 101 },
        { "options.item_timeout", start => start.Options.ItemTimeout = new Duration() },
        { "options.item_timeout", start => start.Options.ItemTimeout = new Duration { Seconds = -1 } },
        { "options.item_timeout", start => start.Options.ItemTimeout = new Duration { Nanos = 2_000_000_000 } },
        { "options.item_timeout", start => start.Options.ItemTimeout = new Duration { Seconds = long.MaxValue } },
        { "item_count", start => start.ItemCount = ulong.MaxValue },
    };

    [Fact]
    public void What_is_not_said_has_its_default()
    {
        var spec = JobSpecs.From(Functions, new MapStart { Function = "square" }, new PoolOptions());
        Assert.Equal(
            new JobSpec(
                new("square", Encoding.Json, Encoding.Json, null, 0, ResultsWait: true), IsOrdered: true, StopsOnError: false),
            spec);
    }

    [Fact]
    public void What_is_asked_for_is_done()
    {
        var start = new MapStart
        {
            Function = "resize",
            Encoding = Encoding.Raw,
            ValueEncoding = Encoding.Raw,
            ItemCount = 7,
            Options = new MapOptions
            {
                Order = Order.Completion,
                ChunkSize = 5,
                OnItemError = OnItemError.Stop,
                Label = "holiday",
                MaxRetries = 2,
                ItemTimeout = Duration.FromTimeSpan(TimeSpan.FromSeconds(1.5)),
            },
        };
        Assert.Equal(
            new JobSpec(
                new("resize", Encoding.Raw, Encoding.Raw, TimeSpan.FromSeconds(1.5), 2, ChunkSize: 5),
                IsOrdered: false, StopsOnError: true, "holiday", ItemCount: 7),
            JobSpecs.From(Functions, start, new PoolOptions()));
    }

    [Theory]
    [InlineData(0, Order.Input, false, false, true)]
    [InlineData(0, Order.Unspecified, false, false, true)]
    [InlineData(1, Order.Input, false, false, false)]
    [InlineData(1, Order.Input, false, true, true)]
    [InlineData(0, Order.Completion, false, false, false)]
    [InlineData(1, Order.Completion, false, true, true)]
    [InlineData(0, Order.Input, true, false, false)]
    [InlineData(0, Order.Input, true, true, false)]
    public void Results_wait_for_each_other_where_nobody_waits_for_each(int chunkSize, Order order, bool isApply, bool collect, bool expected)
    {
        var options = new MapOptions { Order = order, ChunkSize = chunkSize };
        var start = new MapStart { Function = "square", Apply = isApply, Collect = collect, Options = options };
        Assert.Equal(expected, JobSpecs.From(Functions, start, new PoolOptions()).WorkOrder.ResultsWait);
        Assert.False(JobSpecs.From(Functions, new ApplyRequest { Function = "square" }).WorkOrder.ResultsWait);
    }

    [Theory]
    [MemberData(nameof(InvalidFields))]
    public void A_field_out_of_its_range_is_named(string field, Action<MapStart> spoil)
    {
        var start = new MapStart { Function = "square", Options = new MapOptions() };
        spoil(start);
        var error = Assert.Throws<RpcException>(() => JobSpecs.From(Functions, start, new PoolOptions()));
        Assert.Equal((StatusCode.InvalidArgument, ErrorReasons.InvalidArgument, field), Told(error));
        Assert.Contains("expected", error.Status.Detail, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("squar", "Did you mean \"square\"?", "square")]
    [InlineData("xylophone", "ListFunctions lists those there are.", "")]
    public void An_unknown_function_is_not_found_and_near_names_are_told(string name, string hint, string near)
    {
        var error = Assert.Throws<RpcException>(() => JobSpecs.From(Functions, new MapStart { Function = name }, new PoolOptions()));
        Assert.Equal((StatusCode.NotFound, ErrorReasons.UnknownFunction, "function"), Told(error));
        Assert.Equal($"The pool has no function \"{name}\". {hint}", error.Status.Detail);
        Assert.Equal(near, RpcErrors.InfoOf(error)!.Metadata["near"]);
    }

    [Theory]
    [InlineData("square", Encoding.Raw, Encoding.Unspecified, "encoding")]
    [InlineData("square", Encoding.Json, Encoding.Protobuf, "value_encoding")]
    [InlineData("resize", Encoding.Protobuf, Encoding.Raw, "encoding")]
    [InlineData("echo", (Encoding)9, Encoding.Unspecified, "encoding")]
    public void An_encoding_that_is_neither_JSON_nor_the_functions_own_is_refused(
        string function, Encoding encoding, Encoding valueEncoding, string field)
    {
        var start = new MapStart { Function = function, Encoding = encoding, ValueEncoding = valueEncoding };
        var error = Assert.Throws<RpcException>(() => JobSpecs.From(Functions, start, new PoolOptions()));
        Assert.Equal((StatusCode.InvalidArgument, ErrorReasons.EncodingMismatch, field), Told(error));
    }

    [Theory]
    [InlineData("square", Encoding.Json)]
    [InlineData("resize", Encoding.Json)]
    [InlineData("resize", Encoding.Raw)]
    [InlineData("echo", Encoding.Protobuf)]
    public void JSON_is_always_taken_and_beside_it_the_functions_own(string function, Encoding encoding)
    {
        var spec = JobSpecs.From(Functions, new MapStart { Function = function, Encoding = encoding, ValueEncoding = encoding }, new PoolOptions());
        Assert.Equal((encoding, encoding), (spec.WorkOrder.Encoding, spec.WorkOrder.ValueEncoding));
    }

    [Fact]
    public void One_call_is_a_job_of_one_item()
    {
        var spec = JobSpecs.From(Functions, new ApplyRequest { Function = "square", Value = Value.ForNumber(2), MaxRetries = 1 });
        Assert.Equal(new JobSpec(new("square", Encoding.Json, Encoding.Json, null, 1), ItemCount: 1, IsApply: true), spec);
    }

    [Fact]
    public void The_fields_of_one_call_are_named_as_they_are_there()
    {
        var error = Assert.Throws<RpcException>(
            () => JobSpecs.From(Functions, new ApplyRequest { Function = "square", MaxRetries = -1 }));
        Assert.Equal("max_retries", Told(error).Field);
    }

    private static (StatusCode Code, string? Reason, string? Field) Told(RpcException error) => (
        error.StatusCode,
        RpcErrors.InfoOf(error)?.Reason,
        error.GetRpcStatus()?.GetDetail<BadRequest>()?.FieldViolations.Single().Field);
}
