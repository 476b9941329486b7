using Microsoft.Extensions.Logging;

namespace WorkerPool;

/// <summary>
/// What a function may know of the item it runs and of its worker, and how it says how far it is. A function takes one as a
/// parameter, which takes no part in the item, or asks for <see cref="Current"/>. One that is made by hand, as in a test of a
/// function, says what it is given.
/// </summary>
public sealed class WorkerContext
{
    // Not of the process: a pool that runs in its caller's process has several workers there.
    private static readonly AsyncLocal<IWorkerContextSource?> Source = new();
    private static readonly WorkerContext Outside = new();

    /// <summary>
    /// The context of the item whose code asks. It goes where that code goes: into the tasks, threads and timers that a function
    /// starts. Outside of a worker: one without a name.
    /// </summary>
    public static WorkerContext Current => Source.Value?.Current ?? Outside;

    /// <summary>Name of the worker, such as <c>worker-2</c>. Empty (default) outside a worker.</summary>
    public string WorkerName { get; init; } = "";

    /// <summary>Which worker in its slot this is. Range: 1 and up; 0 (default) outside a worker.</summary>
    public ulong Incarnation { get; init; }

    /// <summary>Index of the item in its job; <c>null</c> (default) while no item runs, as in a constructor or an initializer.</summary>
    public long? Index { get; init; }

    /// <summary>Which try of the item this is. Range: 1 and up; 0 (default) while no item runs.</summary>
    public int Attempt { get; init; }

    /// <summary>Cancelled when the job ends early and when the item runs over its timeout. Default: never.</summary>
    public CancellationToken Cancellation { get; init; }

    /// <summary>Logs lines that go where prints go, from <see cref="LogLevel.Information"/> up. Default: the same.</summary>
    public ILogger Logger { get; init; } = new PrintedLogger("function");

    /// <summary>Hears what is reported. Default: nobody does.</summary>
    public Action<double>? OnReport { get; init; }

    /// <summary>Says how far the item is. What was said last counts; after the item has ended nothing does.</summary>
    /// <param name="fraction">The part that is done. Range: 0 to 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">It is below 0, above 1, or no number.</exception>
    public void Report(double fraction)
    {
        if (!(fraction >= 0 && fraction <= 1))
        {
            throw new ArgumentOutOfRangeException(
                nameof(fraction), fraction, "Progress is the part of the item that is done, from 0 to 1.");
        }

        OnReport?.Invoke(fraction);
    }

    /// <summary>The calling thread is a worker's from now on.</summary>
    /// <param name="source">Knows its contexts.</param>
    internal static void Enter(IWorkerContextSource source) => Source.Value = source;
}
