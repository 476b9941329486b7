namespace WorkerPool.WorkerHost.Session;

/// <summary>Sends a sign of life at intervals, from a thread of its own that user code cannot hold up.</summary>
/// <param name="results">The way out.</param>
/// <param name="interval">How often. Above zero.</param>
internal sealed class HeartbeatThread(ResultBuffer results, TimeSpan interval) : IDisposable
{
    private readonly object _gate = new();
    private bool _isStopped;

    /// <summary>Starts the thread.</summary>
    public void Start() => new Thread(Run) { IsBackground = true, Name = "heartbeat" }.Start();

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_gate)
        {
            _isStopped = true;
            Monitor.Pulse(_gate);
        }
    }

    private void Run()
    {
        var sequence = 1UL;
        lock (_gate)
        {
            while (!_isStopped)
            {
                Monitor.Wait(_gate, interval);
                if (!_isStopped && results.TrySendHeartbeat(sequence))
                {
                    sequence++;
                }
            }
        }
    }
}
