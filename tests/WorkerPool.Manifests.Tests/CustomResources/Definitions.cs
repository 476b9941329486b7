using System.Diagnostics;
using WorkerPool.Manifests.Tests.Building;
using YamlDotNet.Serialization;

namespace WorkerPool.Manifests.Tests.CustomResources;

/// <summary>
/// The definitions of custom resources, as the packages @kubernetes-models/* have them: in the folder node_modules that
/// WORKERPOOL_DEFINITIONS names. They are programs for Node.js.
/// </summary>
internal static class Definitions
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    /// <summary>Skips the test where they are missing; fails it where the tools are required.</summary>
    public static string Require()
    {
        if (Environment.GetEnvironmentVariable("WORKERPOOL_DEFINITIONS") is { } folder && Directory.Exists(Path.Combine(folder, "@kubernetes-models")))
        {
            return folder;
        }

        const string Missing = "needs @kubernetes-models/cert-manager and @kubernetes-models/prometheus-operator (WORKERPOOL_DEFINITIONS names the folder node_modules they are in) and Node.js";
        Assert.False(Environment.GetEnvironmentVariable("WORKERPOOL_REQUIRE_TOOLS") == "1", Missing);
        Assert.Skip(Missing);
        return Missing;
    }

    /// <summary>The custom resources of a text, as JSON.</summary>
    /// <param name="yaml">Objects, as kubectl gives them.</param>
    public static IReadOnlyList<string> ResourcesIn(string yaml)
    {
        var read = new DeserializerBuilder().WithAttemptingUnquotedStringTypeDeserialization().Build();
        var write = new SerializerBuilder().JsonCompatible().Build();
        return
        [
            .. yaml.Split("\n---\n")
                .Where(text => KnownResources.Types.Keys.Any(kind => text.Contains($"apiVersion: {kind[..kind.LastIndexOf('/')]}\n", StringComparison.Ordinal)))
                .Select(text => write.Serialize(read.Deserialize<object>(text)).ReplaceLineEndings("")),
        ];
    }

    /// <summary>What is wrong with custom resources.</summary>
    /// <param name="resources">Each as JSON.</param>
    /// <returns>A line a fault.</returns>
    public static IReadOnlyList<string> FaultsOf(IEnumerable<string> resources)
    {
        string[] arguments = [Path.Combine(Repository.Root, "tests/WorkerPool.Manifests.Tests/CustomResources/schemas.mjs"), Require()];
        using var node = Process.Start(new ProcessStartInfo("node", arguments) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true })!;
        var error = node.StandardError.ReadToEndAsync();
        var output = node.StandardOutput.ReadToEndAsync();
        foreach (var resource in resources)
        {
            node.StandardInput.WriteLine(resource);
        }

        node.StandardInput.Close();
        if (!node.WaitForExit(Limit))
        {
            node.Kill(entireProcessTree: true);
            Assert.Fail("node hangs.");
        }

        Assert.True(node.ExitCode == 0, error.Result);
        return output.Result.Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }
}
