using WorkerPool.Client;

namespace WorkerPool.Contract.Tests;

/// <summary>Arguments that all items of a job have in common.</summary>
public abstract class SharedContract(PoolSource pools) : ContractTest(pools)
{
    [Fact]
    public async Task The_item_fills_the_one_parameter_that_is_left()
    {
        var options = Sharing("table", new Dictionary<string, int> { ["one"] = 1, ["two"] = 2 });
        var values = await Pool.MapAsync<string, int>("look_up", ["two", "one", "two"], options, Cancellation);
        Assert.Equal([2, 1, 2], values);
    }

    [Fact]
    public async Task Items_fill_the_several_parameters_that_are_left_by_position_or_name()
    {
        var options = Sharing("separator", "-");
        Assert.Equal(["a-a-a", "b-b"], await Pool.StarmapAsync<string>("repeat", [["a", 3], ["b"]], options, Cancellation));
        Assert.Equal(["c-c"], await Pool.MapAsync<object, string>("repeat", [new { text = "c" }], options, Cancellation));
    }

    [Fact]
    public async Task Bytes_travel_raw_and_so_do_items_beside_them()
    {
        var options = Sharing("key", new byte[] { 1, 2 });
        var values = await Pool.MapAsync<byte[], byte[]>("exclusive_or", [[1, 1, 1], [0]], options, Cancellation);
        Assert.Equal([[0, 3, 0], [1]], values);
    }

    [Fact]
    public async Task A_function_whose_parameters_are_all_shared_ignores_its_items()
    {
        var options = new MapOptions { Shared = new Dictionary<string, object?> { ["text"] = "x", ["times"] = 1 } };
        Assert.Equal(["x", "x"], await Pool.MapAsync<int, string>("repeat", [1, 2], options with { Shared = With(options, "separator", "") }, Cancellation));
    }

    [Fact]
    public async Task Larger_ones_than_a_message_arrive_whole()
    {
        var bytes = new byte[9_000_001];
        var options = Sharing("bytes", bytes);
        var values = await Pool.MapAsync<long, long>("length_plus", [1, 2], options, Cancellation);
        Assert.Equal([9_000_002, 9_000_003], values);
    }

    [Fact]
    public async Task A_value_is_decoded_once_a_worker_and_job()
    {
        var options = Sharing("table", new { rows = Array.Empty<int>() }) with { ChunkSize = 5 };
        var numbers = await Pool.MapAsync<int, int>("tables_made", Enumerable.Range(0, 200), options, Cancellation);

        // Two workers, in one process or in two.
        Assert.InRange(numbers.Max(), 1, 2);
    }

    [Fact]
    public async Task Jobs_at_the_same_time_have_their_own()
    {
        var jobs = Enumerable.Range(0, 6).Select(async number =>
        {
            var options = Sharing("a", number) with { ChunkSize = 3 };
            var sums = await Pool.MapAsync<int, long>("add", Enumerable.Range(0, 300), options, Cancellation);
            Assert.Equal(Enumerable.Range(0, 300).Select(i => (long)i + number), sums);
        });
        await Task.WhenAll(jobs);
    }

    [Fact]
    public async Task A_parameter_that_does_not_exist_is_refused_before_anything_runs()
    {
        var error = await Assert.ThrowsAsync<InvalidRequestException>(() => Map(Sharing("tabel", 1)));
        Assert.Equal("INVALID_ARGUMENT", error.Reason);
        Assert.Contains("look_up has no parameter \"tabel\"", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Bytes_for_a_parameter_of_JSON_are_refused_before_anything_runs()
    {
        var error = await Assert.ThrowsAsync<InvalidRequestException>(() => Map(Sharing("table", new byte[] { 1 })));
        Assert.Equal("ENCODING_MISMATCH", error.Reason);
    }

    [Fact]
    public async Task A_value_of_another_type_fails_the_job_by_name()
    {
        var error = await Assert.ThrowsAsync<InvalidRequestException>(() => Map(Sharing("table", 12)));
        Assert.Equal("SHARED_ARGUMENT_INVALID", error.Reason);
        Assert.Contains("the shared argument table is the number 12", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_item_that_gives_one_again_fails_by_itself()
    {
        var outcomes = await CollectAsync(Pool.ImapOutcomesAsync<object, string>(
            "repeat", [new { text = "a", separator = "+" }, new { text = "b" }], Sharing("separator", "-"), Cancellation));
        Assert.Equal("ITEM_TYPE_MISMATCH", outcomes[0].Error!.Reason);
        Assert.Contains("separator is a shared argument of the job", outcomes[0].Error!.Message, StringComparison.Ordinal);
        Assert.Equal("b-b", outcomes[1].Value);
    }

    private static MapOptions Sharing(string name, object? value) => new() { Shared = new Dictionary<string, object?> { [name] = value } };

    private static Dictionary<string, object?> With(MapOptions options, string name, object? value) => new(options.Shared) { [name] = value };

    private Task<int[]> Map(MapOptions options) => Pool.MapAsync<string, int>("look_up", ["one"], options, Cancellation);
}
