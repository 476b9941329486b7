using System.Runtime.InteropServices;

namespace WorkerPool.Cli.Output;

/// <summary>
/// Writing to a descriptor, as it is. A <see cref="FileStream"/> would write at offsets of its own, over what others
/// write to the same file, and the console's stream keeps silent about a reader that has gone.
/// </summary>
internal static partial class Descriptor
{
    public const int StandardOutput = 1;

    private const int Interrupted = 4;
    private const int TryAgain = 11;
    private const int BrokenPipe = 32;
    private const short Writable = 4;
    private const int Forever = -1;
    private const int LookAroundMilliseconds = 100;

    // A pipe that is ready takes this much without blocking.
    private const int PipeBytes = 4096;

    /// <summary>Writes all of the bytes. A reader who does not read holds it up only until it is cancelled.</summary>
    /// <param name="descriptor">The descriptor.</param>
    /// <param name="bytes">The bytes.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="OutputClosedException">Nobody reads any more.</exception>
    /// <exception cref="IOException">It cannot be written for another reason.</exception>
    public static unsafe void Write(int descriptor, ReadOnlySpan<byte> bytes, CancellationToken cancellationToken)
    {
        while (bytes.Length > 0)
        {
            while (!Wait(descriptor, Writable, LookAroundMilliseconds))
            {
                cancellationToken.ThrowIfCancellationRequested();
            }

            nint written;
            fixed (byte* start = bytes)
            {
                written = WriteBytes(descriptor, start, (nuint)Math.Min(bytes.Length, PipeBytes));
            }

            if (written >= 0)
            {
                bytes = bytes[(int)written..];
                continue;
            }

            switch (Marshal.GetLastPInvokeError())
            {
                case Interrupted or TryAgain:
                    break;
                case BrokenPipe:
                    throw new OutputClosedException();
                case var error:
                    throw new IOException($"stdout cannot be written: {Marshal.GetPInvokeErrorMessage(error)}");
            }
        }
    }

    /// <summary>Whether the descriptor leads to a reader who may go away.</summary>
    public static bool HasReader(int descriptor)
    {
        var target = new FileInfo($"/proc/self/fd/{descriptor}").LinkTarget;
        return target is not null
            && (target.StartsWith("pipe:", StringComparison.Ordinal) || target.StartsWith("socket:", StringComparison.Ordinal));
    }

    /// <summary>Waits until nobody reads any more.</summary>
    public static void WaitForReaderToGo(int descriptor)
    {
        while (!Wait(descriptor, 0, Forever))
        {
        }
    }

    private static unsafe bool Wait(int descriptor, short events, int timeoutMilliseconds)
    {
        var request = new PollRequest { Descriptor = descriptor, Events = events };
        return Poll(&request, 1, timeoutMilliseconds) > 0;
    }

    [LibraryImport("libc", EntryPoint = "write", SetLastError = true)]
    private static unsafe partial nint WriteBytes(int descriptor, byte* bytes, nuint count);

    [LibraryImport("libc", EntryPoint = "poll", SetLastError = true)]
    private static unsafe partial int Poll(PollRequest* requests, nuint count, int timeoutMilliseconds);

    [StructLayout(LayoutKind.Sequential)]
    private struct PollRequest
    {
        public int Descriptor;
        public short Events;
        public short Returned;
    }
}
