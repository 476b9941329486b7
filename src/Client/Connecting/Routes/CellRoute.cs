using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using Grpc.Core;

namespace WorkerPool.Client.Connecting.Routes;

/// <summary>
/// Cells behind a name, or several: each call takes the next of all addresses, but for those where calls fail. Names are asked
/// again now and then, and where a call has failed, beside the calls: they go on with the addresses that are known.
/// </summary>
internal sealed class CellRoute : IPoolRoute
{
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(5);

    private readonly IReadOnlyList<PoolEndpoint> _names;
    private readonly PoolOptions _options;
    private readonly Lock _lock = new();

    // Also those that their name has no longer: jobs may be open there, and they may come back. Without calls they hold no connection.
    private readonly Dictionary<(PoolEndpoint Name, IPAddress Address), Cell> _known = [];
    private IReadOnlyList<Cell> _cells = [];
    private Task? _asking;
    private long _askedAt;
    private bool _isStale = true;
    private bool _isDisposed;
    private uint _turn = (uint)RandomNumberGenerator.GetInt32(int.MaxValue);

    /// <summary>A route. Nothing is asked yet.</summary>
    /// <param name="names">The names. At least one.</param>
    /// <param name="options">How to connect.</param>
    /// <exception cref="ArgumentException">One cannot be connected with these options.</exception>
    public CellRoute(IReadOnlyList<PoolEndpoint> names, PoolOptions options)
    {
        _names = names;
        _options = options;
        foreach (var name in names)
        {
            // What is wrong with it is to be said now.
            new PoolChannels(name, options).Dispose();
        }
    }

    /// <inheritdoc/>
    public int Count
    {
        get
        {
            lock (_lock)
            {
                return _cells.Count;
            }
        }
    }

    /// <inheritdoc/>
    public bool IsSpread => true;

    /// <inheritdoc/>
    public async ValueTask<PoolChannels> NextAsync(CancellationToken cancellationToken)
    {
        Task asking;
        lock (_lock)
        {
            asking = AskIfStale();
            if (_cells.Count > 0)
            {
                return Next().Channels;
            }
        }

        try
        {
            await asking.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (SocketException e)
        {
            var message = $"{string.Join(" and ", _names.Select(name => $"\"{name.ChannelAddress.Host}\""))}: no address is known. {e.Message}";
            throw new RpcException(new Status(
                StatusCode.Unavailable, message, new HttpRequestException(HttpRequestError.NameResolutionError, message)));
        }

        lock (_lock)
        {
            return Next().Channels;
        }
    }

    /// <inheritdoc/>
    public void Reached(PoolChannels channels) => Of(channels)?.Circuit.Reached();

    /// <inheritdoc/>
    public void Failed(PoolChannels channels, Exception error)
    {
        Of(channels)?.Circuit.Failed(error);
        lock (_lock)
        {
            _isStale = true;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_lock)
        {
            _isDisposed = true;
            foreach (var cell in _known.Values)
            {
                cell.Channels.Dispose();
            }
        }
    }

    private Cell? Of(PoolChannels channels)
    {
        lock (_lock)
        {
            return _known.Values.FirstOrDefault(cell => cell.Channels == channels);
        }
    }

    // Where all of them fail one is as good as the other.
    private Cell Next()
    {
        for (var passed = 0; passed < _cells.Count; passed++)
        {
            var cell = _cells[(int)(_turn++ % (uint)_cells.Count)];
            if (!cell.Circuit.IsOpen)
            {
                return cell;
            }
        }

        return _cells[(int)(_turn++ % (uint)_cells.Count)];
    }

    private Task AskIfStale()
    {
        var isDue = _isStale || _options.Time.GetElapsedTime(_askedAt) > Fresh;
        if (_asking is { IsCompleted: false } || (!isDue && _asking is not null))
        {
            return _asking;
        }

        (_isStale, _askedAt) = (false, _options.Time.GetTimestamp());
        _asking = AskAsync();
        _ = _asking.ContinueWith(static asked => asked.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);
        return _asking;
    }

    private async Task AskAsync()
    {
        await Task.Yield();
        SocketException? failure = null;
        foreach (var name in _names)
        {
            try
            {
                Follow(name, await _options.Resolve(name.ChannelAddress.DnsSafeHost).ConfigureAwait(false));
            }
            catch (SocketException e)
            {
                // What is known of it stays: the name service may be wrong for a while.
                failure = e;
            }
        }

        lock (_lock)
        {
            _isStale |= failure is not null;
            if (_cells.Count == 0)
            {
                throw failure ?? new SocketException((int)SocketError.NoData);
            }
        }
    }

    private void Follow(PoolEndpoint name, IPAddress[] found)
    {
        lock (_lock)
        {
            ObjectDisposedException.ThrowIf(_isDisposed, this);
            foreach (var address in found.Where(address => !_known.ContainsKey((name, address))))
            {
                _known[(name, address)] = new Cell(name, new PoolChannels(name.At(address), _options), new CellCircuit(_options.Time));
            }

            _cells = [.. _cells.Where(cell => cell.Name != name), .. found.Distinct().Select(address => _known[(name, address)])];
        }
    }

    private sealed record Cell(PoolEndpoint Name, PoolChannels Channels, CellCircuit Circuit);
}
