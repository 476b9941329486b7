using System.Globalization;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using k8s;
using WorkerPool.Supervisor.Configuration;
using WorkerPool.Tls;

namespace WorkerPool.Supervisor.Launching.Keepers.Slices;

/// <summary>The API server of the cluster that this pod is in, by what the cluster gives its pods.</summary>
/// <param name="folder">Where the files of the pod's service account are.</param>
/// <param name="environment">Reads a variable of the environment.</param>
internal sealed class PodAccess(string folder, Func<string, string?> environment) : IApiServerAccess
{
    /// <summary>Where a cluster puts the files of a pod's service account.</summary>
    public const string Folder = "/var/run/secrets/kubernetes.io/serviceaccount";

    private const string HostVariable = "KUBERNETES_SERVICE_HOST";
    private const string PortVariable = "KUBERNETES_SERVICE_PORT";

    /// <inheritdoc/>
    public KubernetesClientConfiguration Read()
    {
        if (environment(HostVariable) is not { Length: > 0 } host
            || !ushort.TryParse(environment(PortVariable), NumberStyles.None, CultureInfo.InvariantCulture, out var port))
        {
            throw new ApiServerAccessException(
                $"{KeeperOptionsCheck.Prefix}:Service is looked up in the cluster that this pod is in, but this is no pod ({HostVariable} or {PortVariable} is not set); expected {KeeperOptionsCheck.Prefix}:Kubeconfig, the path of a kubeconfig.");
        }

        // The token is read with each request; that it is there is found out now.
        var token = Path.Combine(folder, "token");
        _ = ServiceAccountFile.Read(token);
        return new KubernetesClientConfiguration
        {
            Host = new UriBuilder("https", host, port).Uri.GetLeftPart(UriPartial.Authority),
            Namespace = ServiceAccountFile.Read(Path.Combine(folder, "namespace")),
            TokenProvider = new TokenFile(token),
            SslCaCerts = Authorities(Path.Combine(folder, "ca.crt")),
        };
    }

    private static X509Certificate2Collection Authorities(string path)
    {
        try
        {
            return PemCertificate.All(path, Encoding.UTF8.GetBytes(ServiceAccountFile.Read(path)));
        }
        catch (UnusableFileException error)
        {
            throw new ApiServerAccessException($"{KeeperOptionsCheck.Prefix}:Service: {error.Message}.");
        }
    }
}
