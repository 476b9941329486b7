using Grpc.Core;

namespace WorkerPool.Supervisor.Api.Local;

/// <summary>One call that goes by no wire: its end, from either side.</summary>
internal sealed class LocalCall
{
    private readonly CancellationTokenSource _ending;
    private readonly TaskCompletionSource _served = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile bool _isServed;
    private Status _status = Grpc.Core.Status.DefaultSuccess;

    /// <summary>A call that is not served yet.</summary>
    /// <param name="left">The caller has left.</param>
    public LocalCall(CancellationToken left)
    {
        _ending = CancellationTokenSource.CreateLinkedTokenSource(left);
        Ending = _ending.Token;
    }

    /// <summary>The caller has left, or the pool has ended.</summary>
    public CancellationToken Ending { get; }

    /// <summary>Completes when the service has done with it. Never fails.</summary>
    public Task Served => _served.Task;

    /// <summary>How it ended.</summary>
    public Status Status() => _status;

    /// <summary>Ends it, unless it has ended.</summary>
    public void Cancel()
    {
        if (_isServed)
        {
            return;
        }

        try
        {
            _ending.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // It ended by itself meanwhile.
        }
    }

    /// <summary>
    /// Has it served: as far as that goes without waiting on the calling thread, which holds no lock, unless it has a context of its own,
    /// which is no business of the services.
    /// </summary>
    /// <param name="serve">Serves it.</param>
    /// <param name="end">
    /// Is told when that is done, with the error that the caller gets, if there is one. It is the last that is done, and may go on for as
    /// long as it likes.
    /// </param>
    public void Run(Func<Task> serve, Action<RpcException?> end)
    {
        if (SynchronizationContext.Current is null && TaskScheduler.Current == TaskScheduler.Default)
        {
            _ = RunAsync(serve, end);
        }
        else
        {
            _ = Task.Run(() => RunAsync(serve, end), CancellationToken.None);
        }
    }

    private async Task RunAsync(Func<Task> serve, Action<RpcException?> end)
    {
        RpcException? failure = null;
        try
        {
            await serve();
        }
        catch (Exception error)
        {
            failure = OnTheWire(error);
            _status = failure.Status;
        }

        _isServed = true;
        _ending.Dispose();
        _served.SetResult();
        end(failure);
    }

    // What a caller on another machine would get: a status and trailers, and nothing of what is behind them here.
    private RpcException OnTheWire(Exception error) => error switch
    {
        RpcException known => new RpcException(new Status(known.StatusCode, known.Status.Detail), known.Trailers),
        _ when Ending.IsCancellationRequested => new RpcException(new Status(StatusCode.Cancelled, "The call was cancelled.")),
        _ => new RpcException(new Status(StatusCode.Unknown, $"The pool failed: {error.GetType().Name}: {error.Message}")),
    };
}
