namespace WorkerPool.Supervisor.Diagnostics;

/// <summary>What was counted for a function since the pool's start. The owner loop alone adds; who reads may see a
/// number a moment late.</summary>
/// <param name="function">The function as measurements call it.</param>
internal sealed class FunctionTotals(string function)
{
    /// <summary>The label of its measurements.</summary>
    public KeyValuePair<string, object?> Label { get; } = new("function", function);

    /// <summary>The function as measurements call it.</summary>
    public string Function { get; } = function;

    /// <summary>How long its items took to run; for the owner loop alone.</summary>
    public TimeHistogram Times { get; } = new();

    /// <summary>Items taken on.</summary>
    public long Accepted { get; set; }

    /// <summary>Their bytes.</summary>
    public long ItemBytes { get; set; }

    /// <summary>Items answered with a value.</summary>
    public long Succeeded { get; set; }

    /// <summary>Items answered with an error.</summary>
    public long Failed { get; set; }

    /// <summary>Items dropped because their job ended early.</summary>
    public long Cancelled { get; set; }

    /// <summary>Bytes of values.</summary>
    public long ValueBytes { get; set; }

    /// <summary>Chunks given to workers.</summary>
    public long Chunks { get; set; }

    /// <summary>Items given to workers that no worker was seen to fail.</summary>
    public long FirstAttempts { get; set; }

    /// <summary>Items given to workers after a try that failed.</summary>
    public long Reruns { get; set; }

    /// <summary>Items that workers handed back, not started.</summary>
    public long Reclaimed { get; set; }
}
