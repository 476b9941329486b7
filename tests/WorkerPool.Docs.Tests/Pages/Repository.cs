using System.Reflection;

namespace WorkerPool.Docs.Tests.Pages;

/// <summary>The working copy that the tests were built from.</summary>
internal static class Repository
{
    public static string Root { get; } = Metadata("RepositoryRoot");

    /// <summary>The folder of the packages that the build has restored.</summary>
    public static string RestoredPackages { get; } = Metadata("RestoredPackages");

    /// <summary>README.md and the pages of docs, by their paths from the root.</summary>
    public static IReadOnlyList<string> Pages { get; } =
    [
        "README.md", .. Directory.GetFiles(Path.Combine(Root, "docs"), "*.md").Order(StringComparer.Ordinal).Select(path => Path.GetRelativePath(Root, path)),
    ];

    public static string Read(string path) => File.ReadAllText(Path.Combine(Root, path));

    private static string Metadata(string key) => typeof(Repository).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(attribute => attribute.Key == key).Value!;
}
