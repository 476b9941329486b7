namespace WorkerPool.Processes.Programs;

/// <summary>One run of a program.</summary>
/// <param name="Path">Absolute path of the program.</param>
/// <param name="Arguments">Its arguments.</param>
/// <param name="Directory">The directory it runs in.</param>
/// <param name="Environment">What its environment has beside this process's.</param>
/// <param name="Input">What it reads on stdin. May be empty.</param>
/// <param name="MaxOutputBytes">The most that it may write to stdout; above it, it is killed.</param>
public sealed record ProgramStart(
    string Path,
    IReadOnlyList<string> Arguments,
    string Directory,
    IReadOnlyDictionary<string, string> Environment,
    ReadOnlyMemory<byte> Input,
    long MaxOutputBytes);

/// <summary>How a run of a program ended.</summary>
/// <param name="ExitCode">What it exited with, or 128 and the number of the signal that ended it.</param>
/// <param name="Output">What it wrote to stdout, up to the limit.</param>
/// <param name="IsOverLimit">Whether it wrote more than that, and was killed for it.</param>
/// <param name="LastErrorLines">The last lines of its stderr; shortened to 4 KiB.</param>
public sealed record ProgramEnd(int ExitCode, ReadOnlyMemory<byte> Output, bool IsOverLimit, string LastErrorLines)
{
    /// <summary>The end in a few words, such as "exit code 3" or "SIGSEGV (exit code 139)".</summary>
    public override string ToString() => Death.Signal is { } signal
        ? string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{signal} (exit code {ExitCode})")
        : string.Create(System.Globalization.CultureInfo.InvariantCulture, $"exit code {ExitCode}");

    /// <summary>Name of the signal that ended it, such as "SIGSEGV"; <c>null</c> when none did. A program that exits with such a
    /// number by itself, as a shell does whose command a signal ended, is not told apart.</summary>
    public string? Signal => Death.Signal;

    private DeathCertificate Death => new(0, ExitCode, null, []);
}
