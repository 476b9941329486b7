using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;

namespace WorkerPool.Processes;

/// <summary>What a thread of a worker is doing, as managed code goes: read by a program of its own, which may crash.</summary>
internal static class ManagedStack
{
    private const string ProgramName = "WorkerPool.StackReader.dll";

    /// <summary>Reads it. The worker stands still meanwhile.</summary>
    /// <param name="programs">The directory of the programs.</param>
    /// <param name="processId">The worker; a child of this process.</param>
    /// <param name="threadId">The system's id of the thread.</param>
    /// <param name="limit">The longest wait.</param>
    /// <param name="time">Measures it.</param>
    /// <returns>A line a frame, the innermost first; <c>null</c> where it cannot be had in time.</returns>
    public static async Task<string?> ReadAsync(string programs, int processId, int threadId, TimeSpan limit, TimeProvider time)
    {
        try
        {
            using var reader = Start(programs, processId, threadId);
            try
            {
                var read = reader.StandardOutput.ReadToEndAsync();
                var stack = (await read.WaitAsync(limit, time)).TrimEnd();
                await reader.WaitForExitAsync();
                return reader.ExitCode == 0 && stack.Length > 0 ? stack : null;
            }
            catch (TimeoutException)
            {
                reader.Kill();
                await reader.WaitForExitAsync();
                return null;
            }
        }
        catch (Exception error) when (error is Win32Exception or InvalidOperationException or IOException)
        {
            return null;
        }
    }

    private static Process Start(string programs, int processId, int threadId)
    {
        var start = new ProcessStartInfo(DotnetProgram.Path)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        start.ArgumentList.Add(Path.Combine(programs, ProgramName));
        start.ArgumentList.Add(processId.ToString(CultureInfo.InvariantCulture));
        start.ArgumentList.Add(threadId.ToString(CultureInfo.InvariantCulture));
        var reader = Process.Start(start) ?? throw new InvalidOperationException("the system started no process");
        reader.ErrorDataReceived += static (_, _) => { };
        reader.BeginErrorReadLine();
        return reader;
    }
}
