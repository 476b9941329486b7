using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Time.Testing;
using WorkerPool.Supervisor.Launching.Keepers;

namespace WorkerPool.Supervisor.Tests.Launching;

/// <summary>Keepers by a name: each change of its addresses is told once, and a bad moment of the resolver changes nothing.</summary>
public sealed class DnsKeepersTests
{
    private static readonly IPAddress One = IPAddress.Parse("10.0.0.1");
    private static readonly IPAddress Other = IPAddress.Parse("fd00::2");

    private readonly FakeTimeProvider _time = new();
    private readonly Queue<Func<IPAddress[]>> _answers = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Changes_are_told_and_nothing_else_is()
    {
        Answer(() => [One]);
        Answer(() => [One]);
        Answer(() => throw new SocketException((int)SocketError.TryAgain));
        Answer(() => [Other, One]);
        Answer(() => [One, Other]);
        Answer(() => throw new SocketException((int)SocketError.HostNotFound));
        var keepers = new DnsKeepers("workers", 50060, "http", TimeSpan.FromSeconds(5), ResolveAsync, _time);
        await using var found = keepers.WatchAsync(Cancellation).GetAsyncEnumerator(Cancellation);

        Assert.Equal(["http://10.0.0.1:50060/"], await NextAsync(found));
        Assert.Equal(["http://10.0.0.1:50060/", "http://[fd00::2]:50060/"], await NextAsync(found));
        Assert.Empty(await NextAsync(found));
        Assert.Empty(_answers);
        Assert.Equal("the DNS name workers:50060", keepers.Source);
    }

    private void Answer(Func<IPAddress[]> answer) => _answers.Enqueue(answer);

    private Task<IPAddress[]> ResolveAsync(string host, CancellationToken cancellation)
    {
        Assert.Equal("workers", host);
        return Task.FromResult(_answers.Dequeue()());
    }

    // Time passes until something is told.
    private async Task<IEnumerable<string>> NextAsync(IAsyncEnumerator<IReadOnlyCollection<Uri>> found)
    {
        var next = found.MoveNextAsync().AsTask();
        while (!next.IsCompleted)
        {
            _time.Advance(TimeSpan.FromSeconds(5));
            await Task.Yield();
        }

        Assert.True(await next);
        return found.Current.Select(address => address.ToString()).Order(StringComparer.Ordinal);
    }
}
