using System.Reflection;

namespace WorkerPool.Client.Methods;

/// <summary>A method of the caller's program as another process finds it: assembly, build, token, type arguments.</summary>
internal static class MethodReference
{
    /// <summary>The reference to a method that captures nothing.</summary>
    /// <param name="method">The method, found sound by <see cref="MethodRules"/>.</param>
    /// <exception cref="InvalidRequestException">Its assembly is not in a file.</exception>
    public static V1.CallerMethod To(MethodInfo method)
    {
        var type = method.DeclaringType!;
        var path = type.Assembly.Location;
        if (path.Length == 0 || !File.Exists(path))
        {
            throw MethodRules.Refusal(
                $"{MethodName.Of(method)} is in {type.Assembly.GetName().Name}, which is not in a file of its own that a worker could "
                + "load, as in a program published as a single file. Publish the program as files, or use a function library.");
        }

        return new V1.CallerMethod
        {
            Assembly = new V1.AssemblyMethod
            {
                Path = path,
                Root = RootOf(path),
                ModuleVersionId = method.Module.ModuleVersionId.ToString(),
                MetadataToken = (uint)method.MetadataToken,
                TypeArguments = { NamesOf(type.GetGenericArguments()) },
                MethodArguments = { NamesOf(method.GetGenericArguments()) },
            },
        };
    }

    // A plugin has dependencies of its own; what lies beside the program shares the program's.
    private static string RootOf(string path) =>
        Assembly.GetEntryAssembly()?.Location is { Length: > 0 } entry && Path.GetDirectoryName(entry) == Path.GetDirectoryName(path)
            ? entry
            : path;

    private static IEnumerable<string> NamesOf(Type[] types) => types.Select(type => type.AssemblyQualifiedName!);
}
