using System.Buffers.Text;
using System.Globalization;
using System.Text;

namespace WorkerPool.Processes;

/// <summary>
/// How a worker sends on a Unix socket that it does not receive on. Whoever connects to it listens beside the worker's own socket, begins
/// the connection with <c>ANSWER number</c> and a line feed, and the worker connects there and sends what it has to send.
/// </summary>
/// <remarks>
/// Linux reports each message that the other side of a Unix socket has read as room to write, and .NET asks about both of a socket that it
/// receives on: whatever is sent on it later wakes a thread that polls, and one or two of the pool, for nothing.
/// </remarks>
public static class AnswerSocket
{
    /// <summary>The bytes of the longest line, with its end.</summary>
    public const int LongestLine = 32;

    private const string FirstWord = "ANSWER ";

    /// <summary>The line's first word, with the space after it.</summary>
    public static byte[] Word { get; } = Encoding.ASCII.GetBytes(FirstWord);

    /// <summary>The path to listen on.</summary>
    /// <param name="socket">Path of the worker's own socket.</param>
    /// <param name="number">Which of those beside it.</param>
    public static string PathBeside(string socket, uint number) =>
        Path.Combine(Path.GetDirectoryName(socket) ?? "", string.Create(CultureInfo.InvariantCulture, $"answer-{number}"));

    /// <summary>The line that a connection begins with.</summary>
    /// <param name="number">Which of those beside the worker's own socket.</param>
    public static byte[] LineOf(uint number) => Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{FirstWord}{number}\n"));

    /// <summary>Reads what follows the line's first word.</summary>
    /// <param name="rest">It, without a line feed.</param>
    /// <returns>Which of those beside the worker's own socket; <c>null</c> when it is no number.</returns>
    public static uint? Read(ReadOnlySpan<byte> rest) =>
        Utf8Parser.TryParse(rest, out uint number, out var consumed) && consumed == rest.Length ? number : null;
}
