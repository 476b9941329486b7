using System.Runtime.InteropServices;

namespace WorkerPool.Processes.Programs;

/// <summary>
/// This process's stderr, to write bytes to as they are. Not a FileStream: where stderr is a file, that would keep a position
/// of its own in it, and write over what others have written.
/// </summary>
internal static partial class OwnErrors
{
    private const int StandardError = 2;

    /// <summary>Writes bytes; nobody is told if nobody reads them.</summary>
    /// <param name="bytes">The bytes.</param>
    public static unsafe void Write(ReadOnlySpan<byte> bytes)
    {
        fixed (byte* start = bytes)
        {
            for (nint written = 0; written < bytes.Length;)
            {
                var count = WriteBytes(StandardError, start + written, bytes.Length - written);
                if (count <= 0)
                {
                    return;
                }

                written += count;
            }
        }
    }

    [LibraryImport("libc", EntryPoint = "write")]
    private static unsafe partial nint WriteBytes(int descriptor, byte* bytes, nint count);
}
