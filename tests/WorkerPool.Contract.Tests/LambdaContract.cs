using WorkerPool.Client;

#pragma warning disable xUnit1051 // The shortest calls are tested as well.

namespace WorkerPool.Contract.Tests;

/// <summary>Code without a name, for pools that are part of their caller's program.</summary>
public abstract class LambdaContract(PoolSource pools) : ContractTest(pools)
{
    private static readonly int[] Numbers = [1, 2, 3];
    private static readonly string[] Names = ["a", "b", "c"];

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
    public async Task Lambdas_share_their_first_argument()
    {
        await IsAsync([3, 6, 9], Pool.MapAsync((factor, x) => x * factor, 3, Numbers));
        await IsAsync([3, 6, 9], Pool.MapAsync(async (factor, x) => { await Task.Yield(); return x * factor; }, 3, Numbers));
        await IsAsync(["a", "c"], Pool.MapAsync((names, x) => names[x], Names, [0, 2]));
        await IsAsync([5], Pool.MapAsync((summand, pair) => pair.A * pair.B + summand, 3, new[] { (A: 1, B: 2) }));

        var error = await Assert.ThrowsAsync<InvalidRequestException>(() => Pool.MapAsync((_, _) => 1, 3, Numbers));
        Assert.Equal("METHOD_REFUSED", error.Reason);
        Assert.Contains("has no name of its own for its first parameter", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Types_that_json_cannot_carry_are_refused_before_anything_runs()
    {
        await RefusedAsync("lambda takes x as IntPtr, which JSON cannot carry; use long.", () => Pool.MapAsync((nint x) => 1, [(nint)1]));
        await RefusedAsync("lambda takes x as Int32[,], which JSON cannot carry; use an array of arrays.", () => Pool.MapAsync((int[,] x) => 1, [new int[1, 1]]));
        await RefusedAsync("lambda gives Type, which JSON cannot carry; use its name.", () => Pool.MapAsync(x => typeof(int), Numbers));
        await RefusedAsync("lambda gives Task<Int32>, which JSON cannot carry; use the value itself.", () => Pool.MapAsync(x => Task.FromResult(Task.FromResult(x)), Numbers));
        await RefusedAsync("lambda gives InvalidOperationException, which JSON cannot carry; use its message, or throw it.", () => Pool.MapAsync(x => new InvalidOperationException("a"), Numbers));
        await RefusedAsync("lambda takes x as List<Func<Int32>> of Func<Int32>, a delegate, which JSON cannot carry; use data.", () => Pool.MapAsync((List<Func<int>> x) => 1, [[]]));
        await RefusedAsync(
            "lambda takes x as Unmakable, which is abstract, so that none can be made from JSON; use a class, or say with [JsonDerivedType] which there are.",
            () => Pool.ApplyAsync((Unmakable x) => 1, null!));

        var asked = await Assert.ThrowsAsync<InvalidRequestException>(() => Pool.MapAsync<int, Stream>("square", Numbers, null, Cancellation));
        Assert.Equal("ENCODING_MISMATCH", asked.Reason);
        Assert.Equal("The results are wanted as Stream, which JSON cannot carry; use the bytes (byte[]).", asked.Message);

        var given = await Assert.ThrowsAsync<InvalidRequestException>(() => Pool.MapAsync<Type, int>("square", [typeof(int)], null, Cancellation));
        Assert.Equal("The items are of type Type, which JSON cannot carry; use its name.", given.Message);
    }

    private static async Task RefusedAsync(string problem, Func<Task> call)
    {
        var error = await Assert.ThrowsAsync<InvalidRequestException>(call);
        Assert.Equal("METHOD_REFUSED", error.Reason);
        Assert.EndsWith(problem, error.Message, StringComparison.Ordinal);
    }

    private abstract record Unmakable;

    private static class Generic<T>
        where T : System.Numerics.INumber<T>
    {
        public static readonly Func<T, T> NextByLambda = x => x + T.One + T.One;

        public static T Next(T number) => number + T.One;
    }
}
