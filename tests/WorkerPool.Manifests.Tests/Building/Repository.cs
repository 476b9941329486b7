using System.Reflection;

namespace WorkerPool.Manifests.Tests.Building;

/// <summary>The working copy that the tests were built from.</summary>
internal static class Repository
{
    public static string Root { get; } = typeof(Repository).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(attribute => attribute.Key == "RepositoryRoot").Value!;

    /// <summary>What can be built, by its path from the root: the base and every overlay.</summary>
    public static IReadOnlyList<string> Overlays { get; } =
    [
        "k8s/base", .. Directory.GetDirectories(Path.Combine(Root, "k8s/overlays")).Order(StringComparer.Ordinal).Select(path => Path.GetRelativePath(Root, path)),
    ];

    /// <summary>Copies the manifests, for a kustomization beside them.</summary>
    /// <param name="folder">Where to; they are in its folder k8s.</param>
    public static void CopyManifests(string folder)
    {
        foreach (var file in Directory.GetFiles(Path.Combine(Root, "k8s"), "*", SearchOption.AllDirectories))
        {
            var copy = Path.Combine(folder, Path.GetRelativePath(Root, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }
    }

    public static string Read(string path) => File.ReadAllText(Path.Combine(Root, path));
}
