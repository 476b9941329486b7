using System.Runtime.CompilerServices;
using Google.Protobuf.WellKnownTypes;
using WorkerPool.Client.Connecting;
using WorkerPool.Client.Operating;

namespace WorkerPool.Client;

/// <summary>
/// A pool, for those who operate it: its workers, its size, what happened, its jobs. Safe for several threads. Its calls
/// travel beside the streams of maps and are not held up by them.
/// </summary>
/// <remarks>
/// Calls throw <see cref="InvalidRequestException"/>, <see cref="PoolUnreachableException"/>,
/// <see cref="PoolUnavailableException"/>, <see cref="PoolProtocolException"/>, <see cref="PoolClosedException"/> when it
/// has ended, and <see cref="OperationCanceledException"/> when their token is cancelled. Where the connection breaks, a call
/// that only asks is made again (<see cref="PoolOptions.ReconnectTimeout"/>), one that changes something only where it cannot
/// have been carried out; what is watched ends.
/// </remarks>
public sealed class PoolAdmin : IAsyncDisposable
{
    private readonly AdminCalls _calls;
    private readonly bool _isPartOfPool;

    internal PoolAdmin(PoolConnection connection, bool isPartOfPool)
    {
        _calls = new AdminCalls(connection, ownsConnection: !isPartOfPool);
        _isPartOfPool = isPartOfPool;
    }

    /// <summary>The pool at an address. Nothing is connected before the first call.</summary>
    /// <param name="address"><c>http://host:port</c>, <c>https://host:port</c> or <c>unix:///path</c>.</param>
    /// <param name="options">How to connect. Default: all defaults.</param>
    /// <exception cref="ArgumentException">The address is none of these.</exception>
    public static PoolAdmin Connect(string address, PoolOptions? options = null) =>
        new(PoolConnection.To([PoolEndpoint.Parse(address)], options ?? new PoolOptions()), isPartOfPool: false);

    /// <summary>The pool as a whole.</summary>
    /// <param name="cancellationToken">Cancels the call.</param>
    public async Task<PoolStatus> GetPoolAsync(CancellationToken cancellationToken = default)
    {
        var request = new V1.GetPoolRequest();
        var response = await _calls.AskAsync(
            (pool, token) => pool.Admin.GetPoolAsync(request, cancellationToken: token), cancellationToken).ConfigureAwait(false);
        return PoolStatus.From(response.Pool);
    }

    /// <summary>The slots and their workers, by slot.</summary>
    /// <param name="cancellationToken">Cancels the call.</param>
    public async Task<IReadOnlyList<WorkerStatus>> ListWorkersAsync(CancellationToken cancellationToken = default)
    {
        var request = new V1.ListWorkersRequest();
        var response = await _calls.AskAsync(
            (pool, token) => pool.Admin.ListWorkersAsync(request, cancellationToken: token), cancellationToken).ConfigureAwait(false);
        return [.. response.Workers.Select(WorkerStatus.From)];
    }

    /// <summary>
    /// Changes the number of workers. More start at once; fewer finish their items first. Returns when that has begun, not
    /// when it is done.
    /// </summary>
    /// <param name="workerCount">The workers there are to be. Range: 1 to 1024.</param>
    /// <param name="cancellationToken">Cancels the call, not what has begun.</param>
    /// <returns>The pool, with its new number of slots.</returns>
    /// <exception cref="InvalidRequestException">The number is out of range: reason <c>INVALID_ARGUMENT</c>.</exception>
    public async Task<PoolStatus> ResizeAsync(int workerCount, CancellationToken cancellationToken = default)
    {
        var request = new V1.ResizePoolRequest { WorkerCount = workerCount };
        var response = await _calls.ChangeAsync(
            (pool, token) => pool.Admin.ResizePoolAsync(request, cancellationToken: token), cancellationToken).ConfigureAwait(false);
        return PoolStatus.From(response.Pool);
    }

    /// <summary>
    /// Replaces a worker: it finishes its item, hands back the rest and ends; its slot starts the next. Returns when that
    /// has begun, not when it is done.
    /// </summary>
    /// <param name="name">Its name, such as <c>worker-2</c>.</param>
    /// <param name="cancellationToken">Cancels the call, not what has begun.</param>
    /// <exception cref="UnknownWorkerException">There is none of that name that is up: reason <c>UNKNOWN_WORKER</c>.</exception>
    public async Task<WorkerStatus> RecycleWorkerAsync(string name, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        var request = new V1.RecycleWorkerRequest { Name = name };
        var response = await _calls.ChangeAsync(
            (pool, token) => pool.Admin.RecycleWorkerAsync(request, cancellationToken: token), cancellationToken).ConfigureAwait(false);

        // It may have gone with its slot meanwhile.
        return WorkerStatus.From(response.Worker ?? new V1.WorkerStatus { Name = name });
    }

    /// <summary>
    /// Replaces every worker, one after the other, each by a new process that stands ready before it goes: such as after
    /// a function library has changed. No job loses anything. Returns when that is done.
    /// </summary>
    /// <param name="cancellationToken">Gives up the wait. The workers are replaced all the same.</param>
    /// <returns>How many were replaced, and which stayed.</returns>
    public async Task<PoolRecycling> RecycleAllAsync(CancellationToken cancellationToken = default)
    {
        var request = new V1.RecyclePoolRequest();
        var response = await _calls.ChangeAsync(
            (pool, token) => pool.Admin.RecyclePoolAsync(request, cancellationToken: token), cancellationToken).ConfigureAwait(false);
        return new PoolRecycling((int)response.ReplacedWorkers, [.. response.KeptWorkers]);
    }

    /// <summary>
    /// Lets the pool take no more jobs, and waits until those that are open are over, or until the grace has passed and
    /// they were ended.
    /// </summary>
    /// <param name="grace">How long open jobs may go on. Range: zero and up. Default: the pool's own grace.</param>
    /// <param name="cancellationToken">Gives up the wait. The pool drains all the same.</param>
    /// <exception cref="ArgumentOutOfRangeException">The grace is below zero.</exception>
    public async Task<PoolStatus> DrainAsync(TimeSpan? grace = null, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(grace ?? TimeSpan.Zero, TimeSpan.Zero, nameof(grace));
        var request = new V1.DrainPoolRequest { Grace = grace is { } given ? Duration.FromTimeSpan(given) : null };
        var response = await _calls.ChangeAsync(
            (pool, token) => pool.Admin.DrainPoolAsync(request, cancellationToken: token), cancellationToken).ConfigureAwait(false);
        return PoolStatus.From(response.Pool);
    }

    /// <summary>What happened: first what is kept, then, if it is to follow, what happens.</summary>
    /// <param name="from">
    /// The first <see cref="PoolEvent.Sequence"/> wanted. Range: 0 and up; 0 (default) for everything that is kept. To go
    /// on after a break, the last one that came plus one. What is no longer kept is left out: the first number that comes
    /// shows it.
    /// </param>
    /// <param name="follow">Whether to stay for what happens next. Default: no, it ends after what is kept.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="from"/> is below zero.</exception>
    public IAsyncEnumerable<PoolEvent> WatchEventsAsync(
        long from = 0, bool follow = false, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(from);
        var request = new V1.WatchEventsRequest { FromSequence = (ulong)from, Follow = follow };
        return _calls.StreamAsync(
            (pool, token) => pool.Admin.WatchEvents(request, cancellationToken: token), response => PoolEvent.From(response.Event), cancellationToken);
    }

    /// <summary>One job as it is now. Jobs that are over stay known for a while.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="UnknownJobException">There is none of that id: reason <c>UNKNOWN_JOB</c>.</exception>
    public async Task<JobStatus> GetJobAsync(string id, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(id);
        var request = new V1.GetJobRequest { Id = id };
        var response = await _calls.AskAsync(
            (pool, token) => pool.Jobs.GetJobAsync(request, cancellationToken: token), cancellationToken).ConfigureAwait(false);
        return JobStatus.From(response.Job);
    }

    /// <summary>The jobs, the newest first. It asks for them page by page, as far as it is enumerated.</summary>
    /// <param name="filter">Which. Default: all that the pool still knows.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async IAsyncEnumerable<JobStatus> ListJobsAsync(
        JobFilter? filter = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var request = (filter ?? JobFilter.All).ToWire();
        do
        {
            var page = await _calls.AskAsync(
                (pool, token) => pool.Jobs.ListJobsAsync(request, cancellationToken: token), cancellationToken).ConfigureAwait(false);
            foreach (var job in page.Jobs)
            {
                yield return JobStatus.From(job);
            }

            request.PageToken = page.NextPageToken;
        }
        while (request.PageToken.Length > 0);
    }

    /// <summary>Ends a job: its running items are cancelled, its caller gets CANCELLED. Nothing happens to one that is over.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The job after that.</returns>
    /// <exception cref="UnknownJobException">There is none of that id: reason <c>UNKNOWN_JOB</c>.</exception>
    public async Task<JobStatus> CancelJobAsync(string id, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(id);
        var request = new V1.CancelJobRequest { Id = id };
        var response = await _calls.ChangeAsync(
            (pool, token) => pool.Jobs.CancelJobAsync(request, cancellationToken: token), cancellationToken).ConfigureAwait(false);
        return JobStatus.From(response.Job);
    }

    /// <summary>One job, now and whenever it has changed, until it is over.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="interval">The shortest time between two. Range: 50 ms and up. Default: 0.5 s.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="UnknownJobException">There is none of that id: reason <c>UNKNOWN_JOB</c>. Thrown where it is enumerated.</exception>
    public IAsyncEnumerable<JobStatus> WatchJobAsync(
        string id, TimeSpan? interval = null, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(id);
        var request = new V1.WatchJobRequest { Id = id, Interval = interval is { } given ? Duration.FromTimeSpan(given) : null };
        return _calls.StreamAsync(
            (pool, token) => pool.Jobs.WatchJob(request, cancellationToken: token), response => JobStatus.From(response.Job), cancellationToken);
    }

    /// <summary>Why a job is where it is, in sentences for a person. It only looks: nothing waits for it and nothing changes.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="UnknownJobException">There is none of that id: reason <c>UNKNOWN_JOB</c>.</exception>
    public async Task<JobExplanation> ExplainJobAsync(string id, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(id);
        var request = new V1.ExplainJobRequest { Id = id };
        var response = await _calls.AskAsync(
            (pool, token) => pool.Jobs.ExplainJobAsync(request, cancellationToken: token), cancellationToken).ConfigureAwait(false);
        return JobExplanation.From(response);
    }

    /// <summary>Ends its calls and its connection. That of a <see cref="Pool"/> ends with the pool; there this does nothing.</summary>
    public ValueTask DisposeAsync()
    {
        if (!_isPartOfPool)
        {
            End();
        }

        return ValueTask.CompletedTask;
    }

    /// <summary>Ends it, whoever it belongs to.</summary>
    internal void End() => _calls.End();
}
