using WorkerPool.Protocol.Errors;
using WorkerPool.Supervisor.Configuration;
using WorkerPool.Supervisor.Dispatch;
using WorkerPool.Supervisor.Workers;

namespace WorkerPool.Supervisor.Jobs;

/// <summary>Opens jobs, and knows when all are over.</summary>
/// <param name="dispatcher">Runs them.</param>
/// <param name="availability">Whether the pool takes jobs.</param>
/// <param name="options">What jobs may hold.</param>
/// <param name="time">Measures how long they take.</param>
/// <param name="slotCount">Workers there are when all are up.</param>
internal sealed class JobRegistry(
    Dispatcher dispatcher, Availability availability, PoolOptions options, TimeProvider time, int slotCount) : IJobHost
{
    private readonly JobLimits _limits = new(options.WindowItems, options.WindowBytes, options.MaxItemBytes);
    private TaskCompletionSource? _allOver;
    private ulong _lastNumber;

    /// <summary>Opens a job.</summary>
    /// <param name="spec">What it is to do.</param>
    /// <exception cref="JobFailedException">The pool takes no jobs.</exception>
    public Task<JobHandle> OpenAsync(JobSpec spec) => dispatcher.Loop.AskAsync(() =>
    {
        if (_allOver is not null)
        {
            throw Draining();
        }

        if (availability.Failure is { } failure)
        {
            throw new JobFailedException(ErrorReasons.PoolBroken, Messages.Broken(failure));
        }

        var limits = _limits.For(spec.ChunkSize, slotCount);
        var job = new Job(++_lastNumber, spec, limits, this, time);
        dispatcher.Scheduler.Add(job);
        return new JobHandle(job, limits, dispatcher.Loop);
    });

    /// <summary>Opens no more jobs and waits until those that are open are over, or for a time; then ends them.</summary>
    /// <param name="grace">The longest wait.</param>
    /// <param name="cancellation">Ends the wait early.</param>
    public async Task DrainAsync(TimeSpan grace, CancellationToken cancellation)
    {
        var allOver = await dispatcher.Loop.AskAsync(() =>
        {
            _allOver ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            TellIfAllOver();
            return _allOver.Task;
        });
        try
        {
            await allOver.WaitAsync(grace, time, cancellation);
        }
        catch (Exception error) when (error is TimeoutException or OperationCanceledException)
        {
            var failure = Draining();
            dispatcher.FailAll(failure.Reason, failure.Message);
            await allOver;
        }
    }

    void IJobHost.Wake(Job job) => dispatcher.Scheduler.Wake(job);

    void IJobHost.Remove(Job job)
    {
        dispatcher.Scheduler.Remove(job);
        TellIfAllOver();
    }

    private static JobFailedException Draining() => new(
        ErrorReasons.PoolDraining, "The pool is shutting down and takes no jobs. Try again when it is back, or use another one.");

    private void TellIfAllOver()
    {
        if (_allOver is not null && dispatcher.Scheduler.Sources.Count == 0)
        {
            _allOver.TrySetResult();
        }
    }
}
