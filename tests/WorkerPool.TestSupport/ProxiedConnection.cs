using System.Net.Sockets;

namespace WorkerPool.TestSupport;

/// <summary>One connection through a <see cref="FaultyProxy"/>.</summary>
/// <param name="client">The client's end.</param>
/// <param name="target">Where it leads.</param>
/// <param name="fault">What is to go wrong with it; <c>null</c>: nothing.</param>
internal sealed class ProxiedConnection(Socket client, Uri target, ProxyFault? fault)
{
    private const int BufferBytes = 16 * 1024;

    private readonly Socket _server = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private volatile TaskCompletionSource _flowing = Flowing();

    /// <summary>Carries bytes both ways until either end closes or it is cut.</summary>
    public async Task RunAsync()
    {
        try
        {
            client.NoDelay = true;
            await _server.ConnectAsync(target.Host, target.Port);
            await Task.WhenAny(CarryAsync(client, _server, toServer: true), CarryAsync(_server, client, toServer: false));
        }
        catch (SocketException)
        {
            // Nobody listens there; the client is to see that as if it had asked itself.
        }
        finally
        {
            Cut();
        }
    }

    /// <summary>Resets it.</summary>
    public void Cut()
    {
        Reset(client);
        Reset(_server);
        Release();
    }

    /// <summary>Lets nothing through.</summary>
    public void Stall()
    {
        if (_flowing.Task.IsCompleted)
        {
            _flowing = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }
    }

    /// <summary>Lets through what is held up.</summary>
    public void Release() => _flowing.TrySetResult();

    private static TaskCompletionSource Flowing()
    {
        var flowing = new TaskCompletionSource();
        flowing.SetResult();
        return flowing;
    }

    // Closed with nothing to linger for, a socket sends a reset.
    private static void Reset(Socket socket)
    {
        try
        {
            socket.LingerState = new LingerOption(true, 0);
        }
        catch (Exception error) when (error is SocketException or ObjectDisposedException)
        {
            // It is closed already.
        }

        socket.Dispose();
    }

    private async Task CarryAsync(Socket from, Socket to, bool toServer)
    {
        var buffer = new byte[BufferBytes];
        var left = fault is { } mine && mine.ToServer == toServer ? mine.AtByte : long.MaxValue;
        try
        {
            while (true)
            {
                var count = await from.ReceiveAsync(buffer);
                await _flowing.Task;
                if (count == 0)
                {
                    return;
                }

                if (count > left)
                {
                    await SendAsync(to, buffer.AsMemory(0, (int)left));
                    if (fault!.Kind == ProxyFaultKind.Cut)
                    {
                        return;
                    }

                    Stall();
                    await _flowing.Task;
                    await SendAsync(to, buffer.AsMemory((int)left, count - (int)left));
                    left = long.MaxValue;
                    continue;
                }

                await SendAsync(to, buffer.AsMemory(0, count));
                left -= left == long.MaxValue ? 0 : count;
            }
        }
        catch (Exception error) when (error is SocketException or ObjectDisposedException)
        {
            // Either end is gone, and with it the connection.
        }
    }

    private static async Task SendAsync(Socket to, ReadOnlyMemory<byte> bytes)
    {
        while (bytes.Length > 0)
        {
            bytes = bytes[await to.SendAsync(bytes)..];
        }
    }
}
