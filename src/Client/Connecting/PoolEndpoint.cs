namespace WorkerPool.Client.Connecting;

/// <summary>Where a pool is: an http or https address, or a Unix socket.</summary>
internal sealed class PoolEndpoint
{
    private const string UnixPrefix = "unix://";

    private PoolEndpoint(string address, Uri channelAddress, string? socketPath)
    {
        Address = address;
        ChannelAddress = channelAddress;
        SocketPath = socketPath;
    }

    /// <summary>As the caller gave it, for messages.</summary>
    public string Address { get; }

    /// <summary>What the channel is told. For a Unix socket only a name.</summary>
    public Uri ChannelAddress { get; }

    /// <summary>Path of the Unix socket, or <c>null</c>.</summary>
    public string? SocketPath { get; }

    /// <summary>Whether what is sent there can be read on the way: no TLS, and another machine.</summary>
    public bool IsClear => SocketPath is null && ChannelAddress.Scheme != Uri.UriSchemeHttps && !ChannelAddress.IsLoopback;

    /// <summary>Reads addresses.</summary>
    /// <exception cref="ArgumentException">There is none, or one is none of the forms.</exception>
    public static IReadOnlyList<PoolEndpoint> ParseAll(IEnumerable<string> addresses)
    {
        ArgumentNullException.ThrowIfNull(addresses);
        PoolEndpoint[] endpoints = [.. addresses.Select(Parse)];
        return endpoints.Length > 0 ? endpoints : throw new ArgumentException("There is no address.", nameof(addresses));
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

        if (Uri.TryCreate(address, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" && uri.Host.Length > 0)
        {
            return new PoolEndpoint(address, uri, null);
        }

        throw new ArgumentException(
            $"'{address}' is not an address of a pool. Give http://host:port, https://host:port or unix:///path.", nameof(address));
    }

    /// <summary>A pool on a Unix socket.</summary>
    /// <param name="path">Absolute path of the socket.</param>
    public static PoolEndpoint Unix(string path) => new(UnixPrefix + path, new Uri("http://localhost"), path);
}
