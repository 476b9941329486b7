using WorkerPool.Client;

#pragma warning disable xUnit1051 // The shortest calls are tested as well.

namespace WorkerPool.Contract.Tests;

/// <summary>What is particular to methods in workers that are processes.</summary>
public sealed class LocalMethodTests(LocalPools pools) : ContractTest(pools), IClassFixture<LocalPools>
{
    private readonly int _field = 3;

    [Fact]
    public async Task A_method_runs_in_another_process() =>
        Assert.DoesNotContain(Environment.ProcessId, await Pool.MapAsync(OwnMethods.ProcessOf, [1, 2, 3], null, Cancellation));

    [Fact]
    public void A_lambda_that_captures_is_refused_with_the_names_of_what_it_captures()
    {
        var factor = 2;
        var summand = 3;
        var others = 4;
        Func<int, int> unrelated = x => x + others;

        Assert.Equal(
            "LocalMethodTests.A_lambda_that_captures_is_refused_with_the_names_of_what_it_captures lambda captures factor, which exists "
            + "in this process alone. Make it an argument of the item, or a shared argument of the job, which is given before the items "
            + "and fills the method's first parameter, as in MapAsync((shared, item) => …, value, items).",
            Refusal(() => Pool.ImapAsync(x => x * factor, [1])));
        Assert.Contains("captures factor and summand, which exist in this", Refusal(() => Pool.ImapAsync(x => (x * factor) + summand, [1])), StringComparison.Ordinal);
        Assert.Contains("captures this, which exists in this", Refusal(() => Pool.ImapAsync(x => x * _field, [1])), StringComparison.Ordinal);
        Assert.Contains("captures factor and this, which exist", Refusal(() => Pool.ImapAsync(x => x * _field * factor, [1])), StringComparison.Ordinal);
        Assert.Contains(
            "captures summand, which", Refusal(() => Pool.ImapAsync(async x => { await Task.Yield(); return x + summand; }, [1])), StringComparison.Ordinal);
        Assert.Contains("captures others, which", Refusal(() => Pool.ImapAsync(unrelated, [1])), StringComparison.Ordinal);
    }

    [Fact]
    public void A_method_of_an_object_is_refused() => Assert.Equal(
        "LocalMethodTests.Scale is a method of an object, which exists in this process alone. Make it static, and what it needs of the "
        + "object an argument of the item, or a shared argument of the job, which is given before the items and fills the method's first "
        + "parameter; or mark it [WorkerFunction] in a function library and give its name, and each worker makes an object of its own.",
        Refusal(() => Pool.ImapAsync(Scale, [1])));

    [Fact]
    public async Task A_refused_call_fails_before_its_source_is_touched()
    {
        var factor = 2;
        var touched = false;
        var error = await Assert.ThrowsAsync<InvalidRequestException>(() => Pool.MapAsync(x => x * factor, Source(), null, Cancellation));

        Assert.Equal("METHOD_REFUSED", error.Reason);
        Assert.False(touched);

        IEnumerable<int> Source()
        {
            touched = true;
            yield return 1;
        }
    }

    [Fact]
    public async Task A_call_that_captures_is_refused()
    {
        var factor = 2;
        var error = await Assert.ThrowsAsync<InvalidRequestException>(() => Pool.CallsAsync<int>([Call.Of(x => x * factor, 1)], null, Cancellation));

        Assert.Contains("captures factor, which", error.Message, StringComparison.Ordinal);
    }

    private int Scale(int number) => number * _field;

    private static string Refusal(Action call) => Assert.Throws<InvalidRequestException>(call).Message;
}
