using System.Diagnostics;

namespace WorkerPool.Bench.Measuring;

/// <summary>This program once more: as it is published, where its build has done that, which that of a release does.</summary>
internal static class OwnProcess
{
    private static readonly string Program = FindProgram();

    /// <summary>How it is started.</summary>
    /// <param name="arguments">Its arguments.</param>
    public static ProcessStartInfo Start(params IEnumerable<string> arguments) => new("dotnet", [Program, .. arguments]);

    /// <summary>How it is started with the settings of the runtime that another program has.</summary>
    /// <param name="other">That program, which is beside this one: the name of its assembly.</param>
    /// <param name="arguments">Its arguments.</param>
    public static ProcessStartInfo StartAs(string other, params IEnumerable<string> arguments)
    {
        var settings = Path.Combine(Path.GetDirectoryName(Program)!, $"{other}.runtimeconfig.json");
        return new("dotnet", ["exec", "--runtimeconfig", settings, Program, .. arguments]);
    }

    private static string FindProgram()
    {
        var built = typeof(OwnProcess).Assembly.Location;
        var published = Path.Combine(Path.GetDirectoryName(built)!, "published", Path.GetFileName(built));
        return File.Exists(published) ? published : built;
    }
}
