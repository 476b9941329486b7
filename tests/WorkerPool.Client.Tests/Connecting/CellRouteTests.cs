using System.Net;
using System.Net.Sockets;
using Grpc.Core;
using Microsoft.Extensions.Time.Testing;
using WorkerPool.Client.Connecting;
using WorkerPool.Client.Connecting.Routes;

namespace WorkerPool.Client.Tests.Connecting;

public sealed class CellRouteTests : IDisposable
{
    private static readonly RpcException Lost = new(new Status(StatusCode.Unavailable, "lost"));
    private readonly FakeTimeProvider _time = new();
    private readonly CellRoute _route;
    private Func<IPAddress[]> _answer = () => Addresses(1, 2, 3);
    private int _asked;

    public CellRouteTests() => _route = new CellRoute([PoolEndpoint.Parse("dns+http://cells.example:50051")], new PoolOptions
    {
        Time = _time,
        Resolve = host =>
        {
            Assert.Equal("cells.example", host);
            _asked++;
            return Task.FromResult(_answer());
        },
    });

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _route.Dispose();

    [Fact]
    public async Task Calls_take_turns_over_all_addresses_of_the_name()
    {
        var taken = await TakeAsync(9);
        Assert.Equal(3, taken.Distinct().Count());
        Assert.Equal(taken[..3], taken[3..6]);
        Assert.Equal(taken[..3], taken[6..]);
        Assert.Equal((1, 3), (_asked, _route.Count));
    }

    [Fact]
    public async Task An_address_where_calls_fail_is_passed_over_until_one_call_gets_through()
    {
        var all = (await TakeAsync(3)).Distinct().ToList();
        var dead = all[0];
        Fail(dead, 2);
        Assert.DoesNotContain(dead, await TakeAsync(6));

        _time.Advance(TimeSpan.FromSeconds(2.1));
        Assert.Contains(dead, await TakeAsync(3));
        Fail(dead, 1);
        Assert.DoesNotContain(dead, await TakeAsync(6));

        _time.Advance(TimeSpan.FromSeconds(2.1));
        Assert.DoesNotContain(dead, await TakeAsync(6));
        _time.Advance(TimeSpan.FromSeconds(2.1));
        _route.Reached(dead);
        Fail(dead, 1);
        Assert.Contains(dead, await TakeAsync(3));
    }

    [Fact]
    public async Task Where_calls_fail_everywhere_every_address_is_tried()
    {
        var all = (await TakeAsync(3)).Distinct().ToList();
        all.ForEach(each => Fail(each, 2));
        Assert.Equal(3, (await TakeAsync(3)).Distinct().Count());
    }

    [Fact]
    public async Task The_name_is_asked_again_after_a_while_and_after_a_failure_and_calls_do_not_wait_for_that()
    {
        var first = await TakeAsync(3);
        _answer = () => Addresses(3, 4);
        Assert.Equal(1, _asked);

        _time.Advance(TimeSpan.FromSeconds(5.1));
        await Eventually(() => _route.Count == 2);
        Assert.Equal(2, _asked);
        var second = (await TakeAsync(4)).Distinct().ToList();
        Assert.Single(second.Intersect(first));

        _answer = () => throw new SocketException((int)SocketError.TryAgain);
        Fail(second[0], 1);
        await Eventually(() => _asked == 3);
        Assert.Equal(2, _route.Count);
    }

    [Fact]
    public async Task A_name_without_addresses_is_a_failure_to_connect_that_is_worth_another_try()
    {
        _answer = () => throw new SocketException((int)SocketError.HostNotFound);
        var error = await Assert.ThrowsAsync<RpcException>(async () => await _route.NextAsync(Cancellation));
        Assert.Contains("\"cells.example\": no address is known", error.Status.Detail, StringComparison.Ordinal);
        Assert.True(Disconnection.IsWorthRetrying(error) && Disconnection.WasNeverSent(error));
        _answer = () => Addresses(1);
        await _route.NextAsync(Cancellation);
    }

    [Fact]
    public async Task Several_names_are_one_round_and_one_that_is_not_known_does_not_stop_the_others()
    {
        var isKnown = true;
        using var route = new CellRoute(
            PoolEndpoint.ParseAll(["dns+http://a:1", "dns+http://b:1"]),
            new PoolOptions
            {
                Time = _time,
                Resolve = host => host == "a" || isKnown ? Task.FromResult(Addresses(1)) : throw new SocketException((int)SocketError.HostNotFound),
            });
        List<PoolChannels> taken = [await route.NextAsync(Cancellation), await route.NextAsync(Cancellation), await route.NextAsync(Cancellation)];
        Assert.Equal((2, taken[0]), (taken.Distinct().Count(), taken[2]));

        isKnown = false;
        route.Failed(taken[0], Lost);
        await route.NextAsync(Cancellation);
        Assert.Equal(2, route.Count);
    }

    [Theory]
    [InlineData("dns+https://cells.example:50051", "https://cells.example:50051/", true)]
    [InlineData("dns+http://cells.example", "http://cells.example/", true)]
    [InlineData("https://cells.example:50051", "https://cells.example:50051/", false)]
    public void An_address_says_whether_it_is_a_name_of_several_cells(string address, string channel, bool isName)
    {
        var endpoint = PoolEndpoint.Parse(address);
        Assert.Equal((channel, isName, address), (endpoint.ChannelAddress.ToString(), endpoint.IsName, endpoint.Address));
    }

    [Theory]
    [InlineData("dns+unix:///x", "is not an address of a pool")]
    [InlineData("dns+https://", "is not an address of a pool")]
    [InlineData("dns+https://a:1,https://b:1", "give one kind or the other")]
    public void What_is_no_name_is_refused(string addresses, string words) =>
        Assert.Contains(words, Assert.Throws<ArgumentException>(() => PoolEndpoint.ParseAll(addresses.Split(','))).Message, StringComparison.Ordinal);

    [Fact]
    public void A_token_is_not_sent_to_a_name_in_the_clear() =>
        Assert.Contains("can read it", Assert.Throws<ArgumentException>(() => Pool.Connect("dns+http://cells.example:1", new PoolOptions { Token = "wpt_x" })).Message, StringComparison.Ordinal);

    [Fact]
    public async Task A_name_of_several_cells_is_not_operated_as_one()
    {
        await using var pool = Pool.Connect("dns+http://cells.example:50051");
        var error = await Assert.ThrowsAsync<InvalidRequestException>(() => pool.Admin.GetPoolAsync(Cancellation));
        Assert.Contains("Operate one of them", error.Message, StringComparison.Ordinal);
    }

    private static IPAddress[] Addresses(params byte[] last) => [.. last.Select(each => new IPAddress([127, 0, 0, each]))];

    private async Task<List<PoolChannels>> TakeAsync(int count)
    {
        var taken = new List<PoolChannels>();
        while (taken.Count < count)
        {
            taken.Add(await _route.NextAsync(Cancellation));
        }

        return taken;
    }

    private void Fail(PoolChannels channels, int times)
    {
        for (var time = 0; time < times; time++)
        {
            _route.Failed(channels, Lost);
        }
    }

    // The name is asked beside the calls.
    private async Task Eventually(Func<bool> holds)
    {
        while (!holds())
        {
            await _route.NextAsync(Cancellation);
            await Task.Yield();
        }
    }
}
