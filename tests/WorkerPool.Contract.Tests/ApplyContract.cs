using WorkerPool.Client;

namespace WorkerPool.Contract.Tests;

/// <summary>Single calls, alone and many at a time.</summary>
public abstract class ApplyContract(PoolSource pools) : ContractTest(pools)
{
    private const int Many = 2000;

    [Fact]
    public async Task Two_thousand_calls_at_a_time_each_get_their_own_answer()
    {
        var calls = Enumerable.Range(0, Many).Select(i => Pool.ApplyAsync<int, long>("square", i, null, CancellationToken.None));

        Assert.Equal(Enumerable.Range(0, Many).Select(i => (long)i * i), await Task.WhenAll(calls).WaitAsync(Limit, Cancellation));
    }

    [Fact]
    public async Task Two_thousand_calls_that_can_be_cancelled_each_get_their_own_answer()
    {
        var calls = Enumerable.Range(0, Many).Select(i => Pool.ApplyAsync<int, long>("square", i, null, Cancellation));

        Assert.Equal(Enumerable.Range(0, Many).Select(i => (long)i * i), await Task.WhenAll(calls).WaitAsync(Limit, Cancellation));
    }

    [Fact]
    public async Task Calls_of_different_functions_types_and_options_do_not_mix()
    {
        var squares = Enumerable.Range(0, 300).Select(i => Pool.ApplyAsync<int, long>("square", i, null, CancellationToken.None)).ToList();
        var texts = Enumerable.Range(0, 300).Select(i => Pool.ApplyAsync<int, JsonText>(
            "square", i, new MapOptions { MaxRetries = 1 }, CancellationToken.None)).ToList();
        var bytes = Enumerable.Range(0, 300).Select(i => Pool.ApplyAsync<byte[], byte[]>(
            "reverse_bytes", [(byte)i, 1], null, CancellationToken.None)).ToList();

        Assert.Equal(Enumerable.Range(0, 300).Select(i => (long)i * i), await Task.WhenAll(squares).WaitAsync(Limit, Cancellation));
        Assert.Equal(
            Enumerable.Range(0, 300).Select(i => $"{i * i}"),
            (await Task.WhenAll(texts).WaitAsync(Limit, Cancellation)).Select(text => text.ToString()));
        Assert.Equal(
            Enumerable.Range(0, 300).Select(i => new byte[] { 1, (byte)i }), await Task.WhenAll(bytes).WaitAsync(Limit, Cancellation));
    }

    [Fact]
    public async Task A_call_that_fails_among_many_fails_alone_and_is_its_own_item_0()
    {
        var calls = Enumerable.Range(0, 500).Select(i => Pool.ApplyAsync<int, int>("even_only", i, null, CancellationToken.None)).ToList();
        for (var i = 0; i < calls.Count; i++)
        {
            if (i % 2 == 0)
            {
                Assert.Equal(i, await calls[i].WaitAsync(Limit, Cancellation));
                continue;
            }

            var error = await Assert.ThrowsAsync<ItemFailedException>(() => calls[i].WaitAsync(Limit, Cancellation));
            Assert.Equal(0, error.Index);
            Assert.Equal("FUNCTION_FAILED", error.Reason);
            Assert.Equal("System.FormatException", error.RemoteType);
            Assert.Contains($"{i} is odd", error.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Cancelling_one_call_reaches_its_item_and_disturbs_no_other()
    {
        using var cancellation = new CancellationTokenSource();
        var asleep = Pool.ApplyAsync<double, double>("sleep", 600, null, cancellation.Token);
        var others = Enumerable.Range(0, 100).Select(i => Pool.ApplyAsync<int, long>("square", i, null, CancellationToken.None)).ToList();
        await cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => asleep.WaitAsync(Limit, Cancellation));
        Assert.Equal(Enumerable.Range(0, 100).Select(i => (long)i * i), await Task.WhenAll(others).WaitAsync(Limit, Cancellation));

        // And no worker sleeps on.
        Assert.Equal(
            100, (await Pool.MapAsync<int, long>("square", Enumerable.Range(0, 100), null, Cancellation).WaitAsync(Limit, Cancellation)).Length);
    }

    [Fact]
    public async Task Close_waits_for_calls_under_way_and_does_not_wait_for_a_shared_job_to_be_idle()
    {
        var pool = await Pools.StartAsync();
        var calls = Enumerable.Range(0, 200).Select(i => pool.ApplyAsync<int, long>("square", i, null, CancellationToken.None)).ToList();
        await pool.CloseAsync(Cancellation).WaitAsync(Limit, Cancellation);

        Assert.All(calls, call => Assert.True(call.IsCompletedSuccessfully));
    }

    [Fact]
    public async Task Terminate_ends_calls_under_way()
    {
        var pool = await Pools.StartAsync();
        var calls = Enumerable.Range(0, 20).Select(_ => pool.ApplyAsync<double, double>("sleep", 600, null, CancellationToken.None)).ToList();
        await pool.TerminateAsync().WaitAsync(Limit, Cancellation);

        foreach (var call in calls)
        {
            await Assert.ThrowsAsync<PoolClosedException>(() => call.WaitAsync(Limit, Cancellation));
        }
    }

    [Fact]
    public async Task An_unknown_function_is_said_to_every_call()
    {
        var calls = Enumerable.Range(0, 20).Select(_ => Pool.ApplyAsync<int, int>("sqaure", 1, null, CancellationToken.None)).ToList();
        foreach (var call in calls)
        {
            var error = await Assert.ThrowsAsync<UnknownFunctionException>(() => call.WaitAsync(Limit, Cancellation));
            Assert.Contains("\"square\"", error.Message, StringComparison.Ordinal);
        }
    }
}
