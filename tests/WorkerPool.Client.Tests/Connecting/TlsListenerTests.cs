using System.Net;
using System.Net.Sockets;
using WorkerPool.Client.Errors;

namespace WorkerPool.Client.Tests.Connecting;

/// <summary>Plain HTTP/2 spoken to a port that expects TLS: every way in which such a port hangs up is met with the same advice.</summary>
public sealed class TlsListenerTests
{
    /// <summary>How a listener that is no HTTP/2 server ends a connection.</summary>
    public enum Ending
    {
        /// <summary>At once, before it has read a byte.</summary>
        AtOnce,

        /// <summary>In order, after it has read what came.</summary>
        InOrder,

        /// <summary>With a reset.</summary>
        Reset,

        /// <summary>With the alert that TLS has for what is not TLS.</summary>
        Alert,
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(Ending.AtOnce)]
    [InlineData(Ending.InOrder)]
    [InlineData(Ending.Reset)]
    [InlineData(Ending.Alert)]
    public async Task The_advice_is_https(Ending ending)
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        var serving = EndEachAsync(listener, ending, stop.Token);

        await using var pool = Pool.Connect($"http://{listener.LocalEndpoint}", new PoolOptions { ReconnectTimeout = TimeSpan.Zero });
        var error = await Assert.ThrowsAsync<PoolUnreachableException>(() => pool.ApplyAsync<int, int>("square", 1, cancellationToken: Cancellation));

        Assert.Contains("If it listens with TLS, its address begins with https://", error.Message, StringComparison.Ordinal);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => serving);
    }

    private static async Task EndEachAsync(TcpListener listener, Ending ending, CancellationToken cancellationToken)
    {
        var buffer = new byte[1024];
        while (true)
        {
            using var socket = await listener.AcceptSocketAsync(cancellationToken);
            if (ending != Ending.AtOnce)
            {
                await socket.ReceiveAsync(buffer, cancellationToken);
            }

            if (ending == Ending.Alert)
            {
                await socket.SendAsync(new byte[] { 0x15, 0x03, 0x01, 0x00, 0x02, 0x02, 0x46 }, cancellationToken);
            }

            socket.LingerState = new LingerOption(ending == Ending.Reset, 0);
        }
    }
}
