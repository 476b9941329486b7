using WorkerPool.Supervisor.Configuration;

namespace WorkerPool.Supervisor.Launching.Keepers.Slices;

/// <summary>A file that a cluster gives a pod for its service account.</summary>
internal static class ServiceAccountFile
{
    /// <summary>Reads it.</summary>
    /// <param name="path">Its path.</param>
    /// <returns>Its text, without white space around it; never empty.</returns>
    /// <exception cref="ApiServerAccessException">There is none, it cannot be read, or it is empty.</exception>
    public static string Read(string path)
    {
        try
        {
            var text = File.ReadAllText(path).Trim();
            return text.Length > 0 ? text : throw Fault($"{path} is empty.");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw Fault(File.Exists(path)
                ? $"{path} cannot be read: {error.Message}"
                : $"this pod has no token for the API server: there is no file {path}; set automountServiceAccountToken of the pod to true.");
        }
    }

    private static ApiServerAccessException Fault(string problem) => new($"{KeeperOptionsCheck.Prefix}:Service: {problem}");
}
