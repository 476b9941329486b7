using WorkerPool.Client.Connecting;

namespace WorkerPool.Client.Mapping;

/// <summary>Tells somebody how far a job is, as the pool sees it: now and whenever that has changed, until it is over.</summary>
/// <param name="connection">The pool.</param>
/// <param name="jobId">The job's id, which changes where it goes on over another connection.</param>
/// <param name="progress">Is told; not in parallel.</param>
internal sealed class JobWatch(PoolConnection connection, Func<string> jobId, IProgress<JobStatus> progress)
{
    private static readonly TimeSpan AgainAfter = TimeSpan.FromMilliseconds(250);

    /// <summary>How long the last word is waited for when all results are there.</summary>
    private static readonly TimeSpan LastWordLimit = TimeSpan.FromSeconds(2);

    private Task _watching = Task.CompletedTask;

    /// <summary>What was thrown by who was told; <c>null</c>: nothing.</summary>
    public Exception? Failure { get; private set; }

    /// <summary>Starts to watch.</summary>
    /// <param name="failed">Called when who was told has thrown.</param>
    /// <param name="ending">Ends it.</param>
    public void Start(Action failed, CancellationToken ending) => _watching = Task.Run(() => WatchAsync(failed, ending), CancellationToken.None);

    /// <summary>Waits for the last word on a job that is over; not for long.</summary>
    public async Task EndAsync()
    {
        try
        {
            await _watching.WaitAsync(LastWordLimit, connection.Time).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            // It is lost: the results are what counts.
        }
    }

    private async Task WatchAsync(Action failed, CancellationToken ending)
    {
        await using var admin = new PoolAdmin(connection, isPartOfPool: true);
        using var timer = new PeriodicTimer(AgainAfter, connection.Time);
        try
        {
            while (!await IsOverAsync(admin, failed, ending).ConfigureAwait(false))
            {
                await timer.WaitForNextTickAsync(ending).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException)
        {
            // The job is over, or nobody waits for it any more.
        }
    }

    private async Task<bool> IsOverAsync(PoolAdmin admin, Action failed, CancellationToken ending)
    {
        var id = jobId();
        try
        {
            await foreach (var status in admin.WatchJobAsync(id, null, ending).ConfigureAwait(false))
            {
                if (!TryReport(status))
                {
                    failed();
                    return true;
                }
            }

            return jobId() == id;
        }
        catch (WorkerPoolException)
        {
            // The connection broke. The job itself says so if it does not go on.
            return false;
        }
    }

    private bool TryReport(JobStatus status)
    {
        try
        {
            progress.Report(status);
            return true;
        }
        catch (Exception error)
        {
            Failure = error;
            return false;
        }
    }
}
