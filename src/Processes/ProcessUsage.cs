using System.ComponentModel;
using System.Diagnostics;

namespace WorkerPool.Processes;

/// <summary>What a process has used and holds.</summary>
/// <param name="CpuTime">Processor time since its start.</param>
/// <param name="MemoryBytes">Resident set, in bytes.</param>
public readonly record struct ProcessUsage(TimeSpan CpuTime, long MemoryBytes)
{
    /// <summary>Asks the system.</summary>
    /// <param name="processId">The process.</param>
    /// <returns>What it uses; zero when it is not there any more.</returns>
    public static ProcessUsage Read(int processId)
    {
        try
        {
            using var process = Process.GetProcessById(processId);
            return new ProcessUsage(process.TotalProcessorTime, process.WorkingSet64);
        }
        catch (Exception error) when (error is ArgumentException or InvalidOperationException or Win32Exception)
        {
            return default;
        }
    }
}
