using System.Diagnostics;
using System.Runtime.InteropServices;

namespace WorkerPool.Bench.Reports;

/// <summary>Where and with what something was measured.</summary>
/// <param name="Processor">Model and number of processors.</param>
/// <param name="Memory">Memory in all.</param>
/// <param name="System">The system's kernel.</param>
/// <param name="Load">Load averages before the first round.</param>
/// <param name="Commit">The commit that was checked out, and whether files differ from it.</param>
/// <param name="Versions">Versions of what takes part, by name.</param>
internal sealed record MachineFacts(string Processor, string Memory, string System, string Load, string Commit, IReadOnlyDictionary<string, string> Versions)
{
    private const string None = "none";

    /// <summary>Reads them.</summary>
    public static async Task<MachineFacts> ReadAsync()
    {
        var model = (await File.ReadAllLinesAsync("/proc/cpuinfo")).FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal))?.Split(':')[1].Trim();
        var load = (await File.ReadAllTextAsync("/proc/loadavg")).Split(' ');
        var commit = await OutputAsync("git", "rev-parse", "--short", "HEAD");
        var changes = await OutputAsync("git", "status", "--porcelain", "--untracked-files=no");
        return new MachineFacts(
            $"{Environment.ProcessorCount} × {model ?? RuntimeInformation.ProcessArchitecture.ToString()}",
            $"{GC.GetGCMemoryInfo().TotalAvailableMemoryBytes >> 20} MiB",
            $"Linux {Environment.OSVersion.Version}",
            string.Join(", ", load.Take(3)),
            commit + (changes is None or "" ? "" : ", with changes"),
            new Dictionary<string, string>
            {
                [".NET"] = Environment.Version.ToString(),
                ["Python"] = await OutputAsync("python3", "--version"),
                ["Debian's Python"] = await OutputAsync("/usr/bin/python3", "--version"),
                ["joblib"] = await OutputAsync("/usr/bin/python3", "-c", "import joblib; print(joblib.__version__)"),
                ["Dask"] = await OutputAsync("/usr/bin/python3", "-c", "import distributed; print(distributed.__version__)"),
                ["GNU parallel"] = (await OutputAsync("parallel", "--version")).Split('\n')[0],
            });
    }

    private static async Task<string> OutputAsync(string program, params string[] arguments)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
            var output = await process.StandardOutput.ReadToEndAsync();
            await process.WaitForExitAsync();
            return process.ExitCode == 0 ? output.Trim() : None;
        }
        catch (global::System.ComponentModel.Win32Exception)
        {
            return None;
        }
    }
}
