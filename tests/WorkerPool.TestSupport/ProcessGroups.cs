using System.Globalization;

namespace WorkerPool.TestSupport;

/// <summary>Who is left of process groups.</summary>
public static class ProcessGroups
{
    // Fields of /proc/*/stat behind the name of the program, which may hold anything.
    private const int StateField = 0;
    private const int GroupField = 2;

    /// <summary>The processes that live in any of some groups.</summary>
    /// <param name="heads">Process ids of the groups' heads, which may be dead.</param>
    public static IReadOnlyList<int> LivingMembersOf(IReadOnlyCollection<int> heads)
    {
        var members = new List<int>();
        foreach (var directory in Directory.GetDirectories("/proc"))
        {
            if (!int.TryParse(Path.GetFileName(directory), NumberStyles.None, CultureInfo.InvariantCulture, out var process))
            {
                continue;
            }

            try
            {
                var stat = File.ReadAllText(Path.Combine(directory, "stat"));
                var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
                if (fields[StateField] is not ("Z" or "X") && heads.Contains(int.Parse(fields[GroupField], CultureInfo.InvariantCulture)))
                {
                    members.Add(process);
                }
            }
            catch (IOException)
            {
                // It has ended.
            }
        }

        return members;
    }
}
