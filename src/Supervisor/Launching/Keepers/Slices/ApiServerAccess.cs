using WorkerPool.Supervisor.Configuration;

namespace WorkerPool.Supervisor.Launching.Keepers.Slices;

/// <summary>Which way the API server is found, by the settings.</summary>
internal static class ApiServerAccess
{
    /// <summary>By the kubeconfig, where the settings name one; else as a pod.</summary>
    /// <param name="keepers">The settings.</param>
    public static IApiServerAccess Of(KeeperOptions keepers) => keepers.Kubeconfig.Length > 0
        ? new KubeconfigAccess(keepers.Kubeconfig)
        : new PodAccess(PodAccess.Folder, Environment.GetEnvironmentVariable);

    /// <summary>Finds out whether it can be used, as far as can be told without a connection.</summary>
    /// <param name="access">The way.</param>
    /// <param name="faults">Takes what is wrong.</param>
    public static void Check(IApiServerAccess access, ICollection<string> faults)
    {
        try
        {
            using var api = new EndpointSliceApi(access, new ServiceName("", ""), new ApiServerLimits(), TimeProvider.System);
        }
        catch (ApiServerAccessException error)
        {
            faults.Add(error.Message);
        }
    }
}
