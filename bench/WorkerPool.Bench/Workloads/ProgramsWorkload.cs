using System.Diagnostics;
using System.Globalization;
using WorkerPool.Bench.Measuring;

namespace WorkerPool.Bench.Workloads;

/// <summary>A program for each item, the whole command with its start and its end: <c>/bin/echo</c> with a number.</summary>
/// <param name="isOwn">Our command, or GNU parallel.</param>
internal sealed class ProgramsWorkload(bool isOwn) : IWorkload
{
    public const string Own = "programs-own";
    public const string Parallel = "programs-parallel";
    private const int Items = 2000;

    /// <inheritdoc/>
    public async Task RunAsync(Order order, Action<Reading> report)
    {
        var count = Math.Max(2, (int)(Items * order.Scale));
        var start = TimeProvider.System.GetTimestamp();
        var lines = await LinesAsync(count);
        var took = TimeProvider.System.GetElapsedTime(start).TotalSeconds;
        WrongResultException.Unless(lines.SequenceEqual(Numbers(count)), "not every number came back in its place");
        report(new Reading(order.Cases[0], Metrics.ItemsPerSecond, count / took));
    }

    private static IEnumerable<string> Numbers(int count) => Enumerable.Range(1, count).Select(number => number.ToString(CultureInfo.InvariantCulture));

    private async Task<IReadOnlyList<string>> LinesAsync(int count)
    {
        var start = isOwn
            ? new ProcessStartInfo(
                CommandStartWorkload.OwnCommand, ["map", "--exec", "/bin/echo {}", "--raw", "--range", $"1..{count}", "--workers", $"{Order.Workers}"])
            : new ProcessStartInfo("parallel", ["--keep-order", "--jobs", $"{Order.Workers}", "/bin/echo"]);
        start.RedirectStandardInput = true;
        start.RedirectStandardOutput = true;
        start.RedirectStandardError = true;
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        if (!isOwn)
        {
            await process.StandardInput.WriteAsync(string.Join('\n', Numbers(count)) + "\n");
        }

        process.StandardInput.Close();
        await process.WaitForExitAsync();
        WrongResultException.Unless(process.ExitCode == 0, $"{start.FileName} ended with exit code {process.ExitCode}: {await errors}");
        return (await output).Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }
}
