using System.Globalization;

namespace WorkerPool.Processes;

/// <summary>Memory of a process.</summary>
/// <param name="ResidentBytes">What it holds now, in bytes.</param>
/// <param name="PeakBytes">The most it has held, in bytes.</param>
public readonly record struct ProcessMemory(long ResidentBytes, long PeakBytes)
{
    private const long BytesPerKilobyte = 1024;

    /// <summary>Asks the system.</summary>
    /// <param name="processId">The process.</param>
    /// <returns>What it holds; <c>null</c> when it is dead.</returns>
    public static ProcessMemory? Read(int processId)
    {
        long? resident = null;
        long? peak = null;
        try
        {
            foreach (var line in File.ReadLines(string.Create(CultureInfo.InvariantCulture, $"/proc/{processId}/status")))
            {
                resident ??= ValueOf(line, "VmRSS:");
                peak ??= ValueOf(line, "VmHWM:");
                if (resident is not null && peak is not null)
                {
                    return new ProcessMemory(resident.Value, peak.Value);
                }
            }
        }
        catch (IOException)
        {
            // It is gone.
        }

        return null;
    }

    private static long? ValueOf(string line, string name) =>
        line.StartsWith(name, StringComparison.Ordinal)
            && long.TryParse(
                line.AsSpan(name.Length).Trim().TrimEnd("kB").TrimEnd(), NumberStyles.None, CultureInfo.InvariantCulture, out var kilobytes)
            ? kilobytes * BytesPerKilobyte
            : null;
}
