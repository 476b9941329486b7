using System.Globalization;

namespace WorkerPool.Processes;

/// <summary>How many workers a pool has: a number, or as many as there are CPUs, or one fewer.</summary>
public static class WorkerCount
{
    /// <summary>As many as CPUs.</summary>
    public const string Cpus = "cpus";

    /// <summary>One fewer than CPUs, at least one.</summary>
    public const string CpusLessOne = "cpus-1";

    /// <summary>The most workers a pool may have.</summary>
    public const int Max = 1024;

    /// <summary>Reads a setting.</summary>
    /// <param name="setting">A number from 1 to <see cref="Max"/>, "cpus" or "cpus-1".</param>
    /// <param name="cpuCount">CPUs there are; a container's limit counts.</param>
    /// <param name="count">The number of workers.</param>
    public static bool TryParse(string setting, int cpuCount, out int count)
    {
        count = setting switch
        {
            Cpus => cpuCount,
            CpusLessOne => Math.Max(1, cpuCount - 1),
            _ => int.TryParse(setting, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0,
        };
        return count is >= 1 and <= Max;
    }
}
