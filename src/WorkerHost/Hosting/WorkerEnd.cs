using System.Runtime.InteropServices;

namespace WorkerPool.WorkerHost.Hosting;

/// <summary>
/// The end of the process. Nothing that user code has installed (handlers of the process's exit, finalizers,
/// foreground threads) can prevent it.
/// </summary>
internal static partial class WorkerEnd
{
    /// <summary>How long user code may take at the exit.</summary>
    private static readonly TimeSpan ExitGrace = TimeSpan.FromSeconds(1);

    /// <summary>Ends the process now. Does not return.</summary>
    /// <param name="exitCode">0 if all is well; 2 if the worker could not start and has said why.</param>
    public static void Now(int exitCode)
    {
        using var never = new ManualResetEventSlim();
        new Thread(() =>
        {
            never.Wait(ExitGrace);
            ExitAtOnce(exitCode);
        })
        { IsBackground = true, Name = "end" }.Start();

        // On a thread of its own: the caller may be inside of something that the exit waits for.
        new Thread(() => Environment.Exit(exitCode)) { IsBackground = true, Name = "exit" }.Start();
        Thread.CurrentThread.Join(Timeout.Infinite);
    }

    [LibraryImport("libc", EntryPoint = "_exit")]
    private static partial void ExitAtOnce(int exitCode);
}
