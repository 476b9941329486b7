using System.Globalization;
using WorkerPool.V1;

namespace WorkerPool.Fault.Tests;

/// <summary>What the errors of items must say.</summary>
internal static class ErrorChecks
{
    private const long SmallestWorker = 10 << 20;

    /// <summary>The item ran out of time.</summary>
    public static void IsTimeout(ItemError? error, FaultKind fault, bool isKilled, TimeSpan timeout)
    {
        Assert.Equal(("ITEM_TIMEOUT", 1u, $"{timeout.TotalSeconds}s"), (error?.Reason, error?.Attempts, error?.Metadata["timeout"]));

        // On a busy machine the stack may not be had in time, and then there is none.
        if (isKilled && error!.Metadata.TryGetValue("stack", out var stack))
        {
            Assert.Contains(fault == FaultKind.HangBlocked ? "Strikes.WaitForEver" : "Strikes.ComputeForEver", stack, StringComparison.Ordinal);
        }
    }

    /// <summary>The item was running each time that a worker died, but for the first times, when it could have been another.</summary>
    public static void IsCrash(ItemError? error, Expected.Crash crash, FaultKind fault, int times, int suspicions)
    {
        Assert.Equal(("WORKER_CRASHED", (uint)(times + suspicions)), (error?.Reason, error?.Attempts));
        var metadata = error!.Metadata;
        Assert.Equal(times, metadata["attempts"].Split('\n').Length);
        Assert.Matches(@"^worker-[12] \(incarnation \d+\)$", metadata["worker"]);
        Assert.InRange(long.Parse(metadata["peak_memory_bytes"], CultureInfo.InvariantCulture), SmallestWorker, long.MaxValue);
        Assert.Equal(fault == FaultKind.ExceedMemory, metadata.ContainsKey("out_of_memory"));
        if (crash.ExitCode is { } exitCode)
        {
            Assert.Equal(
                ($"{exitCode}", crash.Signal, crash.Cause),
                (metadata["exit_code"], metadata.GetValueOrDefault("signal"), metadata["cause"]));
        }

        switch (fault)
        {
            case FaultKind.ExceedMemory:
                Assert.Contains("limit", metadata["stop_reason"], StringComparison.Ordinal);
                Assert.InRange(long.Parse(metadata["peak_memory_bytes"], CultureInfo.InvariantCulture), FaultyPool.MemoryLimit, long.MaxValue);
                break;
            case FaultKind.FailFast:
                Assert.Contains("Environment.FailFast", metadata["stderr"], StringComparison.Ordinal);
                break;
            case FaultKind.StackOverflow:
                Assert.Contains("Strikes.Descend", metadata["stderr"], StringComparison.Ordinal);
                break;
        }
    }
}
