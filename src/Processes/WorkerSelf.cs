using System.Runtime.InteropServices;

namespace WorkerPool.Processes;

/// <summary>What a worker process does to itself first, so that it cannot outlive its keeper.</summary>
public static partial class WorkerSelf
{
    private const int PrSetParentDeathSignal = 1;
    private const int PrSetPtracer = 0x59616d61;
    private const int SigKill = 9;
    private const int SigPipe = 13;

    /// <summary>
    /// Puts this process at the head of a process group of its own, out of reach of the terminal's Ctrl-C, and asks
    /// the kernel to kill it when its keeper dies.
    /// </summary>
    /// <param name="keeperProcessId">The keeper's process id.</param>
    /// <returns>Whether the keeper is still there. If not, the process should end.</returns>
    public static bool Enter(int keeperProcessId)
    {
        // The group first: a kill aimed at the group must find this process as early as possible.
        _ = SetProcessGroup(0, 0);
        _ = ProcessControl(PrSetParentDeathSignal, SigKill, 0, 0, 0);

        // What the keeper starts may read this process's stack, also where the system allows that to ancestors alone.
        _ = ProcessControl(PrSetPtracer, (nuint)keeperProcessId, 0, 0, 0);

        // The keeper may have died before the signal was armed; then it never comes.
        return GetParentProcessId() == keeperProcessId;
    }

    /// <summary>
    /// What this process starts ends, as it would in a shell, when it writes to a pipe that nobody reads any more. The runtime
    /// ignores that signal, and whatever is ignored is so in children as well; a handler is not. Any function of a number will
    /// do as one that does nothing.
    /// </summary>
    public static void LetBrokenPipesEndChildren()
    {
        var libc = NativeLibrary.Load("libc", typeof(WorkerSelf).Assembly, null);
        _ = SetSignalHandler(SigPipe, NativeLibrary.GetExport(libc, "abs"));
    }

    /// <summary>The system's id of the calling thread.</summary>
    internal static int ThreadId => GetThreadId();

    [LibraryImport("libc", EntryPoint = "gettid")]
    private static partial int GetThreadId();

    [LibraryImport("libc", EntryPoint = "setpgid")]
    private static partial int SetProcessGroup(int processId, int groupId);

    [LibraryImport("libc", EntryPoint = "prctl")]
    private static partial int ProcessControl(int option, nuint a, nuint b, nuint c, nuint d);

    [LibraryImport("libc", EntryPoint = "signal")]
    private static partial nint SetSignalHandler(int signal, nint handler);

    [LibraryImport("libc", EntryPoint = "getppid")]
    private static partial int GetParentProcessId();
}
