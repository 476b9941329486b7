using WorkerPool.Client;

#pragma warning disable xUnit1051 // The shortest calls are tested as well.

namespace WorkerPool.Contract.Tests;

/// <summary>Code without a name, for pools that are part of their caller's program.</summary>
public abstract class LambdaContract(PoolSource pools) : ContractTest(pools)
{
    private static readonly int[] Numbers = [1, 2, 3];

    [Fact]
    public async Task Lambdas_that_capture_nothing_are_mapped()
    {
        await IsAsync([2, 4, 6], Pool.MapAsync(x => x * 2, Numbers, null, Cancellation));
        await IsAsync([2, 4, 6], Pool.MapAsync(static x => x * 2, Numbers, null, Cancellation));
        await IsAsync([2L, 4, 6], Pool.MapAsync((long x) => x * 2, [1L, 2, 3], null, Cancellation));
        await IsAsync(["1", "2", "3"], Pool.MapAsync(x => { var text = $"{x}"; return text; }, Numbers, null, Cancellation));
        await IsAsync([2, 4, 6], Pool.MapAsync(async x => { await Task.Yield(); return x * 2; }, Numbers, null, Cancellation));
        await IsAsync([2, 4, 6], Pool.MapAsync(async (x, token) => { await Task.Yield(); token.ThrowIfCancellationRequested(); return x * 2; }, Numbers, null, Cancellation));
        await IsAsync([2, 4, 6], Pool.MapAsync(x => ValueTask.FromResult(x * 2), Numbers, null, Cancellation));
        await IsAsync([3, 7], Pool.StarmapAsync((a, b) => a + b, [(1, 2), (3, 4)], null, Cancellation));
        await IsAsync([9], Pool.StarmapAsync(async (a, b, c) => { await Task.Yield(); return a + b + c; }, [(2, 3, 4)], null, Cancellation));
        await IsAsync([10], Pool.StarmapAsync((a, b, c, d) => a + b + c + d, [(1, 2, 3, 4)], null, Cancellation));
        Assert.Equal(5, await Pool.ApplyAsync((a, b) => a + b, 2, 3));
    }

    [Fact]
    public async Task Lambdas_that_give_nothing_are_mapped_and_one_that_gives_something_keeps_its_value()
    {
        await Pool.MapAsync(x => { _ = x + 1; }, Numbers);
        await Pool.MapAsync(x => GC.KeepAlive(x), Numbers);
        await Pool.MapAsync(async x => { await Task.Yield(); }, Numbers);
        await Pool.MapAsync(async (x, token) => await Task.Delay(TimeSpan.Zero, TimeProvider.System, token), Numbers);
        await Pool.StarmapAsync((a, b) => GC.KeepAlive(a + b), [(1, 2)]);
        await Pool.ApplyAsync(() => GC.Collect());
        await IsAsync([1, 2, 3], Pool.MapAsync(async x => await Task.FromResult(x), Numbers));
        await IsAsync([1, 2, 3], Pool.MapAsync(x => Task.FromResult(x), Numbers));
        await IsAsync([true, true, true], Pool.MapAsync(x => new HashSet<int>().Add(x), Numbers));

        var error = await Assert.ThrowsAsync<ItemFailedException>(() => Pool.MapAsync(async x => { await Task.Yield(); throw new FormatException($"{x}"); }, [5]));
        Assert.Contains("FormatException", error.RemoteType, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Tuples_are_items_and_values()
    {
        var outcomes = await Pool.MapAsync(x => (Number: x, Text: $"{x}", Pair: (x, x > 1)), Numbers, null, Cancellation);
        Assert.Equal((2, "2", (2, true)), outcomes[1]);

        await IsAsync([3, 7], Pool.MapAsync(((int A, int B) pair) => pair.A + pair.B, [(1, 2), (3, 4)], null, Cancellation));
    }

    [Fact]
    public async Task Local_functions_generic_methods_and_methods_of_the_framework_are_mapped()
    {
        static int Half(int number) => number / 2;

        await IsAsync([0, 1, 1], Pool.MapAsync(Half, Numbers, null, Cancellation));
        await IsAsync(["a"], Pool.MapAsync(OwnMethods.Same<string>, ["a"], null, Cancellation));
        await IsAsync([new OwnMethods.Shape("a", 1)], Pool.MapAsync(OwnMethods.Same, [new OwnMethods.Shape("a", 1)], null, Cancellation));
        await IsAsync([2.0, 3.0], Pool.MapAsync(Math.Sqrt, [4.0, 9.0], null, Cancellation));
        await IsAsync([7], Pool.MapAsync(Generic<int>.Next, [6], null, Cancellation));
        await IsAsync([8], Pool.MapAsync(Generic<int>.NextByLambda, [6], null, Cancellation));
    }

    [Fact]
    public async Task A_lambda_is_called_after_the_method_it_stands_in()
    {
        var job = Pool.StartMap(x => x, Numbers);
        await job.Completion;
        var status = await Pool.Admin.GetJobAsync(await job.Id, Cancellation);

        Assert.Equal("LambdaContract.A_lambda_is_called_after_the_method_it_stands_in lambda", status.Function);
    }

    [Fact]
    public async Task Calls_of_lambdas_are_mixed() => await IsAsync(
        [4, 5, 6], Pool.CallsAsync<int>([Call.Of(x => x * 2, 2), Call.Of(async (a, b) => { await Task.Yield(); return a + b; }, 2, 3), Call.Of(() => 6)]));

    [Fact]
    public async Task Types_that_json_cannot_carry_are_named()
    {
        var item = await Assert.ThrowsAsync<ItemFailedException>(() => Pool.MapAsync((nint x) => 1, [(nint)1], null, Cancellation));
        Assert.Contains("System.IntPtr", item.Description, StringComparison.Ordinal);

        var value = await Assert.ThrowsAsync<ItemFailedException>(() => Pool.MapAsync(x => typeof(int), Numbers, null, Cancellation));
        Assert.Equal("VALUE_NOT_ENCODABLE", value.Reason);
        Assert.Contains("System.Type", value.Description, StringComparison.Ordinal);

        var asked = await Assert.ThrowsAsync<ItemFailedException>(() => Pool.MapAsync<int, Stream>("square", Numbers, null, Cancellation));
        Assert.Equal("VALUE_TYPE_MISMATCH", asked.Reason);
        Assert.Contains("Stream", asked.Description, StringComparison.Ordinal);
    }

    private static class Generic<T>
        where T : System.Numerics.INumber<T>
    {
        public static readonly Func<T, T> NextByLambda = x => x + T.One + T.One;

        public static T Next(T number) => number + T.One;
    }
}
