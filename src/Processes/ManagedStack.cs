using Microsoft.Diagnostics.Runtime;

namespace WorkerPool.Processes;

/// <summary>What a thread of another process is doing, as managed code goes.</summary>
internal static class ManagedStack
{
    private const int MostFrames = 40;
    private const string AccessLibrary = "libmscordaccore.so";

    /// <summary>Reads it. The process stands still meanwhile.</summary>
    /// <param name="processId">The process; a descendant of this one.</param>
    /// <param name="threadId">The system's id of the thread.</param>
    /// <param name="limit">The longest wait.</param>
    /// <param name="time">Measures it.</param>
    /// <returns>A line a frame, the innermost first; <c>null</c> where it cannot be had in time.</returns>
    public static async Task<string?> ReadAsync(int processId, int threadId, TimeSpan limit, TimeProvider time)
    {
        // On a thread of its own: the kernel ties who reads a process to the thread that attached.
        var read = Task.Factory.StartNew(
            () => Read(processId, threadId), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        try
        {
            return await read.WaitAsync(limit, time);
        }
        catch (TimeoutException)
        {
            return null;
        }
    }

    private static string? Read(int processId, int threadId)
    {
        try
        {
            using var target = DataTarget.AttachToProcess(processId, suspend: true);
            var version = target.ClrVersions.First();

            // The access library of a runtime lies beside it, of the same build.
            var access = Path.Join(Path.GetDirectoryName(version.ModuleInfo.FileName), AccessLibrary);
            using var runtime = version.CreateRuntime(access, ignoreMismatch: true);
            var thread = runtime.Threads.FirstOrDefault(candidate => candidate.OSThreadId == threadId);
            var frames = thread?.EnumerateStackTrace()
                .Select(frame => frame.Method?.Signature)
                .OfType<string>()
                .Take(MostFrames)
                .Select(signature => $"at {signature}")
                .ToList();
            return frames is { Count: > 0 } ? string.Join('\n', frames) : null;
        }
        catch (Exception)
        {
            // A system that does not allow it, a process that has gone, a runtime that cannot be read: there is no stack.
            return null;
        }
    }
}
