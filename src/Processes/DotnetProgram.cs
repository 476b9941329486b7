using System.Runtime.InteropServices;

namespace WorkerPool.Processes;

/// <summary>Where the <c>dotnet</c> program is that workers are run with.</summary>
internal static class DotnetProgram
{
    /// <summary>Its path: the one that runs this process, else the one its runtime belongs to.</summary>
    public static string Path { get; } = Find();

    private static string Find()
    {
        if (Environment.ProcessPath is { } self && System.IO.Path.GetFileNameWithoutExtension(self) == "dotnet")
        {
            return self;
        }

        // The runtime lies in <root>/shared/Microsoft.NETCore.App/<version>/.
        var root = System.IO.Path.GetFullPath(System.IO.Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", ".."));
        var program = System.IO.Path.Combine(root, "dotnet");
        return File.Exists(program) ? program : "dotnet";
    }
}
