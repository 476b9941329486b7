using System.Reflection;
using System.Runtime.Loader;

namespace WorkerPool.WorkerHost.Functions;

/// <summary>
/// Loads a function library with its own dependencies beside it, apart from the host's and from other libraries'.
/// What host and library must agree on is the host's: the attribute, protobuf, the shared framework.
/// </summary>
/// <remarks>
/// A library may bring a package that is also part of the shared framework, such as System.Text.Json. Its attributes
/// would then be of another type than those the host looks for, and be passed over in silence; hence the framework's
/// own is used, unless the library needs a newer one.
/// </remarks>
internal sealed class LibraryLoadContext : AssemblyLoadContext
{
    private static readonly HashSet<string> Shared =
        new(["WorkerPool.Functions", "Google.Protobuf"], StringComparer.OrdinalIgnoreCase);

    private static readonly Lazy<Dictionary<string, string>> Framework = new(FindFramework);
    private readonly AssemblyDependencyResolver _resolver;

    /// <summary>A context for a library.</summary>
    /// <param name="path">Full path of the library.</param>
    /// <exception cref="InvalidOperationException">Its list of dependencies cannot be read.</exception>
    public LibraryLoadContext(string path)
        : base(Path.GetFileNameWithoutExtension(path), isCollectible: false) =>
        _resolver = new AssemblyDependencyResolver(path);

    /// <summary>Whether an assembly is used as the host has it, not loaded again.</summary>
    /// <param name="name">Its name.</param>
    public static bool IsOfHost(AssemblyName name) =>
        name.Name is not { } simple || Shared.Contains(simple) || FrameworkHas(simple, name.Version);

    /// <inheritdoc/>
    protected override Assembly? Load(AssemblyName assemblyName)
    {
        if (IsOfHost(assemblyName))
        {
            return null;
        }

        return _resolver.ResolveAssemblyToPath(assemblyName) is { } path ? LoadFromAssemblyPath(path) : null;
    }

    /// <inheritdoc/>
    protected override nint LoadUnmanagedDll(string unmanagedDllName) =>
        _resolver.ResolveUnmanagedDllToPath(unmanagedDllName) is { } path ? LoadUnmanagedDllFromPath(path) : 0;

    private static bool FrameworkHas(string name, Version? wanted) =>
        Framework.Value.TryGetValue(name, out var path)
        && (wanted is null || AssemblyName.GetAssemblyName(path).Version >= wanted);

    /// <summary>The assemblies the runtime offers that do not lie beside the host.</summary>
    private static Dictionary<string, string> FindFramework()
    {
        var own = Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory);
        var all = AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES") as string ?? "";
        return all
            .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Where(path => Path.GetDirectoryName(path) != own)
            .GroupBy(path => Path.GetFileNameWithoutExtension(path), StringComparer.OrdinalIgnoreCase)
            .ToDictionary(group => group.Key, group => group.First(), StringComparer.OrdinalIgnoreCase);
    }
}
