using System.Net;

namespace WorkerPool.Client.Connecting;

/// <summary>Where a pool is: an http or https address, a name of several cells, or a Unix socket.</summary>
internal sealed class PoolEndpoint
{
    private const string UnixPrefix = "unix://";
    private const string NamePrefix = "dns+";

    private PoolEndpoint(string address, Uri channelAddress, string? socketPath, bool isName = false, IPAddress? ip = null)
    {
        Address = address;
        ChannelAddress = channelAddress;
        SocketPath = socketPath;
        IsName = isName;
        Ip = ip;
    }

    /// <summary>As the caller gave it, for messages.</summary>
    public string Address { get; }

    /// <summary>What the channel is told. For a Unix socket only a name.</summary>
    public Uri ChannelAddress { get; }

    /// <summary>Path of the Unix socket, or <c>null</c>.</summary>
    public string? SocketPath { get; }

    /// <summary>Whether each address of its host is that of a cell.</summary>
    public bool IsName { get; }

    /// <summary>The one address of its host that is meant; <c>null</c>: any.</summary>
    public IPAddress? Ip { get; }

    /// <summary>Whether what is sent there can be read on the way: no TLS, and another machine.</summary>
    public bool IsClear => SocketPath is null && ChannelAddress.Scheme != Uri.UriSchemeHttps && !ChannelAddress.IsLoopback;

    /// <summary>Reads addresses.</summary>
    /// <exception cref="ArgumentException">There is none, one is none of the forms, or some are names of cells and some are not.</exception>
    public static IReadOnlyList<PoolEndpoint> ParseAll(IEnumerable<string> addresses)
    {
        ArgumentNullException.ThrowIfNull(addresses);
        PoolEndpoint[] endpoints = [.. addresses.Select(Parse)];
        return endpoints.Length == 0 ? throw new ArgumentException("There is no address.", nameof(addresses))
            : Array.Find(endpoints, endpoint => endpoint.IsName) is { } name && Array.Find(endpoints, endpoint => !endpoint.IsName) is { } other
                ? throw new ArgumentException($"'{name.Address}' is a name of cells that jobs are spread over, '{other.Address}' an address of its own; give one kind or the other.", nameof(addresses))
            : endpoints;
    }

    /// <summary>Reads an address.</summary>
    /// <exception cref="ArgumentException">It is none of the forms.</exception>
    public static PoolEndpoint Parse(string address)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(address);
        if (address.StartsWith(UnixPrefix, StringComparison.Ordinal) && address.Length > UnixPrefix.Length + 1
            && address[UnixPrefix.Length] == '/')
        {
            return Unix(address[UnixPrefix.Length..]);
        }

        var isName = address.StartsWith(NamePrefix, StringComparison.Ordinal);
        if (Uri.TryCreate(isName ? address[NamePrefix.Length..] : address, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" && uri.Host.Length > 0)
        {
            return new PoolEndpoint(address, uri, null, isName);
        }

        throw new ArgumentException(
            $"'{address}' is not an address of a pool. Give http://host:port, https://host:port, unix:///path, or dns+https://host:port for a name of several cells.",
            nameof(address));
    }

    /// <summary>One of the cells of a name.</summary>
    /// <param name="ip">Its address.</param>
    public PoolEndpoint At(IPAddress ip) => new(Address, ChannelAddress, null, ip: ip);

    /// <summary>A pool on a Unix socket.</summary>
    /// <param name="path">Absolute path of the socket.</param>
    public static PoolEndpoint Unix(string path) => new(UnixPrefix + path, new Uri("http://localhost"), path);
}
