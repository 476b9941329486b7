using System.Diagnostics;
using System.Runtime.InteropServices;
using WorkerPool.Docs.Tests.Pages;

namespace WorkerPool.Docs.Tests.Programs;

/// <summary>The programs as built, beside the tests.</summary>
internal static class BuiltPrograms
{
    public static string Folder => AppContext.BaseDirectory;

    /// <summary>Where the function libraries of the samples are.</summary>
    public static string Libraries => Path.Combine(Folder, "libraries");

    /// <summary>Samples that are programs and libraries at once; they lie where they were built, with the packages that they use.</summary>
    public static IReadOnlyList<string> Samples { get; } = ["PdfText", "Thumbnails"];

    /// <summary>Where a sample was built.</summary>
    /// <param name="name">Its name.</param>
    public static string FolderOf(string name) =>
        Path.Combine(Repository.Root, "samples", name, "bin", Path.GetRelativePath(Path.Combine(Folder, "..", ".."), Folder));

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
