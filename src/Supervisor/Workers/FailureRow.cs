namespace WorkerPool.Supervisor.Workers;

/// <summary>How many workers of a slot died or could not be started one after the other. One that lasts ends the row. Pure; one thread.</summary>
/// <param name="lasting">A worker that was ready for longer has lasted.</param>
internal sealed class FailureRow(TimeSpan lasting)
{
    private int _count;

    /// <summary>A worker died or could not be started.</summary>
    /// <param name="readyFor">How long it had been ready; zero when it never was.</param>
    public void Failed(TimeSpan readyFor) => _count = readyFor > lasting ? 1 : _count + 1;

    /// <summary>The failures in a row up to now.</summary>
    /// <param name="readyFor">How long the worker that is there has been ready; <c>null</c> when there is none.</param>
    public int Count(TimeSpan? readyFor) => readyFor > lasting ? 0 : _count;
}
