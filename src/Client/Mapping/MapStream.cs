using WorkerPool.Client.Mapping;

namespace WorkerPool.Client;

/// <summary>
/// The outcomes of a map as they come, and its closing account. The job begins when the stream is enumerated, and is
/// enumerated once; leaving the loop early ends the job.
/// </summary>
/// <typeparam name="TResult">Type of the values.</typeparam>
public sealed class MapStream<TResult> : IAsyncEnumerable<Outcome<TResult>>
{
    private readonly Func<CancellationToken, MapCall<TResult>> _begin;
    private MapCall<TResult>? _job;
    private int _begun;

    internal MapStream(Func<CancellationToken, MapCall<TResult>> begin) => _begin = begin;

    /// <summary>The closing account; <c>null</c> until the stream has been read to its end.</summary>
    public MapSummary? Summary => _job?.Summary;

    /// <summary>Whether the connection to the pool broke and is being made again. The stream waits meanwhile.</summary>
    public bool IsReconnecting => _job is { IsReconnecting: true };

    /// <summary>
    /// Id of the job, as the pool's logs have it, for <see cref="PoolAdmin"/>; <c>null</c> before the pool has opened it. Where it goes
    /// on over another connection it has another id there (<see cref="MapSummary.JobId"/>).
    /// </summary>
    public string? JobId => _job?.Id is { IsCompletedSuccessfully: true } id ? id.Result : null;

    /// <summary>Begins the job.</summary>
    /// <param name="cancellationToken">Ends the job; the enumeration then throws <see cref="OperationCanceledException"/>.</param>
    /// <exception cref="InvalidOperationException">The stream was enumerated before.</exception>
    /// <exception cref="PoolClosedException">The pool was closed.</exception>
    public IAsyncEnumerator<Outcome<TResult>> GetAsyncEnumerator(CancellationToken cancellationToken = default)
    {
        if (Interlocked.Exchange(ref _begun, 1) != 0)
        {
            throw new InvalidOperationException("This stream was enumerated before. Call the pool again for another map.");
        }

        return _job = _begin(cancellationToken);
    }
}
