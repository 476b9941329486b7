using WorkerPool.Client;

#pragma warning disable xUnit1051 // The shortest calls are tested as well.

namespace WorkerPool.Contract.Tests;

/// <summary>Methods in place of names. That each of these calls compiles is part of what is tested: none is ambiguous.</summary>
public abstract class MethodContract(PoolSource pools) : ContractTest(pools)
{
    private static readonly int[] Numbers = [.. Enumerable.Range(0, 300)];
    private static readonly int[] Thrice = [.. Numbers.Select(number => number * 3)];

    [Fact]
    public async Task Methods_of_every_kind_are_mapped()
    {
        await IsAsync(Thrice, Pool.MapAsync(OwnMethods.Thrice, Numbers, null, Cancellation));
        await IsAsync(Thrice, Pool.MapAsync(OwnMethods.ThriceLater, Numbers, null, Cancellation));
        await IsAsync(Thrice, Pool.MapAsync(OwnMethods.ThriceAtOnce, Numbers, null, Cancellation));
        await IsAsync(Thrice, Pool.MapAsync(OwnMethods.ThriceUnlessCancelled, Numbers, null, Cancellation));
        await IsAsync(Thrice, Pool.MapAsync(OwnMethods.Thrice, NumbersAsync(), null, Cancellation));
        await IsAsync([3, 6], Pool.MapAsync(OwnMethods.ThriceLater, [1, 2]));
    }

    [Fact]
    public async Task Every_way_of_mapping_takes_a_method()
    {
        Assert.Equal(Thrice, await CollectAsync(Pool.ImapAsync(OwnMethods.Thrice, Numbers)));
        Assert.Equal(Thrice, await CollectAsync(Pool.ImapAsync(OwnMethods.ThriceLater, NumbersAsync())));
        Assert.Equal(Thrice, (await CollectAsync(Pool.ImapUnorderedAsync(OwnMethods.ThriceAtOnce, Numbers))).Order());
        Assert.Equal(Thrice, (await CollectAsync(Pool.ImapOutcomesAsync(OwnMethods.Thrice, Numbers))).Select(outcome => outcome.Value));
        Assert.Equal(
            Thrice, (await CollectAsync(Pool.ImapUnorderedOutcomesAsync(OwnMethods.ThriceLater, Numbers))).Select(outcome => outcome.Value).Order());
        await IsAsync(Thrice, Pool.StartMap(OwnMethods.ThriceUnlessCancelled, Numbers).Completion);
    }

    [Fact]
    public async Task Tuples_are_spread_over_the_parameters_of_a_method()
    {
        await IsAsync(["a1", "b2"], Pool.StarmapAsync(OwnMethods.Join, [("a", 1), ("b", 2)], null, Cancellation));
        await IsAsync(["a1True"], Pool.StarmapAsync(OwnMethods.JoinThree, [("a", 1, true)], null, Cancellation));
        await IsAsync(["a1"], Pool.StartStarmap(OwnMethods.Join, [("a", 1)]).Completion);
    }

    [Fact]
    public async Task Methods_are_applied_to_none_one_or_several_arguments()
    {
        Assert.Equal(17, await Pool.ApplyAsync(OwnMethods.Nothing));
        Assert.Equal(6, await Pool.ApplyAsync(OwnMethods.ThriceLater, 2, null, Cancellation));
        Assert.Equal("a1", await Pool.ApplyAsync(OwnMethods.Join, "a", 1));
        Assert.Equal("a1False", await Pool.ApplyAsync(OwnMethods.JoinThree, "a", 1, false));
        Assert.Equal(6, await Pool.StartApply(OwnMethods.Thrice, 2).Completion);
        Assert.Equal(Thrice, await Task.WhenAll(Numbers.Select(number => Pool.ApplyAsync(OwnMethods.Thrice, number))));
    }

    [Fact]
    public async Task The_programs_own_types_and_bytes_travel()
    {
        await IsAsync(
            [new OwnMethods.Painted(new OwnMethods.Shape("cube", 7), OwnMethods.Colour.Red)],
            Pool.MapAsync(OwnMethods.Paint, [new OwnMethods.Shape("cube", 6)], null, Cancellation));
        await IsAsync([[3, 2, 1]], Pool.MapAsync(OwnMethods.Backwards, new byte[][] { [1, 2, 3] }, null, Cancellation));
    }

    [Fact]
    public async Task What_a_method_throws_is_its_items_error()
    {
        var error = await Assert.ThrowsAsync<ItemFailedException>(() => Pool.MapAsync(OwnMethods.Refuse, [1], null, Cancellation));

        Assert.Equal("FUNCTION_FAILED", error.Reason);
        Assert.Contains("1 is refused", error.Description, StringComparison.Ordinal);
        Assert.Contains("Refuse(Int32", error.RemoteStackTrace, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_method_that_takes_another_type_than_the_items_is_refused()
    {
        var error = await Assert.ThrowsAsync<InvalidRequestException>(() => Pool.MapAsync(OwnMethods.Any, ["a"], null, Cancellation));

        Assert.Equal("METHOD_REFUSED", error.Reason);
        Assert.Equal(
            "OwnMethods.Any takes value as Object, and is given String. Call it in a lambda, which takes what the items are: "
            + "static x => Method(x).",
            error.Message);
    }

    private static async IAsyncEnumerable<int> NumbersAsync()
    {
        foreach (var number in Numbers)
        {
            await Task.Yield();
            yield return number;
        }
    }
}
