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

    private sealed record Person(string Name);

    private sealed record Greeting(string Text, int NameLength);
}
