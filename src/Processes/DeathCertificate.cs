using System.Globalization;

namespace WorkerPool.Processes;

/// <summary>What is known of a worker's death.</summary>
/// <param name="ProcessId">Its process id.</param>
/// <param name="ExitCode">What it exited with; a signal counts as 128 and its number. <c>null</c> for a worker that was no process
/// of its own.</param>
/// <param name="StopReason">Why the pool ended it; <c>null</c> when the pool did not.</param>
/// <param name="LastErrorLines">The last lines of its stderr, oldest first; at most 20.</param>
public sealed record DeathCertificate(int ProcessId, int? ExitCode, string? StopReason, IReadOnlyList<string> LastErrorLines)
{
    private const int SignalBase = 128;

    private static readonly Dictionary<int, string> SignalNames = new()
    {
        [1] = "SIGHUP",
        [2] = "SIGINT",
        [3] = "SIGQUIT",
        [4] = "SIGILL",
        [6] = "SIGABRT",
        [7] = "SIGBUS",
        [8] = "SIGFPE",
        [9] = "SIGKILL",
        [11] = "SIGSEGV",
        [15] = "SIGTERM",
    };

    /// <summary>The death in a few words, such as "exit code 3" or "SIGKILL (exit code 137), by the pool: silent for 3 s".</summary>
    public override string ToString()
    {
        var code = ExitCode is { } exitCode ? string.Create(CultureInfo.InvariantCulture, $"exit code {exitCode}") : "ended inside of its process";
        var cause = SignalNames.TryGetValue((ExitCode ?? 0) - SignalBase, out var name) ? $"{name} ({code})" : code;
        return StopReason is null ? cause : $"{cause}, by the pool: {StopReason}";
    }
}
