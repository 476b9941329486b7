using WorkerPool.Processes;
using WorkerPool.Protocol.Errors;

namespace WorkerPool.Supervisor.Workers;

/// <summary>
/// Whether a pool can take jobs, as far as its workers go: not before the first has introduced itself, and not while
/// none is up and starts keep failing. It heals when a worker starts. Safe for several threads.
/// </summary>
/// <param name="intensity">When failures are too many.</param>
/// <param name="time">The clock of failures.</param>
internal sealed class Availability(RestartIntensity intensity, TimeProvider time)
{
    private readonly Lock _lock = new();
    private TaskCompletionSource<Catalogue> _known = new(TaskCreationOptions.RunContinuationsAsynchronously);

    // What those that are up can run, in the order in which they started: while a library is replaced, worker after worker, what
    // counts is the newest.
    private readonly List<Catalogue> _up = [];
    private readonly TaskCompletionSource _tried = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private StartFailure? _failure;

    /// <summary>Completes when a worker has introduced itself, or could not be started.</summary>
    public Task Tried => _tried.Task;

    /// <summary>Why the pool takes no jobs; <c>null</c> when it does.</summary>
    public StartFailure? Failure
    {
        get
        {
            lock (_lock)
            {
                return _failure;
            }
        }
    }

    /// <summary>Whether a worker has introduced itself.</summary>
    public bool IsKnown
    {
        get
        {
            lock (_lock)
            {
                return _known.Task.IsCompletedSuccessfully;
            }
        }
    }

    /// <summary>The functions there are, as soon as a worker has named them: those of the worker that started last.</summary>
    /// <param name="cancellation">Ends the wait.</param>
    /// <exception cref="WorkerStartException">Workers cannot start.</exception>
    public Task<Catalogue> CatalogueAsync(CancellationToken cancellation)
    {
        lock (_lock)
        {
            return _known.Task.WaitAsync(cancellation);
        }
    }

    /// <summary>A worker is up.</summary>
    /// <param name="catalogue">What it can run.</param>
    public void Started(Catalogue catalogue)
    {
        _tried.TrySetResult();
        lock (_lock)
        {
            _up.Add(catalogue);
            _failure = null;
            intensity.Reset();
            Know(catalogue);
        }
    }

    /// <summary>A worker that was up is not any more.</summary>
    /// <param name="catalogue">What it could run.</param>
    public void Ended(Catalogue catalogue)
    {
        lock (_lock)
        {
            _up.Remove(catalogue);
            if (_up is [.., var newest])
            {
                Know(newest);
            }
        }
    }

    /// <summary>A worker could not be started.</summary>
    /// <param name="error">Why.</param>
    /// <returns>What broke the pool, if this did.</returns>
    public StartFailure? StartFailed(WorkerStartException error)
    {
        _tried.TrySetResult();
        lock (_lock)
        {
            // What is wrong with the set-up stays wrong however often it is tried; and who has waited for a whole start has waited
            // long enough to be told.
            var isHopeless = error.HasTimedOut || error.Reason is ErrorReasons.FunctionLibraryInvalid or ErrorReasons.ProtocolMismatch or ErrorReasons.InitializerFailed;
            var isTooOften = intensity.Exceeds(TimeSpan.FromSeconds(time.GetTimestamp() / (double)time.TimestampFrequency));
            if (_up.Count > 0 || _failure is not null || !(isHopeless || isTooOften))
            {
                return null;
            }

            _failure = new StartFailure(error.Reason, error.Message);
            if (_known.Task.IsCompletedSuccessfully)
            {
                _known = new TaskCompletionSource<Catalogue>(TaskCreationOptions.RunContinuationsAsynchronously);
            }

            _known.TrySetException(error);
            _ = _known.Task.Exception;
            return _failure;
        }
    }

    private void Know(Catalogue catalogue)
    {
        // Nobody waits for what is there already.
        if (_known.Task.IsCompleted && !(_known.Task.IsCompletedSuccessfully && _known.Task.Result == catalogue))
        {
            _known = new TaskCompletionSource<Catalogue>(TaskCreationOptions.RunContinuationsAsynchronously);
        }

        _known.TrySetResult(catalogue);
    }
}
