using WorkerPool.V1;
using WorkerPool.WorkerHost.Functions;

namespace WorkerPool.WorkerHost.Session;

/// <summary>A job as a worker holds it, from its setup until it is over.</summary>
internal sealed class HeldJob
{
    private volatile bool _needsPreparation;
    private volatile bool _isRefused;
    private CallStock? _calls;

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

    /// <summary>Whether its results may wait for others to go with.</summary>
    public bool ResultsWait { get; init; }

    /// <summary>The arguments that its items have in common; <c>null</c> when there are none.</summary>
    public SharedBuffer? Shared { get; init; }

    /// <summary>What is to be run before its first item; <c>null</c>: nothing.</summary>
    public Initializer? Initializer { get; init; }

    /// <summary>Whether something is to be done before its first item.</summary>
    public bool NeedsPreparation
    {
        get => _needsPreparation;
        set => _needsPreparation = value;
    }

    /// <summary>Held by the runner that does it; the others wait, if they have items of the job.</summary>
    public object PreparationGate { get; } = new();

    /// <summary>Whether that failed, so that none of its items can run.</summary>
    public bool IsRefused
    {
        get => _isRefused;
        set => _isRefused = value;
    }

    /// <summary>The calls of its function: with shared arguments its own, set before its first item.</summary>
    public CallStock Calls
    {
        get => _calls ?? Function!.Calls;
        set => _calls = value;
    }
}
