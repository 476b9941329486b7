using System.Net;
using System.Net.Sockets;
using System.Runtime.CompilerServices;

namespace WorkerPool.Supervisor.Launching.Keepers;

/// <summary>Keepers at all addresses of a name. While the name cannot be looked up, those that were found stay.</summary>
/// <param name="host">The name.</param>
/// <param name="port">Their port.</param>
/// <param name="scheme">How they are spoken to: http or https.</param>
/// <param name="interval">How often it is asked.</param>
/// <param name="resolve">Gives the addresses of a name.</param>
/// <param name="time">Measures the interval.</param>
internal sealed class DnsKeepers(
    string host, int port, string scheme, TimeSpan interval, Func<string, CancellationToken, Task<IPAddress[]>> resolve, TimeProvider time) : IKeeperFinder
{
    /// <inheritdoc/>
    public string Source => $"the DNS name {host}:{port}";

    /// <inheritdoc/>
    public async IAsyncEnumerable<IReadOnlyCollection<Uri>> WatchAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        HashSet<Uri>? before = null;
        using var timer = new PeriodicTimer(interval, time);
        do
        {
            if (await ResolveAsync(cancellation) is { } found && (before is null || !found.SetEquals(before)))
            {
                yield return before = found;
            }
        }
        while (await timer.WaitForNextTickAsync(cancellation));
    }

    private async Task<HashSet<Uri>?> ResolveAsync(CancellationToken cancellation)
    {
        try
        {
            var addresses = await resolve(host, cancellation);
            return [.. addresses.Select(address => new UriBuilder(scheme, address.ToString(), port).Uri)];
        }
        catch (SocketException error) when (error.SocketErrorCode is SocketError.HostNotFound or SocketError.NoData)
        {
            // A headless service without pods has no addresses.
            return [];
        }
        catch (SocketException)
        {
            return null;
        }
    }
}
