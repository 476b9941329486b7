using WorkerPool.Client;

namespace WorkerPool.Contract.Tests;

/// <summary>Calls of several functions in one job.</summary>
public abstract class CallsContract(PoolSource pools) : ContractTest(pools)
{
    [Fact]
    public async Task Each_call_runs_its_function_on_its_item_in_order()
    {
        var calls = Enumerable.Range(0, 100).SelectMany(i => new[] { Call.Of("square", i), Call.Of("add", (i, 1)), Call.Of("power", new { exponent = 2, @base = i }) });
        var values = await Pool.CallsAsync<long>(calls, null, Cancellation);
        Assert.Equal(Enumerable.Range(0, 100).SelectMany(i => new[] { (long)i * i, i + 1, (long)i * i }), values);
    }

    [Fact]
    public async Task Calls_may_give_values_of_several_types_and_need_no_item()
    {
        var values = await Pool.CallsAsync<JsonText>(
            [Call.Of("echo", "text"), Call.Of("echo"), Call.Of("square", 3), Call.Of("tally_calls")], null, Cancellation);
        Assert.Equal(["\"text\"", "null", "9"], values.Take(3).Select(value => value.ToString()));
    }

    [Fact]
    public async Task What_goes_wrong_is_the_functions_own_error_and_of_that_call_alone()
    {
        var outcomes = await CollectAsync(Pool.CallsOutcomesAsync<JsonText>(
            [Call.Of("fail", "no"), Call.Of("square", "two"), Call.Of("sqare", 2), Call.Of("call", 1), Call.Of("unlucky", 1), Call.Of("square", 2)]));
        Assert.Equal(
            ["FUNCTION_FAILED", "ITEM_TYPE_MISMATCH", "UNKNOWN_FUNCTION", "ITEM_TYPE_MISMATCH", "CONSTRUCTOR_FAILED", null],
            outcomes.Select(outcome => outcome.Error?.Reason));
        Assert.Equal("System.InvalidOperationException", outcomes[0].Error!.RemoteType);
        Assert.Contains("square takes a number, item 1 is the string \"two\"", outcomes[1].Error!.Message, StringComparison.Ordinal);
        Assert.Contains("Did you mean \"square\"?", outcomes[2].Error!.Message, StringComparison.Ordinal);
        Assert.Equal("4", outcomes[5].Value.ToString());
    }

    [Fact]
    public async Task Calls_of_methods_and_of_functions_are_mixed()
    {
        var path = Path.GetTempFileName();
        Call[] calls =
        [
            Call.Of(OwnMethods.Thrice, 2), Call.Of(OwnMethods.ThriceLater, 3), Call.Of(OwnMethods.ThriceAtOnce, 4),
            Call.Of(OwnMethods.ThriceUnlessCancelled, 5), Call.Of(OwnMethods.Join, "a", 1), Call.Of(OwnMethods.JoinThree, "a", 1, true),
            Call.Of(OwnMethods.Nothing), Call.Of("square", 9), Call.Of(OwnMethods.Write, path), Call.Of(OwnMethods.Rest),
        ];
        var values = await Pool.CallsAsync<JsonText>(calls, null, Cancellation);

        Assert.Equal(["6", "9", "12", "15", "\"a1\"", "\"a1True\"", "17", "81", "null", "null"], values.Select(value => value.ToString()));
        Assert.Equal(path, await File.ReadAllTextAsync(path, Cancellation));
        File.Delete(path);
    }

    [Fact]
    public async Task A_method_that_fails_fails_its_call_alone()
    {
        var outcomes = await CollectAsync(Pool.CallsOutcomesAsync<int>([Call.Of(OwnMethods.Refuse, 1), Call.Of(OwnMethods.Thrice, 2)]));

        Assert.Contains("1 is refused", outcomes[0].Error!.Description, StringComparison.Ordinal);
        Assert.Equal(6, outcomes[1].Value);
    }

    [Fact]
    public async Task They_come_as_they_complete_if_they_may()
    {
        using var gate = new Gate();
        var indexes = new List<long>();
        var options = new MapOptions { ChunkSize = 1, ItemTimeout = TimeSpan.FromMinutes(1) };
        var calls = Pool.CallsOutcomesAsync<JsonText>([Call.Of("wait_for", gate.Path), Call.Of("square", 2)], options, ordered: false);
        await foreach (var outcome in calls)
        {
            indexes.Add(outcome.Index);
            gate.Open();
        }

        Assert.Equal([1L, 0L], indexes);
    }

    [Theory]
    [InlineData("\"square\"")]
    [InlineData("{\"item\": 1}")]
    [InlineData("[\"square\", 1, 2]")]
    [InlineData("{\"function\": 1}")]
    [InlineData("{\"function\": \"x\", \"item\": 1, \"method\": \"AAAA\"}")]
    public async Task What_is_no_call_is_refused(string item)
    {
        var error = await Assert.ThrowsAsync<ItemFailedException>(() => Pool.MapAsync<JsonText, JsonText>("call", [new JsonText(item)], null, Cancellation));
        Assert.Equal("ITEM_TYPE_MISMATCH", error.Reason);
        Assert.Contains("call takes an object {function, item}", error.Message, StringComparison.Ordinal);
    }
}
