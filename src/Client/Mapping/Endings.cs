namespace WorkerPool.Client.Mapping;

/// <summary>Waiting for the end of something, however it ends.</summary>
internal static class Endings
{
    /// <summary>Completes when a task has, and never fails; the task's own failure counts as seen.</summary>
    public static Task Quietly(this Task task) => task.ContinueWith(
        static ended => _ = ended.Exception,
        CancellationToken.None,
        TaskContinuationOptions.ExecuteSynchronously,
        TaskScheduler.Default);

    /// <summary>Waits for a task that never fails.</summary>
    /// <param name="ended">The task.</param>
    /// <param name="timeout">The longest wait.</param>
    /// <param name="time">Measures it.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>Whether it has completed.</returns>
    public static async Task<bool> IsOverWithinAsync(
        this Task ended, TimeSpan timeout, TimeProvider time, CancellationToken cancellationToken)
    {
        try
        {
            await ended.WaitAsync(timeout, time, cancellationToken).ConfigureAwait(false);
            return true;
        }
        catch (TimeoutException)
        {
            return ended.IsCompleted;
        }
    }
}
