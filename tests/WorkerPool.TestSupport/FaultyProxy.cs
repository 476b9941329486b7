using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace WorkerPool.TestSupport;

/// <summary>
/// A TCP proxy on a port of loopback whose connections can be cut and stalled, all at once or each after a number of bytes,
/// so also in the middle of a message. Safe for several threads.
/// </summary>
public sealed class FaultyProxy : IAsyncDisposable
{
    private readonly Socket _listener = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    private readonly ConcurrentDictionary<ProxiedConnection, Task> _open = [];
    private readonly CancellationTokenSource _ending = new();
    private readonly Func<int, ProxyFault?> _faults;
    private readonly Task _accepting;
    private int _accepted;

    private FaultyProxy(Uri target, Func<int, ProxyFault?> faults)
    {
        Target = target;
        _faults = faults;
        _listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        _listener.Listen();
        Address = $"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndPoint!).Port}";
        _accepting = Task.Run(AcceptAsync);
    }

    /// <summary>Where it listens.</summary>
    public string Address { get; }

    /// <summary>Where connections from now on lead, on this machine.</summary>
    public Uri Target { get; set; }

    /// <summary>Connections there have been.</summary>
    public int AcceptedCount => Volatile.Read(ref _accepted);

    /// <summary>Starts one.</summary>
    /// <param name="target">Where it leads, such as http://127.0.0.1:50051.</param>
    /// <param name="faults">What is to go wrong with each connection, counted from 0. Default: nothing.</param>
    public static FaultyProxy Start(string target, Func<int, ProxyFault?>? faults = null) => new(new Uri(target), faults ?? (_ => null));

    /// <summary>Resets all connections there are.</summary>
    public void CutAll()
    {
        foreach (var connection in _open.Keys)
        {
            connection.Cut();
        }
    }

    /// <summary>Lets nothing through on the connections there are, and tells nobody.</summary>
    public void StallAll()
    {
        foreach (var connection in _open.Keys)
        {
            connection.Stall();
        }
    }

    /// <summary>Lets through what was held up on the connections there are.</summary>
    public void ReleaseAll()
    {
        foreach (var connection in _open.Keys)
        {
            connection.Release();
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _ending.CancelAsync();
        _listener.Dispose();
        await _accepting;
        CutAll();
        await Task.WhenAll(_open.Values);
        _ending.Dispose();
    }

    private async Task AcceptAsync()
    {
        while (!_ending.IsCancellationRequested)
        {
            try
            {
                var client = await _listener.AcceptAsync(_ending.Token);
                var connection = new ProxiedConnection(client, Target, _faults(Interlocked.Increment(ref _accepted) - 1));
                _open[connection] = CarryAsync(connection);
            }
            catch (Exception error) when (error is OperationCanceledException or SocketException or ObjectDisposedException)
            {
                // It ends, or the client was gone before it was served.
            }
        }
    }

    private async Task CarryAsync(ProxiedConnection connection)
    {
        await Task.Yield();
        await connection.RunAsync();
        _open.TryRemove(connection, out _);
    }
}
