using System.Globalization;

namespace WorkerPool.Processes;

/// <summary>What is known of a worker's death.</summary>
/// <param name="ProcessId">Its process id.</param>
/// <param name="ExitCode">What the system reports: what it exited with, or 128 and the number of the signal that ended it.
/// <c>null</c> for a worker that was no process of its own.</param>
/// <param name="StopReason">Why the pool ended it; <c>null</c> when the pool did not.</param>
/// <param name="LastErrorLines">The last lines of its stderr, oldest first; at most 40.</param>
public sealed record DeathCertificate(int ProcessId, int? ExitCode, string? StopReason, IReadOnlyList<string> LastErrorLines)
{
    private const int SignalBase = 128;
    private const int SigKill = 9;
    private const int SigTerm = 15;
    private const double BytesPerMebibyte = 1 << 20;

    private static readonly Dictionary<int, string> SignalNames = new()
    {
        [1] = "SIGHUP",
        [2] = "SIGINT",
        [3] = "SIGQUIT",
        [4] = "SIGILL",
        [6] = "SIGABRT",
        [7] = "SIGBUS",
        [8] = "SIGFPE",
        [SigKill] = "SIGKILL",
        [11] = "SIGSEGV",
        [SigTerm] = "SIGTERM",
    };

    /// <summary>Whether it exited by itself, so that its exit code is no signal, whatever its number. Default: no.</summary>
    public bool HasExited { get; init; }

    /// <summary>Whether its session ended before it did, though nobody had asked for that. Default: no.</summary>
    public bool HasLostSession { get; init; }

    /// <summary>Whether nothing is known of its end but that its keeper is lost. Default: no.</summary>
    public bool IsLost { get; init; }

    /// <summary>The most memory it was seen to hold, in bytes; <c>null</c> when it was not seen.</summary>
    public long? PeakMemoryBytes { get; init; }

    /// <summary>What says that it died for want of memory; <c>null</c> when nothing does.</summary>
    public string? MemoryEvidence { get; init; }

    /// <summary>What the thread of its item did before the pool ended it, a line a frame, the innermost first; <c>null</c> when
    /// that was not asked or could not be had.</summary>
    public string? Stack { get; init; }

    /// <summary>Name of the signal that ended it, such as "SIGSEGV"; <c>null</c> when none did.</summary>
    public string? Signal => SignalNumber is { } number ? SignalNames.GetValueOrDefault(number, $"signal {number}") : null;

    /// <summary>Who ended it.</summary>
    public DeathCause Cause =>
        StopReason is not null ? DeathCause.Pool
        : SignalNumber is SigKill or SigTerm ? DeathCause.Outside
        : DeathCause.Itself;

    private int? SignalNumber => !HasExited && ExitCode is > SignalBase and < SignalBase + 65 ? ExitCode - SignalBase : null;

    /// <summary>The death in a few words, such as "exit code 3" or "SIGKILL (exit code 137), by the pool: silent for 3 s".</summary>
    public override string ToString()
    {
        var code = ExitCode is { } exitCode ? string.Create(CultureInfo.InvariantCulture, $"exit code {exitCode}") : IsLost ? "lost" : "ended inside of its process";
        var death = Signal is null ? code : $"{Signal} ({code})";
        var by = Cause switch
        {
            DeathCause.Pool => $", by the pool: {StopReason}",
            DeathCause.Outside => ", not by the pool",
            _ => "",
        };
        var memory = MemoryEvidence is null || Cause == DeathCause.Pool ? "" : $", {MemoryEvidence}";
        var peak = PeakMemoryBytes is { } bytes
            ? string.Create(CultureInfo.InvariantCulture, $", peak memory {bytes / BytesPerMebibyte:F0} MiB")
            : "";
        return death + by + memory + peak;
    }
}

/// <summary>Who ended a worker.</summary>
public enum DeathCause
{
    /// <summary>What it ran: an exit, an abort, a fault.</summary>
    Itself,

    /// <summary>The pool, for the reason in the certificate.</summary>
    Pool,

    /// <summary>Something else: another process, or the kernel for want of memory.</summary>
    Outside,
}
