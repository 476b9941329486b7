namespace WorkerPool.Supervisor.Diagnostics;

/// <summary>How time of workers divides.</summary>
/// <param name="Starting">Processes were launched and introduced themselves.</param>
/// <param name="Initializing">Objects were made, shared arguments read, initializers of jobs run.</param>
/// <param name="Waiting">Workers were ready and had nothing.</param>
/// <param name="Working">Items ran.</param>
/// <param name="Sending">Workers had items, and did none of the above with them.</param>
internal readonly record struct WorkerTimeSums(
    TimeSpan Starting, TimeSpan Initializing, TimeSpan Waiting, TimeSpan Working, TimeSpan Sending);
