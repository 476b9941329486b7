using System.Globalization;

namespace WorkerPool.TestSupport;

/// <summary>A process, as the system lists it.</summary>
/// <param name="Id">Its process id.</param>
/// <param name="ParentId">Its parent's.</param>
/// <param name="Command">Its program's name.</param>
public sealed record ProcessEntry(int Id, int ParentId, string Command)
{
    /// <summary>The living descendants of a process.</summary>
    public static IReadOnlyList<ProcessEntry> DescendantsOf(int processId)
    {
        var all = Directory.GetDirectories("/proc")
            .Select(entry => int.TryParse(Path.GetFileName(entry), NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? Read(id) : null)
            .OfType<ProcessEntry>()
            .ToLookup(process => process.ParentId);
        return [.. Below(processId)];

        IEnumerable<ProcessEntry> Below(int id) => all[id].SelectMany(child => Below(child.Id).Prepend(child));
    }

    private static ProcessEntry? Read(int id)
    {
        try
        {
            var stat = File.ReadAllText($"/proc/{id}/stat");
            var nameEnd = stat.LastIndexOf(')');
            var rest = stat[(nameEnd + 2)..].Split(' ');
            return rest[0] is "Z" or "X"
                ? null
                : new ProcessEntry(id, int.Parse(rest[1], CultureInfo.InvariantCulture), stat[(stat.IndexOf('(') + 1)..nameEnd]);
        }
        catch (IOException)
        {
            return null;
        }
    }
}
