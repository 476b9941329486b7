using WorkerPool.Client.Mapping;

namespace WorkerPool.Client.Calls;

/// <summary>A call of one request and one response under way.</summary>
internal sealed class SingleCall<T> : IEndable, IDisposable
{
    private readonly CancellationTokenSource _ending;
    private volatile bool _terminated;

    public SingleCall(Func<CancellationToken, Task<T>> call, CancellationToken callerToken)
    {
        _ending = CancellationTokenSource.CreateLinkedTokenSource(callerToken);
        var token = _ending.Token;
        Result = Task.Run(() => call(token), CancellationToken.None);
        Ended = Result.ContinueWith(
            static _ => { }, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
    }

    public Task<T> Result { get; }

    public Task Ended { get; }

    public bool IsTerminated => _terminated;

    public void Terminate()
    {
        _terminated = true;
        try
        {
            _ending.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // It ended by itself meanwhile.
        }
    }

    public void Dispose() => _ending.Dispose();
}
