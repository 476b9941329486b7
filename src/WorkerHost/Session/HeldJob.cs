using WorkerPool.V1;
using WorkerPool.WorkerHost.Functions;

namespace WorkerPool.WorkerHost.Session;

/// <summary>A job as a worker holds it, from its setup until it is over.</summary>
internal sealed class HeldJob
{
    /// <summary>Its number.</summary>
    public required ulong Number { get; init; }

    /// <summary>The function to run; <c>null</c> when there is a <see cref="Refusal"/>.</summary>
    public WorkerFunction? Function { get; init; }

    /// <summary>Why none of its items can run; <c>null</c> if they can.</summary>
    public ItemError? Refusal { get; init; }

    /// <summary>Encoding of the items.</summary>
    public required Encoding Encoding { get; init; }

    /// <summary>Encoding the values are wanted in.</summary>
    public required Encoding ValueEncoding { get; init; }

    /// <summary>The longest an item may run; <c>null</c> for no limit.</summary>
    public TimeSpan? ItemTimeout { get; init; }
}
