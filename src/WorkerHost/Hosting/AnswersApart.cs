using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using WorkerPool.Protocol.Sockets;

namespace WorkerPool.WorkerHost.Hosting;

/// <summary>
/// A server's second Unix socket: what it sends apart from what it receives, where a connection asks for that (see
/// <see cref="AnswerSocket"/>). All others stay as they are.
/// </summary>
/// <param name="mode">Who may connect, to either of its sockets.</param>
/// <param name="time">The clock of those that wait.</param>
internal sealed class AnswersApart(UnixFileMode mode, TimeProvider time) : IDisposable
{
    // Connections whose other one is to come, and how long one waits for it.
    private const int MaxWaiting = 1024;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly ConcurrentDictionary<string, Socket> _waiting = new(StringComparer.Ordinal);
    private readonly CancellationTokenSource _ended = new();
    private Socket? _listener;

    /// <summary>Adds it to a server's services; its sockets get their permissions before anybody can connect to them.</summary>
    /// <param name="services">The server's services.</param>
    /// <param name="mode">Who may connect. Default: its user alone.</param>
    public static void AddServices(IServiceCollection services, UnixFileMode mode = UnixFileMode.UserRead | UnixFileMode.UserWrite)
    {
        services.AddSingleton(provider => new AnswersApart(mode, provider.GetService<TimeProvider>() ?? TimeProvider.System));
        services.AddOptions<SocketTransportOptions>().Configure<AnswersApart>(static (sockets, apart) => sockets.CreateBoundListenSocket = apart.Bind);
    }

    /// <summary>Makes a server listen for HTTP/2 on a Unix socket, and on the one beside it.</summary>
    /// <param name="kestrel">The server, to whose services it was added.</param>
    /// <param name="path">Path of the first.</param>
    public static void Listen(KestrelServerOptions kestrel, string path) => kestrel.ListenUnixSocket(path, static listen =>
    {
        listen.Protocols = HttpProtocols.Http2;
        var apart = listen.ApplicationServices.GetRequiredService<AnswersApart>();
        listen.Use(next => connection => apart.ServeAsync(connection, next));
    });

    /// <summary>Ends the second socket, and what nobody came for.</summary>
    public void Dispose()
    {
        _ended.Cancel();
        _listener?.Dispose();
        foreach (var key in _waiting.Keys)
        {
            Drop(key);
        }
    }

    private Socket Bind(EndPoint endPoint)
    {
        var listening = SocketTransportOptions.CreateDefaultBoundListenSocket(endPoint);
        if (endPoint is UnixDomainSocketEndPoint socket)
        {
            Restrict(socket.ToString()!);
            if (AnswerSocket.PathBeside(socket.ToString()!) is { } beside)
            {
                // Whose the first is, the second is as well: a file that is there was left behind.
                File.Delete(beside);
                _listener = UnixSocket.Create();
                _listener.Bind(new UnixDomainSocketEndPoint(beside));
                Restrict(beside);
                _listener.Listen();
                _ = AcceptAsync(_listener);
            }
        }

        return listening;
    }

    private void Restrict(string path)
    {
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, mode);
        }
    }

    // When it ends before the server does, as for want of descriptors, there is one socket for both ways.
    private async Task AcceptAsync(Socket listener)
    {
        using (listener)
        {
            try
            {
                while (true)
                {
                    Keep(await listener.AcceptAsync());
                }
            }
            catch (Exception error) when (error is SocketException or ObjectDisposedException)
            {
            }
        }
    }

    private void Keep(Socket answers)
    {
        var key = AnswerSocket.NewKey();
        if (_waiting.Count >= MaxWaiting || _ended.IsCancellationRequested || !_waiting.TryAdd(key, answers))
        {
            answers.Dispose();
            return;
        }

        _ = DropLaterAsync(key);
        try
        {
            answers.Send(AnswerSocket.LineOf(key));
        }
        catch (Exception error) when (error is SocketException or ObjectDisposedException)
        {
            Drop(key);
        }
    }

    private async Task DropLaterAsync(string key)
    {
        await Task.Delay(Patience, time, _ended.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        Drop(key);
    }

    private void Drop(string key)
    {
        if (_waiting.TryRemove(key, out var answers))
        {
            answers.Dispose();
        }
    }

    private async Task ServeAsync(ConnectionContext connection, ConnectionDelegate next)
    {
        var (begins, key) = await FirstLine.TakeAsync(connection, AnswerSocket.Word, AnswerSocket.LongestLine);
        if (!begins)
        {
            await next(connection);
        }
        else if (key is not null && _waiting.TryRemove(Encoding.ASCII.GetString(key), out var answers))
        {
            await AnswerStream.ServeAsync(connection, answers, next);
        }
    }
}
