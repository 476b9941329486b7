using Grpc.Core;
using WorkerPool.V1;

namespace WorkerPool.Dashboard.Sampling;

/// <summary>Takes samples of a pool through its public API, and knows how it went before. One at a time.</summary>
/// <param name="calls">The API.</param>
/// <param name="time">Tells when.</param>
internal sealed class PoolSampler(CallInvoker calls, TimeProvider time)
{
    private const int JobCount = 100;
    private const int EventCount = 200;

    private readonly AdminService.AdminServiceClient _admin = new(calls);
    private readonly JobService.JobServiceClient _jobs = new(calls);
    private readonly Dictionary<uint, WorkerTrend> _workers = [];
    private PoolTrend _pool = new();
    private IReadOnlyList<PoolEvent> _events = [];
    private PoolTrends? _trends;
    private long? _takenAt;
    private TimeSpan? _uptime;

    // Looks that somebody's click brings forward are no point of their own on the lines.
    private static readonly TimeSpan ShortestStep = TimeSpan.FromMilliseconds(700);

    // After a longer pause lines begin anew.
    private static readonly TimeSpan LongestStep = TimeSpan.FromSeconds(10);

    /// <summary>Takes one.</summary>
    /// <param name="interests">What is to be looked at closely.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <exception cref="RpcException">The API answered with an error.</exception>
    public async Task<PoolSample> TakeAsync(IReadOnlyList<Interest> interests, CancellationToken cancellation)
    {
        var pool = (await _admin.GetPoolAsync(new GetPoolRequest(), cancellationToken: cancellation)).Pool;
        var workers = await _admin.ListWorkersAsync(new ListWorkersRequest(), cancellationToken: cancellation);
        var jobs = await _jobs.ListJobsAsync(new ListJobsRequest { PageSize = JobCount }, cancellationToken: cancellation);
        await ReadEventsAsync(cancellation);
        var jobDetails = new Dictionary<string, ExplainJobResponse?>();
        foreach (var id in interests.Select(interest => interest.JobId).Where(id => id.Length > 0).Distinct())
        {
            jobDetails[id] = await FindAsync(_jobs.ExplainJobAsync(new ExplainJobRequest { Id = id }, cancellationToken: cancellation));
        }

        var workerDetails = new Dictionary<string, GetWorkerResponse?>();
        foreach (var name in interests.Select(interest => interest.Worker).Where(name => name.Length > 0).Distinct())
        {
            workerDetails[name] = await FindAsync(_admin.GetWorkerAsync(new GetWorkerRequest { Name = name }, cancellationToken: cancellation));
        }

        var samples = Advance(pool, workers.Workers);
        return new PoolSample
        {
            Time = time.GetUtcNow(),
            Pool = pool,
            Workers = samples,
            Jobs = jobs.Jobs,
            ApplyCount = jobs.ApplyCount,
            Trends = _trends!,
            Events = _events,
            JobDetails = jobDetails,
            WorkerDetails = workerDetails,
        };
    }

    private IReadOnlyList<WorkerSample> _lastWorkers = [];

    private IReadOnlyList<WorkerSample> Advance(PoolStatus pool, IReadOnlyList<WorkerStatus> workers)
    {
        var now = time.GetTimestamp();
        var since = _takenAt is { } before ? time.GetElapsedTime(before, now) : TimeSpan.Zero;
        if (_takenAt is not null && since < ShortestStep)
        {
            return Unchanged(workers);
        }

        if (since > LongestStep || pool.Uptime.ToTimeSpan() < _uptime)
        {
            _pool = new PoolTrend();
            _workers.Clear();
        }

        _takenAt = now;
        _uptime = pool.Uptime.ToTimeSpan();
        _trends = _pool.Add(pool, since);
        foreach (var gone in _workers.Keys.Except(workers.Select(worker => worker.Slot)).ToList())
        {
            _workers.Remove(gone);
        }

        return _lastWorkers = [.. workers.Select(worker => TrendOf(worker.Slot).Add(worker, since))];
    }

    private IReadOnlyList<WorkerSample> Unchanged(IReadOnlyList<WorkerStatus> workers)
    {
        var before = _lastWorkers.ToDictionary(worker => worker.Status.Slot);
        return [.. workers.Select(worker => before.TryGetValue(worker.Slot, out var last)
            ? last with { Status = worker }
            : new WorkerSample(worker, 0, "", ""))];
    }

    private WorkerTrend TrendOf(uint slot)
    {
        if (!_workers.TryGetValue(slot, out var trend))
        {
            _workers.Add(slot, trend = new WorkerTrend());
        }

        return trend;
    }

    private async Task ReadEventsAsync(CancellationToken cancellation)
    {
        var from = _events is [var newest, ..] ? newest.Sequence + 1 : 0;
        using var call = _admin.WatchEvents(new WatchEventsRequest { FromSequence = from }, cancellationToken: cancellation);
        var fresh = new List<PoolEvent>();
        while (await call.ResponseStream.MoveNext(cancellation))
        {
            fresh.Add(call.ResponseStream.Current.Event);
        }

        if (fresh.Count > 0)
        {
            fresh.Reverse();
            _events = [.. fresh.Concat(_events).Take(EventCount)];
        }
    }

    private static async Task<T?> FindAsync<T>(AsyncUnaryCall<T> call)
        where T : class
    {
        try
        {
            return await call;
        }
        catch (RpcException error) when (error.StatusCode == StatusCode.NotFound)
        {
            return null;
        }
    }
}
