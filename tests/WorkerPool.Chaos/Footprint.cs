using System.Globalization;
using WorkerPool.Processes;

namespace WorkerPool.Chaos;

/// <summary>What a process holds.</summary>
/// <param name="MemoryBytes">Memory, in bytes.</param>
/// <param name="Handles">Open files, sockets and pipes.</param>
internal readonly record struct Footprint(long MemoryBytes, int Handles)
{
    private const double BytesPerMebibyte = 1 << 20;

    /// <summary>Of another process: the memory that is resident.</summary>
    public static Footprint Of(int processId) => new(ProcessMemory.Read(processId)?.ResidentBytes ?? 0, HandlesOf($"{processId}"));

    /// <summary>Of this process: the managed memory that is alive after a collection.</summary>
    public static Footprint OfSelf()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        return new Footprint(GC.GetTotalMemory(forceFullCollection: true), HandlesOf("self"));
    }

    /// <summary>For people.</summary>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{MemoryBytes / BytesPerMebibyte:F0} MiB, {Handles} handles");

    private static int HandlesOf(string process) => Directory.GetFileSystemEntries($"/proc/{process}/fd").Length;
}
