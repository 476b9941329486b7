using System.Globalization;

namespace WorkerPool.Processes;

/// <summary>The control group, of version 2 or 1, that this process and its workers live in, as far as memory goes.</summary>
public sealed class ControlGroup
{
    private const string LimitOfV2 = "memory.max";
    private const string EventsOfV2 = "memory.events";
    private const string LimitOfV1 = "memory.limit_in_bytes";
    private const string EventsOfV1 = "memory.oom_control";

    // Version 1 has no word for "no limit": it is the largest number of whole pages.
    private const long NoLimit = long.MaxValue - ushort.MaxValue;

    private readonly string _directory;
    private readonly bool _isV1;

    /// <summary>A control group.</summary>
    /// <param name="directory">Its directory.</param>
    /// <param name="isV1">Whether it is of version 1. Default: of version 2.</param>
    public ControlGroup(string directory, bool isV1 = false)
    {
        _directory = directory;
        _isV1 = isV1;
    }

    /// <summary>That of this process. In a container: the container's.</summary>
    public static ControlGroup Own { get; } = Find(Read("/proc/self/cgroup"), Read("/proc/self/mountinfo"));

    /// <summary>The most memory its processes may hold together, in bytes; <c>null</c> when there is no limit.</summary>
    public long? MemoryLimit =>
        long.TryParse(Read(Path.Join(_directory, _isV1 ? LimitOfV1 : LimitOfV2)).Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var bytes)
        && bytes < NoLimit
            ? bytes
            : null;

    /// <summary>How many of its processes the kernel has killed because they had no memory left.</summary>
    public long OutOfMemoryKills
    {
        get
        {
            foreach (var line in Read(Path.Join(_directory, _isV1 ? EventsOfV1 : EventsOfV2)).AsSpan().EnumerateLines())
            {
                if (line.StartsWith("oom_kill ") && long.TryParse(line["oom_kill ".Length..], CultureInfo.InvariantCulture, out var kills))
                {
                    return kills;
                }
            }

            return 0;
        }
    }

    /// <summary>The control group of a process.</summary>
    /// <param name="groups">Its <c>/proc/PID/cgroup</c>: "id:controllers:path" a line.</param>
    /// <param name="mounts">Its <c>/proc/PID/mountinfo</c>.</param>
    /// <returns>That for memory, of version 1 where memory is version 1's. It need not exist: then it has no limit.</returns>
    public static ControlGroup Find(string groups, string mounts)
    {
        var lines = groups.Split('\n').Select(line => line.Split(':', 3)).Where(parts => parts.Length == 3).ToList();
        var ofV1 = lines.Find(parts => parts[1].Split(',').Contains("memory"));
        var ofV2 = lines.Find(parts => parts[1].Length == 0);
        return ofV1 is not null ? new ControlGroup(DirectoryOf(ofV1[2], mounts, "cgroup", "memory"), isV1: true)
            : new ControlGroup(DirectoryOf(ofV2?[2] ?? "/", mounts, "cgroup2", ""));
    }

    // What is mounted may be a part of the tree, as in a container, where the path may be that from the machine's root.
    private static string DirectoryOf(string path, string mounts, string type, string controller)
    {
        foreach (var line in mounts.Split('\n'))
        {
            // id parent device ROOT POINT options… - TYPE source OPTIONS
            var halves = line.Split(" - ", 2);
            var (fields, about) = (halves[0].Split(' '), halves[^1].Split(' '));
            if (halves.Length < 2 || fields.Length < 5 || about.Length < 3 || about[0] != type
                || (controller.Length > 0 && !about[2].Split(',').Contains(controller)))
            {
                continue;
            }

            var (root, point) = (fields[3].TrimEnd('/'), fields[4]);
            var isBelow = path == root || path.StartsWith(root + "/", StringComparison.Ordinal);
            return isBelow ? Path.Join(point, path[root.Length..]) : point;
        }

        return "/sys/fs/cgroup";
    }

    private static string Read(string path)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }
}
