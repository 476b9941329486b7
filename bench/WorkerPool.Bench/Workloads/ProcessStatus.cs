using System.Globalization;

namespace WorkerPool.Bench.Workloads;

/// <summary>What the kernel knows of a process.</summary>
internal static class ProcessStatus
{
    private const int BytesPerKilobyte = 1024;

    /// <summary>A field that is in kilobytes.</summary>
    /// <param name="processId">The process.</param>
    /// <param name="field">Its name, such as VmRSS.</param>
    /// <returns>Bytes.</returns>
    public static long Bytes(int processId, string field) => BytesPerKilobyte * long.Parse(
        File.ReadLines($"/proc/{processId}/status")
            .First(line => line.StartsWith($"{field}:", StringComparison.Ordinal))
            .Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)[1],
        CultureInfo.InvariantCulture);
}
