using System.Diagnostics;
using System.Globalization;

namespace WorkerPool.Bench.Workloads;

/// <summary>Which processor processes run on.</summary>
internal static class Processor
{
    /// <summary>Confines a process, all its threads, and what it starts from then on.</summary>
    /// <param name="processId">The process.</param>
    /// <param name="number">Number of the processor, from 0.</param>
    public static async Task ConfineAsync(int processId, int number)
    {
        using var confining = Process.Start(new ProcessStartInfo("taskset", ["-a", "-p", "-c", Text(number), Text(processId)]) { RedirectStandardOutput = true })!;
        var output = confining.StandardOutput.ReadToEndAsync();
        await confining.WaitForExitAsync();
        await output;
        if (confining.ExitCode != 0)
        {
            throw new InvalidOperationException($"taskset ended with {confining.ExitCode}");
        }
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
