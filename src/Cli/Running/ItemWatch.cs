using WorkerPool.Client;

namespace WorkerPool.Cli.Running;

/// <summary>Asks the pool now and then for a job: its workers, and which of its items say how far they are.</summary>
internal sealed class ItemWatch(PoolAdmin admin, Func<string?> jobId) : IAsyncDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(500);

    private readonly CancellationTokenSource _ending = new();
    private IReadOnlyList<RunningItem> _latest = [];
    private JobStatus? _job;
    private Task _asking = Task.CompletedTask;

    /// <summary>The items, by index, as they were last seen; none when the map is over.</summary>
    public IReadOnlyList<RunningItem> Latest => _ending.IsCancellationRequested ? [] : Volatile.Read(ref _latest);

    /// <summary>Workers that have items of it, as was last seen; <c>null</c>: not known.</summary>
    public int? Workers => Volatile.Read(ref _job)?.WorkersInUse;

    /// <summary>Workers that died while they had items of it, as was last seen.</summary>
    public int Died => Volatile.Read(ref _job)?.WorkerRestarts ?? 0;

    /// <summary>Starts to ask.</summary>
    public void Start() => _asking = Task.Run(AskAsync);

    /// <summary>The map is over.</summary>
    public void End() => _ending.Cancel();

    public async ValueTask DisposeAsync()
    {
        End();
        await _asking.ConfigureAwait(false);
        _ending.Dispose();
    }

    private async Task AskAsync()
    {
        using var timer = new PeriodicTimer(Interval);
        try
        {
            while (await timer.WaitForNextTickAsync(_ending.Token).ConfigureAwait(false))
            {
                if (jobId() is { } id)
                {
                    var job = await admin.GetJobAsync(id, _ending.Token).ConfigureAwait(false);
                    Volatile.Write(ref _job, job);
                    Volatile.Write(ref _latest, [.. job.RunningItems.Where(item => item.Progress is not null).OrderBy(item => item.Index)]);
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The map is over.
        }
        catch (WorkerPoolException)
        {
            // The map itself will say what is wrong.
            Volatile.Write(ref _latest, []);
            Volatile.Write(ref _job, null);
        }
    }
}
