using k8s;
using k8s.KubeConfigModels;
using WorkerPool.Supervisor.Configuration;

namespace WorkerPool.Supervisor.Launching.Keepers.Slices;

/// <summary>The API server by a kubeconfig: that of its current context.</summary>
/// <param name="path">Path of the file.</param>
internal sealed class KubeconfigAccess(string path) : IApiServerAccess
{
    private const string DefaultNamespace = "default";

    /// <inheritdoc/>
    public KubernetesClientConfiguration Read()
    {
        var file = ReadFile();
        var names = file.Contexts?.Select(context => context.Name).ToList() ?? [];
        if (string.IsNullOrEmpty(file.CurrentContext))
        {
            throw Fault($"{path} has no current context; expected one of: {string.Join(", ", names)} (kubectl config use-context NAME).");
        }

        if (!names.Contains(file.CurrentContext, StringComparer.OrdinalIgnoreCase))
        {
            throw Fault($"{path} has the current context \"{file.CurrentContext}\"; expected one of its contexts: {string.Join(", ", names)}.");
        }

        try
        {
            var configuration = KubernetesClientConfiguration.BuildConfigFromConfigObject(file);
            if (configuration.SslCaCerts is { Count: 0 })
            {
                throw Fault($"{path} has a certificate authority without a certificate in PEM form.");
            }

            configuration.Namespace = string.IsNullOrEmpty(configuration.Namespace) ? DefaultNamespace : configuration.Namespace;
            return configuration;
        }
        catch (Exception error) when (error is not ApiServerAccessException)
        {
            throw Fault($"{path} cannot be used: {FirstLine(error)}; expected a cluster, and a user with token, client-certificate or exec.");
        }
    }

    private static ApiServerAccessException Fault(string problem) => new($"{KeeperOptionsCheck.Prefix}:Kubeconfig: {problem}");

    private static string FirstLine(Exception error) => error.Message.Split('\n', 2)[0].Trim().TrimEnd('.');

    private K8SConfiguration ReadFile()
    {
        if (!File.Exists(path))
        {
            throw Fault($"there is no file {path}.");
        }

        try
        {
            var file = KubernetesYaml.Deserialize<K8SConfiguration?>(File.ReadAllText(path)) ?? throw Fault($"{path} is empty; expected a kubeconfig.");

            // Paths in it are relative to it.
            file.FileName = Path.GetFullPath(path);
            return file;
        }
        catch (Exception error) when (error is not ApiServerAccessException)
        {
            // Whatever is thrown over a text that is none.
            throw Fault($"{path} cannot be read as a kubeconfig: {FirstLine(error)}.");
        }
    }
}
