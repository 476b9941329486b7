using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using WorkerPool.Supervisor.Configuration;
using WorkerPool.Tls;

namespace WorkerPool.Supervisor.Launching.Keepers;

/// <summary>Connections to a keeper's port, with TLS where that is spoken.</summary>
/// <param name="address">The keeper.</param>
/// <param name="options">How keepers are reached.</param>
/// <param name="identity">The part of mutual TLS; <c>null</c>: cleartext.</param>
internal sealed class KeeperConnections(Uri address, KeeperOptions options, ReloadedFiles<PinnedIdentity>? identity)
{
    /// <summary>Opens one.</summary>
    /// <param name="cancellation">Gives up.</param>
    public async Task<Stream> OpenAsync(CancellationToken cancellation)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(address.DnsSafeHost, address.Port, cancellation);
            var stream = new NetworkStream(socket, ownsSocket: true);
            return identity is null ? stream : await EncryptAsync(stream, identity.Current, cancellation);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private async Task<Stream> EncryptAsync(Stream plain, PinnedIdentity own, CancellationToken cancellation)
    {
        var stream = new SslStream(plain, leaveInnerStreamOpen: false);
        try
        {
            await stream.AuthenticateAsClientAsync(own.ForClient(), cancellation);
            return stream;
        }
        catch (AuthenticationException error)
        {
            await stream.DisposeAsync();
            throw new IOException(
                $"the keeper at {address.Authority} did not prove who it is: its certificate is not signed by {options.Ca}, "
                + $"not valid, or not for {options.Name}; or it did not accept ours ({error.Message})",
                error);
        }
        catch
        {
            await stream.DisposeAsync();
            throw;
        }
    }
}
