namespace WorkerPool.Processes;

/// <summary>What is needed to launch a worker.</summary>
/// <param name="Name">The worker's name for people, such as "worker-2".</param>
/// <param name="ProgramPath">Path of the WorkerHost program (a .dll).</param>
/// <param name="FunctionLibraries">Paths of the function libraries it is to load.</param>
/// <param name="SocketPath">Path of the Unix socket it is to listen on.</param>
/// <param name="RecorderPath">Path of its flight recorder, which the launch makes.</param>
/// <param name="Directory">The pool's private directory.</param>
/// <param name="StartTimeout">How long it may take until it listens.</param>
/// <param name="MemoryLimit">The most memory it may hold, in bytes; above it, it is killed. <c>null</c>: no limit.</param>
/// <param name="HeapLimit">The most its managed heap may hold, in bytes. <c>null</c>: no limit of the pool's.</param>
/// <param name="ProgramsPath">Path of the file with the declarations of programs. <c>null</c>: there are none.</param>
/// <param name="Concurrency">How many items it may run at once. Range: 1 to <see cref="FlightRecorder.MostRunners"/>.</param>
/// <param name="Runtime">How its runtime is set.</param>
public sealed record WorkerLaunch(
    string Name,
    string ProgramPath,
    IReadOnlyList<string> FunctionLibraries,
    string SocketPath,
    string RecorderPath,
    PrivateDirectory Directory,
    TimeSpan StartTimeout,
    long? MemoryLimit = null,
    long? HeapLimit = null,
    string? ProgramsPath = null,
    int Concurrency = 1,
    WorkerRuntime Runtime = default);

/// <summary>A line that a worker's user code printed.</summary>
/// <param name="Worker">The worker's name.</param>
/// <param name="IsError">Whether it came on stderr.</param>
/// <param name="Text">The line, without its end.</param>
public readonly record struct WorkerOutputLine(string Worker, bool IsError, string Text)
{
    /// <summary>Number of the job whose items the worker ran when the line was read, or ran last; 0: none yet, or of several at once.</summary>
    public ulong Job { get; init; }
}

/// <summary>A worker could not be started.</summary>
/// <param name="reason">UPPER_SNAKE word for programs.</param>
/// <param name="message">What is wrong, for a person.</param>
public sealed class WorkerStartException(string reason, string message) : Exception(message)
{
    /// <summary>UPPER_SNAKE word for programs.</summary>
    public string Reason { get; } = reason;

    /// <summary>Whether it had all the time that a start may take. Default: no.</summary>
    public bool HasTimedOut { get; init; }
}
