using System.Net.Sockets;
using System.Text;
using Grpc.Health.V1;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using WorkerPool.Protocol.Sockets;
using WorkerPool.WorkerHost.Hosting;

namespace WorkerPool.WorkerHost.Tests.Hosting;

/// <summary>A worker that is asked to send on a socket that it does not receive on.</summary>
public sealed class AnswersApartTests
{
    private static readonly byte[] Preface = [.. "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"u8, 0, 0, 0, 4, 0, 0, 0, 0, 0];
    private static readonly byte[] Ping = [0, 0, 8, 6, 0, 0, 0, 0, 0, 1, 2, 3, 4, 5, 6, 7, 8];
    private static readonly byte[] Pong = [0, 0, 8, 6, 1, 0, 0, 0, 0, 1, 2, 3, 4, 5, 6, 7, 8];

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task All_that_it_sends_comes_there()
    {
        await using var worker = await WorkerProcess.StartAsync();
        var (back, line) = await AskAsync(worker.SocketPath);
        using var there = await ConnectAsync(worker.SocketPath, [.. line, .. Preface]);
        for (var i = 0; i < 100; i++)
        {
            await there.SendAsync(Ping, Cancelled);
            await ReadUntilAsync(back, Pong);
        }

        Assert.Equal(0, there.Available);
        there.Dispose();
        await ReadToEndAsync(back);
        back.Dispose();
    }

    [Fact]
    public async Task A_line_may_come_in_pieces()
    {
        await using var worker = await WorkerProcess.StartAsync();
        var (back, line) = await AskAsync(worker.SocketPath);
        using var there = await ConnectAsync(worker.SocketPath, []);
        foreach (var piece in line.Concat(Preface).Concat(Ping).Chunk(1))
        {
            await there.SendAsync(piece, Cancelled);
        }

        await ReadUntilAsync(back, Pong);
        back.Dispose();
    }

    [Fact]
    public async Task A_line_is_good_for_one_connection()
    {
        await using var worker = await WorkerProcess.StartAsync();
        var (back, line) = await AskAsync(worker.SocketPath);
        using var first = await ConnectAsync(worker.SocketPath, [.. line, .. Preface, .. Ping]);
        await ReadUntilAsync(back, Pong);
        using var second = await ConnectAsync(worker.SocketPath, [.. line, .. Preface, .. Ping]);
        Assert.Empty(await ReadToEndAsync(second));

        await first.SendAsync(Ping, Cancelled);
        await ReadUntilAsync(back, Pong);
        back.Dispose();
    }

    [Theory]
    [InlineData("ANSWER 0123456789abcdef\n")]
    [InlineData("ANSWER ../../x\n")]
    [InlineData("ANSWER \n")]
    [InlineData("ANSWER 0000000000000000000000000000000000000000")]
    public async Task Without_a_line_that_was_given_there_is_no_connection_and_others_are_served(string line)
    {
        await using var worker = await WorkerProcess.StartAsync();
        var (back, _) = await AskAsync(worker.SocketPath);
        using var connection = await ConnectAsync(worker.SocketPath, Encoding.ASCII.GetBytes(line));
        Assert.Empty(await ReadToEndAsync(connection));
        Assert.Equal(0, back.Available);
        back.Dispose();

        var health = await new Health.HealthClient(worker.Channel).CheckAsync(new HealthCheckRequest(), cancellationToken: Cancelled);
        Assert.Equal(HealthCheckResponse.Types.ServingStatus.Serving, health.Status);
    }

    [Fact]
    public async Task Who_reads_nothing_is_let_go_of_by_a_server_that_expects_it()
    {
        var ended = new TaskCompletionSource();
        await using var server = await Server.StartAsync(TimeProvider.System, kestrel =>
        {
            kestrel.Limits.MinResponseDataRate = new MinDataRate(bytesPerSecond: 1e9, gracePeriod: TimeSpan.FromSeconds(1.1));
            kestrel.ConfigureEndpointDefaults(listen => listen.Use(next => async connection =>
            {
                await next(connection);
                ended.TrySetResult();
            }));
        });
        var (back, line) = await AskAsync(server.Path);
        using var there = await ConnectAsync(server.Path, [.. line, .. Preface]);
        await FillAsync(there);
        await ended.Task.WaitAsync(Cancelled);
        Assert.True(back.Available > 0);
        back.Dispose();
    }

    [Fact]
    public async Task Whoever_does_not_come_with_the_line_is_let_go_of_after_ten_seconds()
    {
        var time = new FakeTimeProvider();
        await using var server = await Server.StartAsync(time, static _ => { });
        var (back, line) = await AskAsync(server.Path);
        var (other, otherLine) = await AskAsync(server.Path);
        using var there = await ConnectAsync(server.Path, [.. line, .. Preface, .. Ping]);
        await ReadUntilAsync(back, Pong);

        time.Advance(TimeSpan.FromSeconds(10));
        Assert.Empty(await ReadToEndAsync(other));
        using var late = await ConnectAsync(server.Path, [.. otherLine, .. Preface, .. Ping]);
        Assert.Empty(await ReadToEndAsync(late));
        await there.SendAsync(Ping, Cancelled);
        await ReadUntilAsync(back, Pong);
        back.Dispose();
        other.Dispose();
    }

    [Fact]
    public async Task More_than_1024_do_not_wait_and_one_that_has_come_makes_room()
    {
        await using var server = await Server.StartAsync(new FakeTimeProvider(), static _ => { });
        var waiting = new List<(Socket Back, byte[] Line)>();
        for (var i = 0; i < 1024; i++)
        {
            waiting.Add(await AskAsync(server.Path));
        }

        using (var refused = await UnixSocket.ConnectAsync(AnswerSocket.PathBeside(server.Path)!, Cancelled))
        {
            Assert.Empty(await ReadToEndAsync(refused));
        }

        using var there = await ConnectAsync(server.Path, [.. waiting[0].Line, .. Preface, .. Ping]);
        await ReadUntilAsync(waiting[0].Back, Pong);
        waiting.Add(await AskAsync(server.Path));
        Assert.All(waiting, static pair => pair.Back.Dispose());
    }

    // Asks for answers until the connection ends, which nobody reads.
    private static async Task FillAsync(Socket socket)
    {
        var pings = Enumerable.Repeat(Ping, 1000).SelectMany(static ping => ping).ToArray();
        try
        {
            while (true)
            {
                await socket.SendAsync(pings, Cancelled);
            }
        }
        catch (SocketException)
        {
        }
    }

    private static async Task<(Socket Back, byte[] Line)> AskAsync(string path)
    {
        var back = await UnixSocket.ConnectAsync(AnswerSocket.PathBeside(path)!, Cancelled);
        return (back, [.. await ReadUntilAsync(back, "\n"u8.ToArray())]);
    }

    private static async Task<Socket> ConnectAsync(string path, byte[] first)
    {
        var socket = await UnixSocket.ConnectAsync(path, Cancelled);
        await socket.SendAsync(first, Cancelled);
        return socket;
    }

    private static async Task<List<byte>> ReadUntilAsync(Socket socket, byte[] end)
    {
        var read = new List<byte>();
        var buffer = new byte[1];
        while (!read.TakeLast(end.Length).SequenceEqual(end))
        {
            Assert.Equal(1, await socket.ReceiveAsync(buffer, Cancelled));
            read.Add(buffer[0]);
        }

        return read;
    }

    // A connection that is dropped with something unread is reset, which is an end too.
    private static async Task<byte[]> ReadToEndAsync(Socket socket)
    {
        var read = new List<byte>();
        var buffer = new byte[1024];
        try
        {
            while (await socket.ReceiveAsync(buffer, Cancelled) is > 0 and var count)
            {
                read.AddRange(buffer[..count]);
            }
        }
        catch (SocketException error) when (error.SocketErrorCode == SocketError.ConnectionReset)
        {
        }

        return [.. read];
    }

    // A server with nothing but its sockets.
    private sealed class Server : IAsyncDisposable
    {
        private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("wp-test-");
        private readonly WebApplication _app;

        private Server(TimeProvider time, Action<KestrelServerOptions> configure)
        {
            var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
            builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
            {
                configure(kestrel);
                AnswersApart.Listen(kestrel, Path);
            });
            builder.Services.AddSingleton(time);
            AnswersApart.AddServices(builder.Services);
            _app = builder.Build();
        }

        public string Path => System.IO.Path.Combine(_directory.FullName, "s.sock");

        public static async Task<Server> StartAsync(TimeProvider time, Action<KestrelServerOptions> configure)
        {
            var server = new Server(time, configure);
            await server._app.StartAsync(Cancelled);
            return server;
        }

        public async ValueTask DisposeAsync()
        {
            await _app.DisposeAsync();
            Assert.Empty(_directory.EnumerateFileSystemInfos());
            _directory.Delete();
        }
    }
}
