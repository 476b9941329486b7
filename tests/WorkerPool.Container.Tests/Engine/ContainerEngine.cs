using Docker.DotNet;
using Docker.DotNet.Models;
using DotNet.Testcontainers.Configurations;

namespace WorkerPool.Container.Tests.Engine;

/// <summary>The engine that Testcontainers found, if there is one.</summary>
internal static class ContainerEngine
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);
    private static readonly Lazy<DockerClient> Connected = new(
        () => TestcontainersSettings.OS.DockerEndpointAuthConfig.GetDockerClientBuilder(Guid.Empty).Build());

    private static readonly Lazy<Task<string?>> Missing = new(FindMissingAsync);

    // Why none can be had where the tests run, as whoever runs them found out.
    private static readonly string NotToBeHad = Environment.GetEnvironmentVariable("WORKERPOOL_NO_ENGINE") ?? "";

    /// <summary>For what Testcontainers has no words for.</summary>
    public static DockerClient Client => Connected.Value;

    /// <summary>Whether there is one.</summary>
    public static async Task<bool> IsThereAsync() => NotToBeHad.Length == 0 && await Missing.Value is null;

    /// <summary>Skips the running test where there is none; fails it where the tools are required.</summary>
    public static async Task RequireAsync()
    {
        Assert.SkipWhen(NotToBeHad.Length > 0, $"needs a container engine: {NotToBeHad}");
        if (await Missing.Value is { } reason)
        {
            Assert.False(Environment.GetEnvironmentVariable("WORKERPOOL_REQUIRE_TOOLS") == "1", reason);
            Assert.Skip(reason);
        }
    }

    private static async Task<string?> FindMissingAsync()
    {
        const string Needs = "needs a container engine, such as Docker";
        try
        {
            if (TestcontainersSettings.OS.DockerEndpointAuthConfig is null)
            {
                return Needs;
            }

            using var limit = new CancellationTokenSource(Limit);
            var system = await Client.System.GetSystemInfoAsync(limit.Token);
            return system.OSType == "linux" ? null : $"{Needs}, that runs Linux containers";
        }
        catch (Exception e) when (e is HttpRequestException or OperationCanceledException or DockerApiException or DockerConfigurationException or TimeoutException)
        {
            return $"{Needs}: {e.Message}";
        }
    }
}
