using WorkerPool.Client;

#pragma warning disable xUnit1051 // The shortest calls are tested as well.

namespace WorkerPool.Contract.Tests;

/// <summary>Methods whose first argument all items have in common. That each of these calls compiles is part of what is tested.</summary>
public abstract class SharedMethodContract(PoolSource pools) : ContractTest(pools)
{
    private static readonly int[] Numbers = [.. Enumerable.Range(0, 100)];
    private static readonly string[] Joined = [.. Numbers.Select(number => $"a{number}")];

    [Fact]
    public async Task Methods_of_every_kind_share_their_first_argument()
    {
        await IsAsync(Joined, Pool.MapAsync(OwnMethods.Join, "a", Numbers));
        await IsAsync(Joined, Pool.MapAsync(OwnMethods.JoinLater, "a", Numbers, null, Cancellation));
        await IsAsync(Joined, Pool.MapAsync(OwnMethods.JoinAtOnce, "a", Numbers, new MapOptions { ChunkSize = 3 }, Cancellation));
        await IsAsync(Joined, Pool.MapAsync(OwnMethods.Join, "a", Numbers.ToAsyncEnumerable()));
        await IsAsync(Joined, Pool.MapAsync(OwnMethods.JoinLater, "a", Numbers.ToAsyncEnumerable()));
        await IsAsync(Joined, Pool.MapAsync(OwnMethods.JoinAtOnce, "a", Numbers.ToAsyncEnumerable()));
    }

    [Fact]
    public async Task Every_way_of_mapping_takes_an_argument_to_share()
    {
        Assert.Equal(Joined, await CollectAsync(Pool.ImapAsync(OwnMethods.Join, "a", Numbers)));
        Assert.Equal(Joined.Order(), (await CollectAsync(Pool.ImapUnorderedAsync(OwnMethods.JoinLater, "a", Numbers))).Order());
        Assert.Equal(Joined, (await CollectAsync(Pool.ImapOutcomesAsync(OwnMethods.JoinAtOnce, "a", Numbers))).Select(outcome => outcome.Value));
        Assert.Equal(
            Joined.Order(), (await CollectAsync(Pool.ImapUnorderedOutcomesAsync(OwnMethods.Join, "a", Numbers))).Select(outcome => outcome.Value).Order());
        await IsAsync(Joined, Pool.StartMap(OwnMethods.JoinLater, "a", Numbers).Completion);
    }

    [Fact]
    public async Task Bytes_are_shared_raw_and_more_than_a_message_of_them_arrives_whole()
    {
        var bytes = new byte[5_000_000];
        bytes[^1] = 7;
        await IsAsync([7, 0], Pool.MapAsync(OwnMethods.ByteAt, bytes, [bytes.Length - 1, 0]));
    }
}
