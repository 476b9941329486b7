using System.Diagnostics;
using System.Text;

namespace WorkerPool.Bench.Tests;

/// <summary>The bench as a process of its own, run to its end.</summary>
/// <param name="ExitCode">Its exit code.</param>
/// <param name="Output">What it printed.</param>
/// <param name="Errors">What it wrote to stderr.</param>
public sealed record BenchRun(int ExitCode, string Output, string Errors)
{
    // Longer than anything here takes, on the slowest machine: what takes longer hangs.
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(10);

    /// <summary>Runs it.</summary>
    /// <param name="arguments">Its arguments.</param>
    public static Task<BenchRun> OfAsync(params IEnumerable<string> arguments) => UntilAsync(null, arguments);

    /// <summary>Runs it until it has written a line that contains a text to stderr, and ends it then.</summary>
    /// <param name="text">The text; <c>null</c>: until it ends by itself.</param>
    /// <param name="arguments">Its arguments.</param>
    public static async Task<BenchRun> UntilAsync(string? text, params IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "WorkerPool.Bench.dll"), .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        try
        {
            var output = process.StandardOutput.ReadToEndAsync();
            var errors = ReadErrorsAsync(process, text);
            await process.WaitForExitAsync().WaitAsync(Limit, TestContext.Current.CancellationToken);
            return new BenchRun(process.ExitCode, await output, await errors);
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
            }
        }
    }

    private static async Task<string> ReadErrorsAsync(Process process, string? until)
    {
        var errors = new StringBuilder();
        while (await process.StandardError.ReadLineAsync() is { } line)
        {
            errors.AppendLine(line);
            if (until is not null && line.Contains(until, StringComparison.Ordinal))
            {
                process.Kill(entireProcessTree: true);
            }
        }

        return errors.ToString();
    }
}
