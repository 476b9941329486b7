using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;

namespace WorkerPool.Protocol.Sockets;

/// <summary>
/// How a server on a Unix socket sends on a connection that it does not receive on, nor its client send. Beside its socket it listens on
/// a second one. Whoever connects to that is given a line, <c>ANSWER key</c> and a line feed; what it connects to the first
/// one with begins with that line, and is answered there.
/// </summary>
/// <remarks>
/// Linux reports each message that the other side of a Unix socket has read as room to write, and .NET asks about both of a socket that it
/// receives on: whatever is sent on it later wakes a thread that polls, and one or two of the pool, for nothing.
/// </remarks>
public static class AnswerSocket
{
    /// <summary>The bytes of the longest line, with its end.</summary>
    public const int LongestLine = 32;

    private const string Ending = ".answers";
    private const string FirstWord = "ANSWER ";
    private const int KeyBytes = 8;

    // What a sockaddr_un has room for, with the zero after it.
    private const int LongestPath = 107;

    /// <summary>The line's first word, with the space after it.</summary>
    public static byte[] Word { get; } = Encoding.ASCII.GetBytes(FirstWord);

    /// <summary>The path of the second socket; <c>null</c> when it would be too long for one, and there is none.</summary>
    /// <param name="path">Path of the first.</param>
    public static string? PathBeside(string path)
    {
        var beside = path + Ending;
        return Encoding.UTF8.GetByteCount(beside) <= LongestPath ? beside : null;
    }

    /// <summary>Removes what a server that has ended has left of its sockets.</summary>
    /// <param name="path">Path of the first.</param>
    public static void DeleteFiles(string path)
    {
        File.Delete(path);
        if (PathBeside(path) is { } beside)
        {
            File.Delete(beside);
        }
    }

    /// <summary>Makes a key that nobody guesses.</summary>
    public static string NewKey() => RandomNumberGenerator.GetHexString(2 * KeyBytes, lowercase: true);

    /// <summary>The line that a connection begins with.</summary>
    /// <param name="key">What its other one is known by.</param>
    public static byte[] LineOf(string key) => Encoding.ASCII.GetBytes($"{FirstWord}{key}\n");

    /// <summary>Connects: with a socket for each way where the server has a second one, with one for both where it has none.</summary>
    /// <param name="path">Path of the server's first socket.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <exception cref="SocketException">Nobody listens there.</exception>
    public static async ValueTask<Stream> ConnectAsync(string path, CancellationToken cancellation)
    {
        if (await AskAsync(path, cancellation).ConfigureAwait(false) is not var (receiving, line))
        {
            return new NetworkStream(await UnixSocket.ConnectAsync(path, cancellation).ConfigureAwait(false), ownsSocket: true);
        }

        Socket? sending = null;
        try
        {
            sending = await UnixSocket.ConnectAsync(path, cancellation).ConfigureAwait(false);
            await sending.SendAsync(line, cancellation).ConfigureAwait(false);
            return new TwoSocketStream(sending, receiving);
        }
        catch
        {
            sending?.Dispose();
            receiving.Dispose();
            throw;
        }
    }

    // Whatever goes wrong here, the server is reached without: if it is there at all.
    private static async ValueTask<(Socket Receiving, ReadOnlyMemory<byte> Line)?> AskAsync(string path, CancellationToken cancellation)
    {
        if (PathBeside(path) is not { } beside)
        {
            return null;
        }

        Socket? receiving = null;
        try
        {
            receiving = await UnixSocket.ConnectAsync(beside, cancellation).ConfigureAwait(false);
            if (await ReadLineAsync(receiving, cancellation).ConfigureAwait(false) is { } line)
            {
                return (receiving, line);
            }
        }
        catch (SocketException)
        {
        }
        catch
        {
            receiving?.Dispose();
            throw;
        }

        receiving?.Dispose();
        return null;
    }

    // Nothing follows it before the other connection is there.
    private static async ValueTask<ReadOnlyMemory<byte>?> ReadLineAsync(Socket socket, CancellationToken cancellation)
    {
        var line = new byte[LongestLine];
        var count = 0;
        while (count < line.Length && await socket.ReceiveAsync(line.AsMemory(count), cancellation).ConfigureAwait(false) is > 0 and var read)
        {
            count += read;
            if (line[count - 1] == '\n')
            {
                return line.AsMemory(0, count);
            }
        }

        return null;
    }
}
