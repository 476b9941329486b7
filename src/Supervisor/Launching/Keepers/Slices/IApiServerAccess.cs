using k8s;

namespace WorkerPool.Supervisor.Launching.Keepers.Slices;

/// <summary>Where the API server of a cluster is, and what it is shown.</summary>
internal interface IApiServerAccess
{
    /// <summary>Reads it, anew each time: files change.</summary>
    /// <returns>How to connect, with the namespace of whoever asks.</returns>
    /// <exception cref="ApiServerAccessException">It cannot be read.</exception>
    KubernetesClientConfiguration Read();
}
