using System.Diagnostics;

namespace WorkerPool.Manifests.Tests.Building;

/// <summary>kubectl, with the kustomize that is in it: from WORKERPOOL_KUBECTL, or on the PATH.</summary>
internal static class Kubectl
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    private static readonly Lazy<string?> Path = new(() => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':')
        .Select(folder => System.IO.Path.Combine(folder, "kubectl"))
        .Prepend(Environment.GetEnvironmentVariable("WORKERPOOL_KUBECTL") ?? "")
        .FirstOrDefault(path => File.Exists(path) && Run(path, "version", "--client").Output.Contains("Kustomize Version: v5.", StringComparison.Ordinal)));

    /// <summary>Skips the test where it is missing; fails it where the tools are required.</summary>
    public static string Require()
    {
        if (Path.Value is { } path)
        {
            return path;
        }

        const string Missing = "needs kubectl 1.27 or later, with kustomize 5 (WORKERPOOL_KUBECTL names one that is not on the PATH)";
        Assert.False(Environment.GetEnvironmentVariable("WORKERPOOL_REQUIRE_TOOLS") == "1", Missing);
        Assert.Skip(Missing);
        return Missing;
    }

    /// <summary>Builds a kustomization.</summary>
    /// <param name="folder">Its folder.</param>
    /// <returns>The objects, as YAML. It has to be built without a word of complaint.</returns>
    public static string Kustomize(string folder)
    {
        var (output, error, exitCode) = Run(Require(), "kustomize", folder);
        Assert.True(exitCode == 0 && error.Length == 0, $"{folder}: exit code {exitCode}\n{error}");
        return output;
    }

    private static (string Output, string Error, int ExitCode) Run(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEndAsync();
        if (!process.WaitForExit(Limit))
        {
            process.Kill(entireProcessTree: true);
            Assert.Fail($"{program} {string.Join(' ', arguments)} hangs.");
        }

        return (output.Result, error.Result, process.ExitCode);
    }
}
