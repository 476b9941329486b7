using WorkerPool.Client.Mapping;
using WorkerPool.Client.Processes;

namespace WorkerPool.Client;

/// <summary>
/// A process of its own that runs one function once, beside the workers of a local pool: Python's <c>Process</c>. It ends when
/// its function has ended, and with its pool at the latest.
/// </summary>
public abstract class PoolProcess
{
    private readonly IProcessRun _run;
    private readonly TimeProvider _time;
    private readonly Task _ended;

    /// <summary>A process that was started.</summary>
    /// <param name="run">The process.</param>
    /// <param name="completion">Completes as the function did.</param>
    /// <param name="time">Measures how long is waited.</param>
    private protected PoolProcess(IProcessRun run, Task completion, TimeProvider time)
    {
        _run = run;
        _time = time;
        Completion = completion;
        _ended = completion.Quietly();
    }

    /// <summary>Its process id.</summary>
    public int Id => _run.Id;

    /// <summary>Its name. Default: <c>Process-1</c>, <c>Process-2</c>… in a pool.</summary>
    public string Name => _run.Name;

    /// <summary>Whether it has not ended.</summary>
    public bool IsAlive => !_run.Ended.IsCompleted;

    /// <summary>
    /// How it ended; <c>null</c> while it is alive. 0: its function returned; 1: its function threw; above zero: what it exited with by
    /// itself; below: the number of the signal that ended it, -15 after <see cref="TerminateAsync"/>, -9 after <see cref="KillAsync"/>.
    /// </summary>
    public int? ExitCode => _run.Ended.IsCompleted ? _run.Ended.Result.ExitCode : null;

    /// <summary>
    /// Completes once the process has ended; fails with an <see cref="ItemFailedException"/> if the function threw, and with one of
    /// reason <c>WORKER_CRASHED</c> if the process ended before it returned.
    /// </summary>
    public Task Completion { get; }

    /// <summary>Waits until the process has ended. Throws for nothing that happened in it.</summary>
    /// <param name="timeout">The longest wait. Range: zero and up. Default: no limit.</param>
    /// <param name="cancellationToken">Gives up the wait. The process goes on.</param>
    /// <returns>Whether it has ended.</returns>
    public async Task<bool> JoinAsync(TimeSpan? timeout = null, CancellationToken cancellationToken = default)
    {
        if (timeout is { } limit)
        {
            return await _ended.IsOverWithinAsync(limit, _time, cancellationToken).ConfigureAwait(false);
        }

        await _ended.WaitAsync(cancellationToken).ConfigureAwait(false);
        return true;
    }

    /// <summary>
    /// Ends the process: the function's <see cref="CancellationToken"/> is cancelled, and what does not end within 2 s is killed.
    /// Nothing happens to one that has ended.
    /// </summary>
    /// <returns>Completes when it has ended, and all that it had started.</returns>
    public Task TerminateAsync()
    {
        _run.Terminate();
        return _ended;
    }

    /// <summary>Kills the process (SIGKILL) and all that it had started. Nothing happens to one that has ended.</summary>
    /// <returns>Completes when it has ended.</returns>
    public Task KillAsync()
    {
        _run.Kill();
        return _ended;
    }
}
