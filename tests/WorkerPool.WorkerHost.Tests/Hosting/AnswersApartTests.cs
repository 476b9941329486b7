using System.Net.Sockets;
using System.Text;
using Grpc.Health.V1;
using WorkerPool.Processes;

namespace WorkerPool.WorkerHost.Tests.Hosting;

/// <summary>A worker that is asked to send on a socket that it does not receive on.</summary>
public sealed class AnswersApartTests
{
    private const int PingBytes = 17;
    private static readonly byte[] Preface = [.. "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"u8, 0, 0, 0, 4, 0, 0, 0, 0, 0];
    private static readonly byte[] Ping = [0, 0, 8, 6, 0, 0, 0, 0, 0, 1, 2, 3, 4, 5, 6, 7, 8];
    private static readonly byte[] Pong = [0, 0, 8, 6, 1, 0, 0, 0, 0, 1, 2, 3, 4, 5, 6, 7, 8];

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task All_that_it_sends_comes_there_and_nobody_polls_what_it_sends_on()
    {
        await using var worker = await WorkerProcess.StartAsync();
        var before = Unpolled(worker.Process.Id);
        using var listener = UnixSocket();
        listener.Bind(new UnixDomainSocketEndPoint(AnswerSocket.PathBeside(worker.SocketPath, 7)));
        listener.Listen();
        using var there = await ConnectAsync(worker, [.. AnswerSocket.LineOf(7), .. Preface]);
        using var back = await listener.AcceptAsync(Cancelled);

        for (var i = 0; i < 100; i++)
        {
            await there.SendAsync(Ping, Cancelled);
            await ReadUntilAsync(back, Pong);
        }

        Assert.Equal(0, there.Available);
        Assert.Equal(before + 1, Unpolled(worker.Process.Id));

        there.Dispose();
        await ReadToEndAsync(back);
    }

    [Theory]
    [InlineData("ANSWER 7\n")]
    [InlineData("ANSWER seven\n")]
    [InlineData("ANSWER 4294967296\n")]
    [InlineData("ANSWER ../../x\n")]
    [InlineData("ANSWER \n")]
    [InlineData("ANSWER 0000000000000000000000000000000000000000")]
    public async Task Without_a_line_that_names_a_socket_there_is_no_connection_and_others_are_served(string line)
    {
        await using var worker = await WorkerProcess.StartAsync();
        using var connection = await ConnectAsync(worker, Encoding.ASCII.GetBytes(line));
        Assert.Empty(await ReadToEndAsync(connection));

        var health = await new Health.HealthClient(worker.Channel).CheckAsync(new HealthCheckRequest(), cancellationToken: Cancelled);
        Assert.Equal(HealthCheckResponse.Types.ServingStatus.Serving, health.Status);
    }

    [Fact]
    public async Task A_line_may_come_in_pieces()
    {
        await using var worker = await WorkerProcess.StartAsync();
        using var listener = UnixSocket();
        listener.Bind(new UnixDomainSocketEndPoint(AnswerSocket.PathBeside(worker.SocketPath, 12)));
        listener.Listen();
        using var there = await ConnectAsync(worker, []);
        foreach (var piece in AnswerSocket.LineOf(12).Concat(Preface).Chunk(1))
        {
            await there.SendAsync(piece, Cancelled);
        }

        using var back = await listener.AcceptAsync(Cancelled);
        await there.SendAsync(Ping, Cancelled);
        await ReadUntilAsync(back, Pong);
    }

    private static Socket UnixSocket() => new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);

    private static async Task<Socket> ConnectAsync(WorkerProcess worker, byte[] first)
    {
        var socket = UnixSocket();
        await socket.ConnectAsync(new UnixDomainSocketEndPoint(worker.SocketPath), Cancelled);
        await socket.SendAsync(first, Cancelled);
        return socket;
    }

    private static async Task ReadUntilAsync(Socket socket, byte[] end)
    {
        var read = new List<byte>();
        var buffer = new byte[PingBytes];
        while (!read.TakeLast(end.Length).SequenceEqual(end))
        {
            var count = await socket.ReceiveAsync(buffer.AsMemory(0, 1), Cancelled);
            Assert.Equal(1, count);
            read.Add(buffer[0]);
        }
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

    // Sockets of a process that none of its epolls watches.
    private static int Unpolled(int processId)
    {
        var sockets = new HashSet<string>(StringComparer.Ordinal);
        var polled = new HashSet<string>(StringComparer.Ordinal);
        foreach (var file in new DirectoryInfo($"/proc/{processId}/fd").EnumerateFileSystemInfos())
        {
            if (file.LinkTarget?.StartsWith("socket:", StringComparison.Ordinal) == true)
            {
                sockets.Add(file.Name);
            }
            else if (file.LinkTarget?.Contains("eventpoll", StringComparison.Ordinal) == true)
            {
                polled.UnionWith(File.ReadLines($"/proc/{processId}/fdinfo/{file.Name}")
                    .Where(static line => line.StartsWith("tfd:", StringComparison.Ordinal))
                    .Select(static line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1]));
            }
        }

        return sockets.Except(polled).Count();
    }
}
