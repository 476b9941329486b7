using System.Diagnostics;

namespace WorkerPool.Docs.Tests.Programs;

/// <summary>The programs as built, beside the tests.</summary>
internal static class BuiltPrograms
{
    public static string Folder => AppContext.BaseDirectory;

    /// <summary>Where the function libraries of the samples are.</summary>
    public static string Libraries => Path.Combine(Folder, "libraries");

    public static string Dotnet { get; } = Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") is { Length: > 0 } path
        ? path
        : Environment.ProcessPath is { } own && Path.GetFileName(own) == "dotnet" ? own : "dotnet";

    /// <summary>A program, with its arguments.</summary>
    /// <param name="name">Name of its .dll.</param>
    /// <param name="arguments">Its arguments.</param>
    public static ProcessStartInfo Start(string name, params IEnumerable<string> arguments) =>
        new(Dotnet, [Path.Combine(Folder, name), .. arguments]) { WorkingDirectory = Path.GetTempPath() };

    public static Task<ProgramRun> RunAsync(string name, params IEnumerable<string> arguments) =>
        ProgramRun.OfAsync(Start(name, arguments));
}
