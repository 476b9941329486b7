using WorkerPool.Client.Mapping;

namespace WorkerPool.Client;

/// <summary>
/// A map that was started and runs by itself: what Python's <c>map_async</c> gives. It needs no one who enumerates it: its
/// outcomes are kept here, all of them, until the handle is let go.
/// </summary>
/// <remarks>
/// <para>
/// In Python's words: <c>get(timeout)</c> is <c>await job.Completion.WaitAsync(timeout)</c>, <c>wait(timeout)</c> is
/// <see cref="WaitAsync"/>, <c>ready()</c> is <c>Completion.IsCompleted</c>, <c>successful()</c> is
/// <c>Completion.IsCompletedSuccessfully</c>, and a callback is what follows <c>await job.Completion</c>.
/// </para>
/// <para>
/// As in Python the items after a failed one are run all the same, unless <see cref="MapOptions.OnItemError"/> says to stop.
/// Letting go of the handle does not end the job; <see cref="CancelAsync"/> does. <see cref="Pool.CloseAsync"/> waits for it.
/// </para>
/// </remarks>
/// <typeparam name="TResult">Type of the values.</typeparam>
public sealed class MapJob<TResult> : IEndable
{
    // At least so often progress is reported while results come faster than they are taken.
    private const int ReportInterval = 1024;

    private readonly CancellationTokenSource _cancelling = new();
    private readonly MapCall<TResult> _call;
    private readonly OutcomeBuffer<TResult> _outcomes;
    private readonly IProgress<JobProgress>? _progress;
    private readonly TimeProvider _time;

    /// <summary>Starts it.</summary>
    /// <param name="begin">Begins the job; the token ends it.</param>
    /// <param name="total">Items there are, where that is known.</param>
    /// <param name="progress">Is told how far it is; may be <c>null</c>.</param>
    /// <param name="time">Measures how long is waited.</param>
    internal MapJob(
        Func<CancellationToken, MapCall<TResult>> begin, int? total, IProgress<JobProgress>? progress, TimeProvider time)
    {
        _outcomes = new OutcomeBuffer<TResult>(total);
        _progress = progress;
        _time = time;
        _call = begin(_cancelling.Token);
        Completion = Task.Run(CollectAsync);
        Ended = Completion.Quietly();
    }

    /// <summary>
    /// All values, in the order of the items, once every item has been answered. It fails with the
    /// <see cref="ItemFailedException"/> of the lowest index if items failed, with what the source of items threw, as
    /// <see cref="Pool"/> says for calls, and is cancelled with the job.
    /// </summary>
    public Task<TResult[]> Completion { get; }

    /// <summary>
    /// Id of the job, as the pool's logs and dashboard have it, once the pool has opened it; fails as the job does if it
    /// never is. Where it goes on over another connection it has another id there (<see cref="MapSummary.JobId"/>).
    /// </summary>
    public Task<string> Id => _call.Id;

    /// <summary>The outcomes that have come so far, values and failures, by index. A copy: what comes later is not added to it.</summary>
    public IReadOnlyList<Outcome<TResult>> Outcomes => _outcomes.ToList();

    /// <summary>How many items have been answered so far, in whatever order.</summary>
    public JobProgress Progress => _outcomes.Progress;

    /// <summary>The closing account; <c>null</c> until every item has been answered.</summary>
    public MapSummary? Summary => _call.Summary;

    /// <inheritdoc/>
    Task IEndable.Ended => Ended;

    private Task Ended { get; }

    /// <summary>Waits until the job is over, one way or another. Throws for nothing that happened in it.</summary>
    /// <param name="timeout">The longest wait. Range: zero and up.</param>
    /// <param name="cancellationToken">Gives up the wait. The job goes on.</param>
    /// <returns>Whether it is over.</returns>
    public Task<bool> WaitAsync(TimeSpan timeout, CancellationToken cancellationToken = default) =>
        Ended.IsOverWithinAsync(timeout, _time, cancellationToken);

    /// <summary>
    /// Ends the job: what has not started is dropped, what runs is asked to cancel. <see cref="Outcomes"/> keeps what there
    /// is. Nothing happens to a job that is over.
    /// </summary>
    /// <returns>Completes when the job is over.</returns>
    public async Task CancelAsync()
    {
        await _cancelling.CancelAsync().ConfigureAwait(false);
        await Ended.ConfigureAwait(false);
    }

    /// <inheritdoc/>
    void IEndable.Terminate() => _call.Terminate();

    private async Task<TResult[]> CollectAsync()
    {
        await using (_call.ConfigureAwait(false))
        {
            var unreported = 0;
            while (true)
            {
                var next = _call.MoveNextAsync();
                if (unreported > 0 && (!next.IsCompleted || unreported >= ReportInterval))
                {
                    _progress?.Report(Progress);
                    unreported = 0;
                }

                if (!await next.ConfigureAwait(false))
                {
                    break;
                }

                _outcomes.Add(_call.Current);
                unreported++;
            }

            if (unreported > 0)
            {
                _progress?.Report(Progress);
            }
        }

        return _outcomes.FirstFailure is { } failure ? throw failure : _outcomes.ToValues();
    }
}
