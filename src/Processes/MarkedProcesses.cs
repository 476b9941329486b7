using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;

namespace WorkerPool.Processes;

/// <summary>
/// Processes that have a mark in their environment, and all that these have started: whatever a process starts inherits
/// the mark, and what has taken it off is known by its parent.
/// </summary>
internal static partial class MarkedProcesses
{
    private const int SigKill = 9;
    private const int Rounds = 20;

    // Fields of /proc/*/stat behind the name of the program, which may hold anything.
    private const int StateField = 0;
    private const int ParentField = 1;

    /// <summary>Kills them. This process is never one of them.</summary>
    /// <param name="mark">What stands in their environment, such as <c>NAME=value</c>.</param>
    /// <param name="root">A process that counts as one of them whatever its environment; 0 for none.</param>
    public static void Kill(string mark, int root = 0)
    {
        // In rounds: one may start another while it is being killed.
        var bytes = Encoding.UTF8.GetBytes(mark);
        for (var round = 0; round < Rounds && Find(bytes, root) is { Count: > 0 } found; round++)
        {
            foreach (var process in found)
            {
                _ = SendSignal(process, SigKill);
            }
        }
    }

    private static HashSet<int> Find(byte[] mark, int root)
    {
        var found = new HashSet<int>();
        var others = new List<(int Id, int Parent)>();
        foreach (var entry in Directory.GetDirectories("/proc"))
        {
            if (!int.TryParse(Path.GetFileName(entry), NumberStyles.None, CultureInfo.InvariantCulture, out var process)
                || process == Environment.ProcessId)
            {
                continue;
            }

            try
            {
                var stat = File.ReadAllText(Path.Combine(entry, "stat"));
                var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
                if (fields[StateField] is "Z" or "X")
                {
                    continue;
                }

                if (process == root || File.ReadAllBytes(Path.Combine(entry, "environ")).AsSpan().IndexOf(mark) >= 0)
                {
                    found.Add(process);
                }
                else
                {
                    others.Add((process, int.Parse(fields[ParentField], CultureInfo.InvariantCulture)));
                }
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                // Gone, or another user's.
            }
        }

        while (others.RemoveAll(process => found.Contains(process.Parent) && found.Add(process.Id)) > 0)
        {
        }

        return found;
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int SendSignal(int processId, int signal);
}
