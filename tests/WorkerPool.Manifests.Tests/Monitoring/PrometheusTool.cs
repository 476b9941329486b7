using System.Diagnostics;

namespace WorkerPool.Manifests.Tests.Monitoring;

/// <summary>Prometheus and its promtool: from the folder that WORKERPOOL_PROMETHEUS names, or on the PATH.</summary>
internal static class PrometheusTool
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(1);

    /// <summary>Path of a program of theirs. Skips the test where it is missing; fails it where the tools are required.</summary>
    /// <param name="program">Its name.</param>
    public static string Require(string program)
    {
        var path = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':')
            .Prepend(Environment.GetEnvironmentVariable("WORKERPOOL_PROMETHEUS") ?? "")
            .Select(folder => Path.Combine(folder, program))
            .FirstOrDefault(File.Exists);
        if (path is not null)
        {
            return path;
        }

        var missing = $"needs {program} of Debian's package prometheus (WORKERPOOL_PROMETHEUS names its folder where it is not on the PATH)";
        Assert.False(Environment.GetEnvironmentVariable("WORKERPOOL_REQUIRE_TOOLS") == "1", missing);
        Assert.Skip(missing);
        return missing;
    }

    /// <summary>Runs promtool, which has to find nothing wrong.</summary>
    /// <param name="arguments">Its arguments.</param>
    public static async Task<string> CheckAsync(params string[] arguments)
    {
        var start = new ProcessStartInfo(Require("promtool"), arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        using var limit = new CancellationTokenSource(Limit);
        try
        {
            await process.WaitForExitAsync(limit.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill();
            throw;
        }

        Assert.True(process.ExitCode == 0, await output + await errors);
        return await output;
    }
}
