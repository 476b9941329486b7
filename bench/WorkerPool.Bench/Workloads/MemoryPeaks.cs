namespace WorkerPool.Bench.Workloads;

/// <summary>Memory of a process over a time: its most, and whether it grows.</summary>
internal sealed class MemoryPeaks : IAsyncDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(50);
    private readonly List<long> _resident = [];
    private readonly CancellationTokenSource _over = new();
    private readonly Task _watching;

    /// <summary>Watches a process until it is disposed.</summary>
    /// <param name="processId">The process.</param>
    public MemoryPeaks(int processId) => _watching = WatchAsync(processId);

    /// <summary>The most memory resident, in bytes.</summary>
    public long Most => _resident.Max();

    /// <summary>The most in the last third of the time over the most in the second.</summary>
    public double Growth
    {
        get
        {
            var third = Math.Max(1, _resident.Count / 3);
            return (double)_resident.TakeLast(third).Max() / _resident.Skip(Math.Min(third, _resident.Count - 1)).Take(third).Max();
        }
    }

    /// <summary>Ends the watch.</summary>
    public async ValueTask DisposeAsync()
    {
        await _over.CancelAsync();
        await _watching;
        _over.Dispose();
    }

    private async Task WatchAsync(int processId)
    {
        using var timer = new PeriodicTimer(Interval);
        try
        {
            do
            {
                _resident.Add(ProcessStatus.Bytes(processId, "VmRSS"));
            }
            while (await timer.WaitForNextTickAsync(_over.Token));
        }
        catch (OperationCanceledException)
        {
            // Over.
        }
    }
}
