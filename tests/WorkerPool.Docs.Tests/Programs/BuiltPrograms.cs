using System.Diagnostics;
using System.Runtime.InteropServices;

namespace WorkerPool.Docs.Tests.Programs;

/// <summary>The programs as built, beside the tests.</summary>
internal static class BuiltPrograms
{
    public static string Folder => AppContext.BaseDirectory;

    /// <summary>Where the function libraries of the samples are.</summary>
    public static string Libraries => Path.Combine(Folder, "libraries");

    /// <summary>The dotnet program that this runtime belongs to: it lies in shared/Microsoft.NETCore.App/VERSION there.</summary>
    public static string Dotnet { get; } = Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..", "dotnet"));

    /// <summary>A program, with its arguments.</summary>
    /// <param name="name">Name of its .dll.</param>
    /// <param name="arguments">Its arguments.</param>
    public static ProcessStartInfo Start(string name, params IEnumerable<string> arguments) =>
        new(Dotnet, [Path.Combine(Folder, name), .. arguments]) { WorkingDirectory = Path.GetTempPath() };

    public static Task<ProgramRun> RunAsync(string name, params IEnumerable<string> arguments) =>
        ProgramRun.OfAsync(Start(name, arguments));
}
