namespace WorkerPool.Fault.Tests;

/// <summary>What becomes of an item that has a fault, and of its worker.</summary>
internal abstract record Expected
{
    /// <summary>It has its value; nothing happened.</summary>
    public sealed record Value : Expected;

    /// <summary>It has an error of its own, and its worker lives.</summary>
    /// <param name="Reason">The error's reason.</param>
    /// <param name="Type">Type of the exception; empty where the error names none.</param>
    public sealed record Error(string Reason, string Type = "") : Expected;

    /// <summary>It ran out of time.</summary>
    /// <param name="IsKilled">Whether its worker had to be killed.</param>
    public sealed record Timeout(bool IsKilled) : Expected;

    /// <summary>Its worker died.</summary>
    /// <param name="ExitCode">What the system says of the death; <c>null</c>: that is open.</param>
    /// <param name="Signal">Name of the signal; <c>null</c>: none.</param>
    /// <param name="Cause">Who ended it.</param>
    public sealed record Crash(int? ExitCode, string? Signal, string Cause = "itself") : Expected;

    /// <summary>By fault and phase.</summary>
    public static Expected Of(FaultKind fault, Phase phase) => fault switch
    {
        FaultKind.Throw or FaultKind.ThrowUnreadable when phase == Phase.Idle => new Crash(134, "SIGABRT"),
        FaultKind.Throw when phase != Phase.Encoding => new Error("FUNCTION_FAILED", "System.InvalidOperationException"),
        FaultKind.ThrowUnreadable when phase != Phase.Encoding => new Error("FUNCTION_FAILED", "FaultFunctions.Strikes+UnreadableException"),
        FaultKind.Throw or FaultKind.ThrowUnreadable or FaultKind.ReturnUnserialisable => new Error("VALUE_NOT_ENCODABLE"),
        FaultKind.ExhaustHeap when phase == Phase.Idle => new Crash(134, "SIGABRT"),
        FaultKind.ExhaustHeap when phase == Phase.Encoding => new Error("VALUE_TOO_LARGE"),
        FaultKind.ExhaustHeap => new Error("FUNCTION_FAILED", "System.OutOfMemoryException"),
        FaultKind.Exit or FaultKind.StartChildrenAndExit => new Crash(3, null),
        FaultKind.ExitLikeKilled => new Crash(137, null),
        FaultKind.FailFast or FaultKind.StackOverflow or FaultKind.NativeAbort => new Crash(134, "SIGABRT"),
        FaultKind.Segfault => new Crash(139, "SIGSEGV"),
        FaultKind.Killed => new Crash(137, "SIGKILL", "something else"),
        FaultKind.ExceedMemory => new Crash(137, "SIGKILL", "the pool"),
        FaultKind.CloseSession => new Crash(null, null),
        FaultKind.HangYielding => new Timeout(IsKilled: false),
        FaultKind.HangComputing or FaultKind.HangBlocked => new Timeout(IsKilled: true),
        _ => new Value(),
    };
}
