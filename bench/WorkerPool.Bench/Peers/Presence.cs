using System.ComponentModel;
using System.Diagnostics;

namespace WorkerPool.Bench.Peers;

/// <summary>Whether a program is on this machine.</summary>
internal static class Presence
{
    /// <summary>Runs a program for its exit code.</summary>
    /// <param name="program">The program.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <returns>Whether it is there and ended with 0.</returns>
    public static async Task<bool> OfAsync(string program, params string[] arguments)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
            var output = Task.WhenAll(process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
            await process.WaitForExitAsync();
            await output;
            return process.ExitCode == 0;
        }
        catch (Win32Exception)
        {
            return false;
        }
    }
}
