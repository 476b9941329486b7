using WorkerPool.Client;

namespace WorkerPool.Cli.Running;

/// <summary>Asks the pool now and then which items of a job say how far they are.</summary>
internal sealed class ItemWatch(PoolAdmin admin, Func<string?> jobId) : IAsyncDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(500);

    private readonly CancellationTokenSource _ending = new();
    private IReadOnlyList<RunningItem> _latest = [];
    private Task _asking = Task.CompletedTask;

    /// <summary>The items, by index, as they were last seen; none when the map is over.</summary>
    public IReadOnlyList<RunningItem> Latest => _ending.IsCancellationRequested ? [] : Volatile.Read(ref _latest);

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
        }
    }
}
