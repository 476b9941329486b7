using System.Runtime.InteropServices;

namespace WorkerPool.Bench.Workloads;

/// <summary>What workers run: this program is their function library.</summary>
public static partial class BenchFunctions
{
    private const int ThreadProcessorTime = 3;

    /// <summary>Uses a processor for a time, counted as the thread's own, and returns that time.</summary>
    /// <param name="seconds">Processor time.</param>
    [WorkerFunction("bench_burn")]
    public static double Burn(double seconds)
    {
        var start = ThreadSeconds();
        var now = start;
        while (now - start < seconds)
        {
            now = ThreadSeconds();
        }

        return now - start;
    }

    /// <summary>Sleeps, and returns how long it slept.</summary>
    /// <param name="seconds">How long to sleep.</param>
    [WorkerFunction("bench_sleep")]
    public static double Sleep(double seconds)
    {
        var start = TimeProvider.System.GetTimestamp();
        Thread.Sleep((int)Math.Round(seconds * 1000));
        return TimeProvider.System.GetElapsedTime(start).TotalSeconds;
    }

    private static double ThreadSeconds()
    {
        GetTime(ThreadProcessorTime, out var time);
        return time.Seconds + (time.Nanoseconds * 1e-9);
    }

    [LibraryImport("libc", EntryPoint = "clock_gettime")]
    private static partial int GetTime(int clock, out Time time);

    private readonly struct Time
    {
        public readonly nint Seconds;
        public readonly nint Nanoseconds;
    }
}
