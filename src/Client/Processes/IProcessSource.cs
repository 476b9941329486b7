namespace WorkerPool.Client.Processes;

/// <summary>Starts processes beside the workers of a pool. They end with the pool.</summary>
internal interface IProcessSource
{
    /// <summary>Starts one; it runs its function on return, or has ended.</summary>
    /// <param name="order">What it is to run.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="PoolUnavailableException">It cannot be started.</exception>
    /// <exception cref="PoolClosedException">The pool has ended.</exception>
    Task<IProcessRun> StartAsync(ProcessOrder order, CancellationToken cancellationToken);
}

/// <summary>What a process is to run.</summary>
/// <param name="Name">Its name; <c>null</c>: the next of <c>Process-1</c>, <c>Process-2</c>….</param>
/// <param name="Function">Name of the function.</param>
/// <param name="Method">The method in its place; <c>null</c> for none.</param>
/// <param name="Item">The item's bytes, which stay as they are.</param>
/// <param name="Encoding">Encoding of the item.</param>
/// <param name="ValueEncoding">Encoding the value is wanted in.</param>
internal sealed record ProcessOrder(
    string? Name, string Function, V1.CallerMethod? Method, ReadOnlyMemory<byte> Item, V1.Encoding Encoding, V1.Encoding ValueEncoding);

/// <summary>A process beside the workers.</summary>
internal interface IProcessRun
{
    /// <summary>Its process id.</summary>
    int Id { get; }

    /// <summary>Its name.</summary>
    string Name { get; }

    /// <summary>How it ended, once nothing of it is left. Never fails.</summary>
    Task<ProcessEnd> Ended { get; }

    /// <summary>Asks it to end; after a grace it is killed.</summary>
    void Terminate();

    /// <summary>Kills it.</summary>
    void Kill();
}

/// <summary>How a process ended.</summary>
/// <param name="ExitCode">As Python has it: 0 after its function returned, 1 after it threw, what it exited with by itself, the
/// negative number of the signal that ended it.</param>
/// <param name="Value">The value's bytes; <c>null</c> if there is none.</param>
/// <param name="Error">The error; <c>null</c> if there is a value.</param>
internal sealed record ProcessEnd(int ExitCode, ReadOnlyMemory<byte>? Value, V1.ItemError? Error);
