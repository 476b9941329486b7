using System.Diagnostics.CodeAnalysis;
using System.Text.Json;

namespace WorkerPool.Processes;

/// <summary>
/// The first word of a worker to its keeper: one line on stdout, once the worker listens or knows that it never
/// will. Every other line on stdout is what user code printed.
/// </summary>
/// <param name="Reason"><c>null</c> when the worker is ready, else the UPPER_SNAKE reason why it cannot be.</param>
/// <param name="Message">What is wrong, for a person; empty when ready.</param>
public sealed record WorkerHandshake(string? Reason, string Message)
{
    private const string Prefix = "workerpool-worker|1|";
    private const string ReadyWord = "ready";

    /// <summary>The worker listens on its socket.</summary>
    public static WorkerHandshake Ready { get; } = new(null, "");

    /// <summary>The line to print, without its end.</summary>
    public string ToLine() => Prefix + (Reason is null ? ReadyWord : JsonSerializer.Serialize(new[] { Reason, Message }));

    /// <summary>Reads a line of stdout.</summary>
    /// <param name="line">The line, without its end.</param>
    /// <param name="handshake">What it says, if it is a handshake.</param>
    public static bool TryParse(string line, [NotNullWhen(true)] out WorkerHandshake? handshake)
    {
        handshake = null;
        if (!line.StartsWith(Prefix, StringComparison.Ordinal))
        {
            return false;
        }

        var rest = line[Prefix.Length..];
        if (rest == ReadyWord)
        {
            handshake = Ready;
            return true;
        }

        try
        {
            if (JsonSerializer.Deserialize<string[]>(rest) is [var reason, var message])
            {
                handshake = new WorkerHandshake(reason, message);
            }
        }
        catch (JsonException)
        {
            return false;
        }

        return handshake is not null;
    }
}
