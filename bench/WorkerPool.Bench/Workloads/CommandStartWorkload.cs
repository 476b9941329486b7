using System.Diagnostics;
using WorkerPool.Bench.Measuring;

namespace WorkerPool.Bench.Workloads;

/// <summary>From the start of a command to the first line that it prints.</summary>
/// <param name="program">The program.</param>
/// <param name="arguments">Its arguments.</param>
internal sealed class CommandStartWorkload(string program, params IReadOnlyList<string> arguments) : IWorkload
{
    public const string Own = "start-command";
    public const string Python = "start-python";
    private const int Times = 3;
    private static readonly string[] Squares = ["1", "4", "9"];

    /// <summary>The workload of our command.</summary>
    public static CommandStartWorkload OfOwn() => new(OwnCommand, "map", "square", "--range", "1..3", "--workers", $"{Order.Workers}");

    /// <summary>The workload of a script of Python.</summary>
    public static CommandStartWorkload OfPython() => new("python3", Path.Combine(AppContext.BaseDirectory, "Peers", "three_squares.py"));

    /// <summary>Path of our command.</summary>
    public static string OwnCommand => Path.Combine(AppContext.BaseDirectory, "workerpool");

    /// <inheritdoc/>
    public async Task RunAsync(Order order, Action<Reading> report)
    {
        for (var i = 0; i < Times; i++)
        {
            report(new Reading(order.Cases[0], Metrics.FirstResult, await StartAsync()));
        }
    }

    private async Task<double> StartAsync()
    {
        var start = TimeProvider.System.GetTimestamp();
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true })!;
        process.StandardInput.Close();
        var errors = process.StandardError.ReadToEndAsync();
        var first = await process.StandardOutput.ReadLineAsync();
        var took = TimeProvider.System.GetElapsedTime(start).TotalSeconds;
        var rest = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        WrongResultException.Unless(
            process.ExitCode == 0 && new[] { first }.Concat(rest.Split('\n', StringSplitOptions.RemoveEmptyEntries)).SequenceEqual(Squares),
            $"{program} printed {first} and {rest}, exit code {process.ExitCode}: {await errors}");
        return took;
    }
}
