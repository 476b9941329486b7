using System.Text;
using Microsoft.Win32.SafeHandles;
using WorkerPool.Processes;

namespace WorkerPool.WorkerHost.Hosting;

/// <summary>Says the first word to the keeper. Everything else on stdout is the user's.</summary>
internal static class HandshakeOutput
{
    private const int StandardOutput = 1;

    /// <summary>Prints the handshake's line.</summary>
    /// <param name="handshake">What to say.</param>
    public static void Print(WorkerHandshake handshake)
    {
        using var output = new FileStream(new SafeFileHandle(StandardOutput, ownsHandle: false), FileAccess.Write, 0);
        output.Write(Encoding.UTF8.GetBytes(handshake.ToLine() + "\n"));
    }
}
