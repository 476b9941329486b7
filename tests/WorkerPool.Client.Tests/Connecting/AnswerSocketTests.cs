using System.Net.Sockets;
using System.Text;
using WorkerPool.Protocol.Sockets;

namespace WorkerPool.Client.Tests.Connecting;

/// <summary>A connection that sends on one socket and receives on another, where its server has two.</summary>
public sealed class AnswerSocketTests : IDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("wp-test-");
    private readonly Socket _server;

    public AnswerSocketTests() => _server = Listen(SocketPath);

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    private string SocketPath => Path.Combine(_directory.FullName, "pool.sock");

    public void Dispose()
    {
        _server.Dispose();
        _directory.Delete(recursive: true);
    }

    [Fact]
    public async Task What_is_sent_goes_on_one_and_what_is_answered_comes_on_the_other()
    {
        using var answers = Listen(AnswerSocket.PathBeside(SocketPath)!);
        var connecting = AnswerSocket.ConnectAsync(SocketPath, Cancelled).AsTask();
        using var back = await answers.AcceptAsync(Cancelled);
        await back.SendAsync(AnswerSocket.LineOf("0123"), Cancelled);
        await using var stream = await connecting;
        using var there = await _server.AcceptAsync(Cancelled);
        await stream.WriteAsync("items"u8.ToArray(), Cancelled);
        Assert.Equal("ANSWER 0123\nitems", await ReadAsync(there, "ANSWER 0123\nitems".Length));

        await back.SendAsync("values"u8.ToArray(), Cancelled);
        var values = new byte[6];
        await stream.ReadExactlyAsync(values, Cancelled);
        Assert.Equal("values", Encoding.ASCII.GetString(values));

        back.Shutdown(SocketShutdown.Both);
        Assert.Equal(0, await stream.ReadAsync(values, Cancelled));
    }

    [Fact]
    public async Task Both_end_with_it()
    {
        using var answers = Listen(AnswerSocket.PathBeside(SocketPath)!);
        var connecting = AnswerSocket.ConnectAsync(SocketPath, Cancelled).AsTask();
        using var back = await answers.AcceptAsync(Cancelled);
        await back.SendAsync(AnswerSocket.LineOf("0123"), Cancelled);
        var stream = await connecting;
        using var there = await _server.AcceptAsync(Cancelled);
        await ReadAsync(there, "ANSWER 0123\n".Length);

        await stream.DisposeAsync();
        Assert.Equal(0, await there.ReceiveAsync(new byte[8], Cancelled));
        Assert.Equal(0, await back.ReceiveAsync(new byte[8], Cancelled));
    }

    [Fact]
    public async Task Without_a_second_socket_there_is_one_for_both_ways() => await AssertOneForBothAsync(await AnswerSocket.ConnectAsync(SocketPath, Cancelled));

    [Fact]
    public async Task What_is_left_of_a_dead_servers_second_socket_is_passed_over()
    {
        // Its file stays when it is moved before its socket ends.
        var path = AnswerSocket.PathBeside(SocketPath)!;
        using (Listen(path + "x"))
        {
            File.Move(path + "x", path);
        }

        Assert.True(File.Exists(path));
        await AssertOneForBothAsync(await AnswerSocket.ConnectAsync(SocketPath, Cancelled));
    }

    [Theory]
    [InlineData("")]
    [InlineData("ANSWER 01")]
    [InlineData("ANSWER 0123456789012345678901234567890123456789")]
    public async Task Without_a_line_there_is_one_socket_for_both_ways(string line)
    {
        using var answers = Listen(AnswerSocket.PathBeside(SocketPath)!);
        var connecting = AnswerSocket.ConnectAsync(SocketPath, Cancelled).AsTask();
        using (var back = await answers.AcceptAsync(Cancelled))
        {
            await back.SendAsync(Encoding.ASCII.GetBytes(line), Cancelled);
        }

        await AssertOneForBothAsync(await connecting);
    }

    [Fact]
    public async Task Who_waits_for_the_line_can_give_up()
    {
        using var answers = Listen(AnswerSocket.PathBeside(SocketPath)!);
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Cancelled);
        var connecting = AnswerSocket.ConnectAsync(SocketPath, patience.Token).AsTask();
        using var back = await answers.AcceptAsync(Cancelled);
        await patience.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => connecting);
        Assert.Equal(0, await back.ReceiveAsync(new byte[8], Cancelled));
    }

    [Fact]
    public async Task Where_nobody_listens_on_the_first_it_says_so_and_lets_go_of_the_second()
    {
        _server.Dispose();
        using var answers = Listen(AnswerSocket.PathBeside(SocketPath)!);
        var connecting = AnswerSocket.ConnectAsync(SocketPath, Cancelled).AsTask();
        using var back = await answers.AcceptAsync(Cancelled);
        await back.SendAsync(AnswerSocket.LineOf("0123"), Cancelled);
        await Assert.ThrowsAsync<SocketException>(() => connecting);
        Assert.Equal(0, await back.ReceiveAsync(new byte[8], Cancelled));
    }

    [Theory]
    [InlineData(99, true)]
    [InlineData(100, false)]
    public void A_path_that_is_too_long_for_a_second_has_none(int length, bool hasOne) =>
        Assert.Equal(hasOne, AnswerSocket.PathBeside(new string('p', length)) is not null);

    private static Socket Listen(string path)
    {
        var socket = UnixSocket.Create();
        socket.Bind(new UnixDomainSocketEndPoint(path));
        socket.Listen();
        return socket;
    }

    private async Task AssertOneForBothAsync(Stream stream)
    {
        await using (stream)
        {
            using var server = await _server.AcceptAsync(Cancelled);
            await stream.WriteAsync("items"u8.ToArray(), Cancelled);
            Assert.Equal("items", await ReadAsync(server, 5));
            await server.SendAsync("values"u8.ToArray(), Cancelled);
            var values = new byte[6];
            await stream.ReadExactlyAsync(values, Cancelled);
            Assert.Equal("values", Encoding.ASCII.GetString(values));
        }
    }

    private static async Task<string> ReadAsync(Socket socket, int count)
    {
        await using var stream = new NetworkStream(socket);
        var read = new byte[count];
        await stream.ReadExactlyAsync(read, Cancelled);
        return Encoding.ASCII.GetString(read);
    }
}
