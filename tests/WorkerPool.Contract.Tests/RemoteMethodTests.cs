using WorkerPool.Client;

#pragma warning disable xUnit1051 // The call is refused at once.

namespace WorkerPool.Contract.Tests;

/// <summary>What is particular to methods that stand for functions of a pool at an address.</summary>
public sealed class RemoteMethodTests(RemotePools pools) : ContractTest(pools), IClassFixture<RemotePools>
{
    [Fact]
    public void A_lambda_is_refused()
    {
        var error = Assert.Throws<InvalidRequestException>(() => Pool.ImapAsync(static x => x * 2, [1]));

        Assert.Equal(
            "RemoteMethodTests.A_lambda_is_refused lambda has no name, and a pool at an address runs functions of its own libraries, by "
            + "name. Give the name of a function, or a method that the pool has as one.",
            error.Message);
    }

    [Fact]
    public async Task A_method_that_the_pool_has_no_function_for_is_refused_with_what_there_is()
    {
        var error = await Assert.ThrowsAsync<UnknownFunctionException>(
            () => Pool.MapAsync(OwnMethods.NobodyHasThis, [1], null, Cancellation));

        Assert.Contains(
            "has no function \"NobodyHasThis\", which OwnMethods.NobodyHasThis stands for there: a pool at an address runs functions "
            + "of its own libraries. It has ", error.Message, StringComparison.Ordinal);

        var near = await Assert.ThrowsAsync<UnknownFunctionException>(() => Pool.MapAsync(ReverseBytes, new byte[][] { [1] }, null, Cancellation));
        Assert.EndsWith("Did you mean \"reverse_bytes\"? [WorkerFunction(\"reverse_bytes\")] on the method says so.", near.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_method_of_another_signature_than_the_function_is_refused()
    {
        var error = await Assert.ThrowsAsync<InvalidRequestException>(() => Pool.MapAsync(OwnMethods.Otherwise, [1], null, Cancellation));

        Assert.Equal("METHOD_REFUSED", error.Reason);
        Assert.Contains(
            "has Otherwise(text: string) -> string; OwnMethods.Otherwise is Otherwise(number: integer) -> integer.",
            error.Message, StringComparison.Ordinal);
    }

    private static byte[] ReverseBytes(byte[] bytes) => bytes;
}
