using WorkerPool.Client.Tests.Fakes;
using WorkerPool.Protocol.Errors;
using WorkerPool.V1;

namespace WorkerPool.Client.Tests.Mapping;

public sealed class ApplyTests
{
    private static readonly FakePoolOptions Functions = new()
    {
        Functions =
        [
            new Function { Name = "none", Signature = "none()" },
            new Function { Name = "one", Signature = "one(a)", Parameters = { new Parameter { Name = "a" } }, Encoding = V1.Encoding.Json },
            new Function
            {
                Name = "two",
                Signature = "two(a, b)",
                Parameters = { new Parameter { Name = "a" }, new Parameter { Name = "b" } },
                Encoding = V1.Encoding.Json,
            },
        ],
    };

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("none", "[]", "null")]
    [InlineData("one", "[5]", "5")]
    [InlineData("one", "[[5]]", "[5]")]
    [InlineData("two", "[5,6]", "[5,6]")]
    [InlineData("two", "[5]", "[5]")]
    public async Task Arguments_become_the_item_of_the_function(string function, string arguments, string item)
    {
        await using var fake = await FakePool.StartAsync(Functions);
        var given = System.Text.Json.JsonSerializer.Deserialize<object?[]>(arguments)!;
        await fake.Pool.ApplyAsync<object>(function, given, null, Cancelled);
        Assert.True(fake.Service.Applied.TryDequeue(out var request));
        Assert.Equal(item, System.Text.Encoding.UTF8.GetString(request.Data.Span));
    }

    [Fact]
    public async Task Too_many_arguments_are_refused()
    {
        await using var fake = await FakePool.StartAsync(Functions);
        await Assert.ThrowsAsync<InvalidRequestException>(() => fake.Pool.ApplyAsync<int>("one", [1, 2], null, Cancelled));
    }

    [Fact]
    public async Task An_item_goes_and_its_value_comes_back()
    {
        await using var fake = await FakePool.StartAsync();
        Assert.Equal("hello", await fake.Pool.ApplyAsync<string, string>("echo", "hello", null, Cancelled));
        Assert.Equal([1, 2], await fake.Pool.ApplyAsync<byte[], byte[]>("echo", [1, 2], null, Cancelled));
    }

    [Fact]
    public async Task An_item_over_the_limit_fails_here()
    {
        await using var fake = await FakePool.StartAsync(new FakePoolOptions { MaxItemBytes = 5 });
        var thrown = await Assert.ThrowsAsync<ItemFailedException>(() => fake.Pool.ApplyAsync<string, string>("echo", "hello", null, Cancelled));
        Assert.Equal(ErrorReasons.ItemTooLarge, thrown.Reason);
        Assert.Empty(fake.Service.Applied);
    }

    [Fact]
    public async Task A_map_that_waits_delays_no_apply()
    {
        await using var fake = await FakePool.StartAsync(new FakePoolOptions { Answering = new TaskCompletionSource() });
        var map = fake.Pool.MapAsync<int, int>("echo", Enumerable.Range(0, 100_000), null, Cancelled);
        Assert.Equal(1, await fake.Pool.ApplyAsync<int, int>("echo", 1, null, Cancelled));
        Assert.False(map.IsCompleted);
    }
}
