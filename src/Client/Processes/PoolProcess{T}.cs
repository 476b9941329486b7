using WorkerPool.Client.Processes;

namespace WorkerPool.Client;

/// <summary>A <see cref="PoolProcess"/> whose function gives a value.</summary>
/// <typeparam name="TResult">Type of the value.</typeparam>
public sealed class PoolProcess<TResult> : PoolProcess
{
    /// <summary>A process that was started.</summary>
    /// <param name="run">The process.</param>
    /// <param name="valueOf">Reads the value; throws what the function's error is.</param>
    /// <param name="time">Measures how long is waited.</param>
    internal PoolProcess(IProcessRun run, Func<ProcessEnd, TResult> valueOf, TimeProvider time)
        : base(run, CompleteAsync(run, valueOf), time)
    {
    }

    /// <summary>The function's value, as soon as <see cref="PoolProcess.Completion"/> completes, and failing as that does.</summary>
    public new Task<TResult> Completion => (Task<TResult>)base.Completion;

    private static async Task<TResult> CompleteAsync(IProcessRun run, Func<ProcessEnd, TResult> valueOf) =>
        valueOf(await run.Ended.ConfigureAwait(false));
}
