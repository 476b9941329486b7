using Google.Protobuf.WellKnownTypes;
using WorkerPool.Client;

namespace WorkerPool.Contract.Tests;

/// <summary>Functions of every kind.</summary>
public abstract class FunctionContract(PoolSource pools) : ContractTest(pools)
{
    [Fact]
    public async Task Raw_bytes_travel_as_they_are()
    {
        var items = Enumerable.Range(0, 500).Select(i => new byte[] { (byte)i, 1, 2 });
        var results = await Pool.MapAsync<byte[], byte[]>("reverse_bytes", items, null, Cancellation);

        Assert.Equal(Enumerable.Range(0, 500).Select(i => new byte[] { 2, 1, (byte)i }), results);
    }

    [Fact]
    public async Task Protobuf_messages_travel_as_they_are()
    {
        var items = Enumerable.Range(0, 500).Select(i => Duration.FromTimeSpan(TimeSpan.FromSeconds(i)));
        var results = await Pool.MapAsync<Duration, Duration>("double_duration", items, null, Cancellation);

        Assert.Equal(Enumerable.Range(0, 500).Select(i => TimeSpan.FromSeconds(2 * i)), results.Select(result => result.ToTimeSpan()));
    }

    [Fact]
    public async Task Classes_travel_as_JSON_through_an_asynchronous_function() => Assert.Equal(
        [new Greeting("Hello, Ada!", 3), new Greeting("Hello, Grace!", 5)],
        await Pool.MapAsync<Person, Greeting>("greet", [new Person("Ada"), new Person("Grace")], null, Cancellation));

    [Fact]
    public async Task Parameters_may_be_given_by_position_or_by_name_and_left_out_where_they_have_a_default()
    {
        Assert.Equal(["abab", "cc"], await Pool.StarmapAsync<string>("repeat", [["ab"], ["c", 2]], null, Cancellation));
        Assert.Equal(
            ["x-x-x"],
            await Pool.MapAsync<object, string>("repeat", [new { text = "x", times = 3, separator = "-" }], null, Cancellation));
    }

    [Fact]
    public async Task A_function_without_a_result_answers_null() =>
        Assert.Equal([null, null], await Pool.MapAsync<string, object?>("swallow", ["a", "b"], null, Cancellation));

    [Fact]
    public async Task Bytes_for_a_function_of_numbers_are_refused_before_anything_runs() =>
        await Assert.ThrowsAsync<InvalidRequestException>(
            () => Pool.MapAsync<byte[], long>("square", [[1]], null, Cancellation));

    [Fact]
    public async Task The_functions_are_listed_with_their_signatures()
    {
        var functions = await Pool.ListFunctionsAsync(Cancellation);

        Assert.Contains(functions, function => function.Name == "square");
        var repeat = Assert.Single(functions, function => function.Name == "repeat");
        Assert.Equal(["text", "times", "separator"], repeat.Parameters.Select(parameter => parameter.Name));
    }

    [Fact]
    public async Task The_list_says_where_functions_come_from_without_asking_a_worker()
    {
        var functions = (await Pool.ListFunctionsAsync(Cancellation)).ToDictionary(function => function.Name);

        Assert.Equal(FunctionOrigin.BuiltIn, functions["square"].Origin);
        Assert.Equal((FunctionOrigin.Library, "UserFunctions.dll", "7.1.0-beta"), (functions["repeat"].Origin, functions["repeat"].Library, functions["repeat"].LibraryVersion));
        Assert.Equal("string", functions["repeat"].ValueType);
        Assert.Null(functions["repeat"].ValueSchema);
    }

    [Fact]
    public async Task A_function_is_described_with_its_documentation_and_schemas()
    {
        var described = await Pool.DescribeFunctionAsync("described", Cancellation);

        Assert.Equal("Says what is true of List items, and of text.", described.Summary);
        Assert.Equal("What it said.", described.ValueSummary);
        Assert.Equal(["How many.", "What of, if at all.", "Both."], described.Parameters.Select(parameter => parameter.Summary));
        Assert.Equal(
            ["""{ "type": "integer" }""", """{ "type": [ "string", "null" ], "default": null }""", """{ "type": "array", "prefixItems": [ { "type": "string" }, { "type": "string", "contentEncoding": "base64" } ], "minItems": 2, "maxItems": 2 }"""],
            described.Parameters.Select(parameter => parameter.Schema.ToString()!));
        Assert.Equal(
            """{ "type": "object", "properties": { "text": { "type": "string" }, "nameLength": { "type": "integer" } }, "required": [ "text", "nameLength" ] }""",
            described.ValueSchema.ToString());
    }

    [Fact]
    public async Task All_functions_are_described_at_once()
    {
        var functions = (await Pool.DescribeFunctionsAsync(Cancellation)).ToDictionary(function => function.Name);

        Assert.Equal((await Pool.ListFunctionsAsync(Cancellation)).Select(function => function.Name), functions.Keys);
        Assert.Equal("""{ "type": "number" }""", functions["square"].ValueSchema.ToString());
        Assert.Equal("""{ "type": "null" }""", functions["swallow"].ValueSchema.ToString());
        Assert.Equal("""{ "title": "google.protobuf.Duration" }""", functions["double_duration"].ValueSchema.ToString());
    }

    [Fact]
    public async Task Functions_are_described_while_all_workers_are_busy()
    {
        using var gate = new Gate();
        var busy = Pool.StartMap<string, object?>("wait_for", Enumerable.Repeat(gate.Path, 8), null, null, Cancellation);
        await Eventually.AskAsync(() => Pool.Admin.GetPoolAsync(Cancellation), status => status.BusyWorkers > 0);

        Assert.Equal("square", (await Pool.DescribeFunctionAsync("square", Cancellation).WaitAsync(Limit, Cancellation)).Name);
        gate.Open();
        await busy.Completion;
    }

    [Fact]
    public async Task A_function_that_is_not_there_is_not_described()
    {
        var error = await Assert.ThrowsAsync<UnknownFunctionException>(() => Pool.DescribeFunctionAsync("sqare", Cancellation));
        Assert.Contains("Did you mean \"square\"?", error.Message, StringComparison.Ordinal);
    }

    private sealed record Person(string Name);

    private sealed record Greeting(string Text, int NameLength);
}
