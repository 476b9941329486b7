using System.Net.Sockets;
using System.Text;
using WorkerPool.Processes;
using WorkerPool.Supervisor.Launching;

namespace WorkerPool.Supervisor.Tests.Launching;

/// <summary>A connection that sends on one socket and receives on another.</summary>
public sealed class TwoSocketStreamTests : IDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("wp-test-");
    private readonly Socket _worker = UnixSocket();

    public TwoSocketStreamTests()
    {
        _worker.Bind(new UnixDomainSocketEndPoint(SocketPath));
        _worker.Listen();
    }

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    private string SocketPath => Path.Combine(_directory.FullName, "worker.sock");

    public void Dispose()
    {
        _worker.Dispose();
        _directory.Delete(recursive: true);
    }

    [Fact]
    public async Task What_is_sent_goes_on_one_and_what_is_answered_comes_on_the_other()
    {
        await using var stream = await TwoSocketStream.ConnectAsync(SocketPath, Cancelled);
        var answer = new byte[6];
        var reading = stream.ReadAsync(answer, Cancelled);
        await stream.WriteAsync("items"u8.ToArray(), Cancelled);

        using var there = await _worker.AcceptAsync(Cancelled);
        var path = AnswerSocket.PathBeside(SocketPath, await ReadLineAsync(there));
        var items = new byte[5];
        Assert.Equal(5, await there.ReceiveAsync(items, Cancelled));
        Assert.Equal("items", Encoding.ASCII.GetString(items));
        Assert.False(reading.IsCompleted);

        using var back = UnixSocket();
        await back.ConnectAsync(new UnixDomainSocketEndPoint(path), Cancelled);
        await back.SendAsync("values"u8.ToArray(), Cancelled);
        Assert.Equal(6, await reading);
        Assert.Equal("values", Encoding.ASCII.GetString(answer));
        Assert.False(File.Exists(path));

        back.Shutdown(SocketShutdown.Both);
        Assert.Equal(0, await stream.ReadAsync(answer, Cancelled));
    }

    [Fact]
    public async Task Both_end_with_it()
    {
        var stream = await TwoSocketStream.ConnectAsync(SocketPath, Cancelled);
        using var there = await _worker.AcceptAsync(Cancelled);
        using var back = UnixSocket();
        await back.ConnectAsync(new UnixDomainSocketEndPoint(AnswerSocket.PathBeside(SocketPath, await ReadLineAsync(there))), Cancelled);
        await back.SendAsync("v"u8.ToArray(), Cancelled);
        Assert.Equal(1, await stream.ReadAsync(new byte[8], Cancelled));

        await stream.DisposeAsync();
        Assert.Equal(0, await there.ReceiveAsync(new byte[8], Cancelled));
        Assert.Equal(0, await back.ReceiveAsync(new byte[8], Cancelled));
    }

    [Fact]
    public async Task Of_one_that_ends_before_it_was_answered_nothing_is_left()
    {
        var stream = await TwoSocketStream.ConnectAsync(SocketPath, Cancelled);
        using var there = await _worker.AcceptAsync(Cancelled);
        var path = AnswerSocket.PathBeside(SocketPath, await ReadLineAsync(there));
        Assert.True(File.Exists(path));
        var reading = stream.ReadAsync(new byte[8], Cancelled);

        await stream.DisposeAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await reading);
        Assert.False(File.Exists(path));
        Assert.Equal(0, await there.ReceiveAsync(new byte[8], Cancelled));
    }

    [Fact]
    public async Task Where_nobody_listens_it_says_so_and_nothing_is_left()
    {
        _worker.Dispose();
        await Assert.ThrowsAsync<SocketException>(async () => await TwoSocketStream.ConnectAsync(SocketPath, Cancelled));
        Assert.Empty(_directory.EnumerateFileSystemInfos("answer-*"));
    }

    private static Socket UnixSocket() => new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);

    private static async Task<uint> ReadLineAsync(Socket socket)
    {
        var line = new List<byte>();
        var one = new byte[1];
        while (one[0] != '\n')
        {
            Assert.Equal(1, await socket.ReceiveAsync(one, Cancelled));
            line.Add(one[0]);
        }

        var text = line.ToArray().AsSpan();
        Assert.True(text.StartsWith(AnswerSocket.Word));
        return AnswerSocket.Read(text[AnswerSocket.Word.Length..^1]) ?? throw new InvalidOperationException("no number");
    }
}
