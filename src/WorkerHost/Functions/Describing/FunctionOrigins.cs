using System.Reflection;
using WorkerPool.V1;

namespace WorkerPool.WorkerHost.Functions.Describing;

/// <summary>Where functions come from, in the words of the catalogue.</summary>
internal static class FunctionOrigins
{
    /// <summary>Says of a function which assembly it is in.</summary>
    /// <param name="function">The function.</param>
    /// <param name="assembly">The assembly of its method.</param>
    public static void Describe(Function function, Assembly assembly)
    {
        if (assembly == typeof(FunctionOrigins).Assembly)
        {
            function.Origin = FunctionOrigin.BuiltIn;
            return;
        }

        var file = Path.GetFileName(assembly.Location);
        function.Origin = FunctionOrigin.Library;
        function.Library = file.Length > 0 ? file : assembly.GetName().Name ?? "";
        function.LibraryVersion = VersionOf(assembly);
    }

    // Without what the build adds: the commit it was made of.
    private static string VersionOf(Assembly assembly)
    {
        var informational = assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion;
        return informational?.Split('+')[0] ?? assembly.GetName().Version?.ToString() ?? "";
    }
}
