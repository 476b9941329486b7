using System.Globalization;

namespace WorkerPool.Processes;

/// <summary>The control group (version 2) that this process and its workers live in, as far as memory goes.</summary>
/// <param name="path">Its directory.</param>
public sealed class ControlGroup(string path)
{
    private const string Root = "/sys/fs/cgroup";

    /// <summary>That of this process. In a container: the container's.</summary>
    public static ControlGroup Own { get; } = new(FindOwn());

    /// <summary>The most memory its processes may hold together, in bytes; <c>null</c> when there is no limit.</summary>
    public long? MemoryLimit =>
        long.TryParse(Read("memory.max").Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var bytes) ? bytes : null;

    /// <summary>How many of its processes the kernel has killed because they had no memory left.</summary>
    public long OutOfMemoryKills
    {
        get
        {
            foreach (var line in Read("memory.events").AsSpan().EnumerateLines())
            {
                if (line.StartsWith("oom_kill ") && long.TryParse(line["oom_kill ".Length..], CultureInfo.InvariantCulture, out var kills))
                {
                    return kills;
                }
            }

            return 0;
        }
    }

    private static string FindOwn()
    {
        try
        {
            var line = File.ReadLines("/proc/self/cgroup").FirstOrDefault(l => l.StartsWith("0::", StringComparison.Ordinal));
            return line is null ? Root : Path.Join(Root, line["0::".Length..]);
        }
        catch (IOException)
        {
            return Root;
        }
    }

    private string Read(string name)
    {
        try
        {
            return File.ReadAllText(Path.Join(path, name));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }
}
