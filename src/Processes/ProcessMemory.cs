using System.Buffers.Text;
using System.Globalization;
using Microsoft.Win32.SafeHandles;

namespace WorkerPool.Processes;

/// <summary>Memory of a process.</summary>
/// <param name="ResidentBytes">What it holds now, in bytes.</param>
/// <param name="PeakBytes">The most it has held, in bytes.</param>
public readonly record struct ProcessMemory(long ResidentBytes, long PeakBytes)
{
    private const long BytesPerKilobyte = 1024;

    // Both lines are in the first third of what the system writes.
    private const int StatusBytes = 4096;

    /// <summary>Asks the system once.</summary>
    /// <param name="processId">The process.</param>
    /// <returns>What it holds; <c>null</c> when it is dead.</returns>
    public static ProcessMemory? Read(int processId)
    {
        using var status = OpenStatus(processId);
        return status is null ? null : Read(status);
    }

    /// <summary>Opens what <see cref="Read(SafeFileHandle)"/> reads.</summary>
    /// <param name="processId">The process.</param>
    /// <returns>Its status; <c>null</c> when it is dead.</returns>
    public static SafeFileHandle? OpenStatus(int processId)
    {
        try
        {
            return File.OpenHandle(string.Create(CultureInfo.InvariantCulture, $"/proc/{processId}/status"));
        }
        catch (IOException)
        {
            return null;
        }
    }

    /// <summary>Asks the system, as often as is wanted: without memory, and without another call than the one that reads.</summary>
    /// <param name="status">The status of a process.</param>
    /// <returns>What it holds; <c>null</c> when it is dead.</returns>
    public static ProcessMemory? Read(SafeFileHandle status)
    {
        Span<byte> text = stackalloc byte[StatusBytes];
        try
        {
            text = text[..RandomAccess.Read(status, text, fileOffset: 0)];
        }
        catch (IOException)
        {
            return null;
        }

        return ValueOf(text, "\nVmRSS:"u8) is { } resident && ValueOf(text, "\nVmHWM:"u8) is { } peak ? new ProcessMemory(resident, peak) : null;
    }

    private static long? ValueOf(ReadOnlySpan<byte> text, ReadOnlySpan<byte> name) =>
        text.IndexOf(name) is >= 0 and var at && Utf8Parser.TryParse(text[(at + name.Length)..].TrimStart(" \t"u8), out long kilobytes, out _)
            ? kilobytes * BytesPerKilobyte
            : null;
}
