using System.Globalization;
using System.Text;

namespace WorkerPool.Command.Tests;

/// <summary>The processes of a run: those that have its directory for temporary files in their environment.</summary>
internal static class RunProcesses
{
    public static IReadOnlyList<int> Of(string temporaryFiles) => [.. All().Where(id => IsOf(id, temporaryFiles))];

    public static IReadOnlyList<int> WorkersOf(string temporaryFiles) =>
        [.. Of(temporaryFiles).Where(id => Read(id, "cmdline").Contains("WorkerHost", StringComparison.Ordinal))];

    private static bool IsOf(int id, string temporaryFiles) => Read(id, "environ").Contains(temporaryFiles, StringComparison.Ordinal);

    private static IEnumerable<int> All() => Directory.EnumerateDirectories("/proc")
        .Select(path => int.TryParse(Path.GetFileName(path), NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : 0)
        .Where(id => id > 0);

    // A process that ends meanwhile, or is another's, has nothing to say.
    private static string Read(int id, string file)
    {
        try
        {
            return Encoding.UTF8.GetString(File.ReadAllBytes($"/proc/{id}/{file}"));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }
}
