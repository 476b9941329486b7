using WorkerPool.Supervisor.Dispatch;
using WorkerPool.Supervisor.Jobs;
using WorkerPool.Worker.V1;

namespace WorkerPool.Supervisor.Diagnostics;

/// <summary>Turns what a pool's parts tell into metrics and spans.</summary>
/// <param name="metrics">The metrics.</param>
internal sealed class PoolMeasurements(PoolMetrics metrics) : IPoolMeasurements
{
    private const double NanosecondsPerSecond = 1e9;

    /// <inheritdoc/>
    public void JobOpened(Job job) => job.Span = PoolTraces.StartJob(job);

    /// <inheritdoc/>
    public void JobEnded(Job job, JobSnapshot ended)
    {
        var totals = metrics.Functions.Of(ended.Spec.WorkOrder.Function);
        totals.Cancelled += ended.Ledger.Cancelled;
        var duration = ended.Spec.IsApply ? metrics.ApplyDuration : metrics.JobDuration;
        if (duration.Enabled)
        {
            duration.Record(
                ended.Elapsed.TotalSeconds, totals.Label, new KeyValuePair<string, object?>("outcome", PoolTraces.OutcomeOf(ended)));
        }

        PoolTraces.EndJob(job.Span, ended);
    }

    /// <inheritdoc/>
    public void Accepted(string function, int items, long bytes)
    {
        var totals = metrics.Functions.Of(function);
        totals.Accepted += items;
        totals.ItemBytes += bytes;
    }

    /// <inheritdoc/>
    public void Answered(string function, int succeeded, int failed, long valueBytes)
    {
        var totals = metrics.Functions.Of(function);
        totals.Succeeded += succeeded;
        totals.Failed += failed;
        totals.ValueBytes += valueBytes;
    }

    /// <inheritdoc/>
    public void WorkerReady(WorkerLoad load) => metrics.Times.BecameIdle(load.Clock);

    /// <inheritdoc/>
    public void ChunkSent(WorkerLoad load, InFlightChunk chunk)
    {
        chunk.SentAt = metrics.Times.Given(load.Clock);
        var totals = metrics.Functions.Of(chunk.Chunk.Source.WorkOrder.Function);
        totals.Chunks++;
        if (chunk.Chunk.Rerun is null)
        {
            totals.FirstAttempts += chunk.Chunk.Items.Count;
        }
        else
        {
            totals.Reruns += chunk.Chunk.Items.Count;
        }

        if (chunk.Chunk.Source.Span is { } job)
        {
            chunk.Span = PoolTraces.StartChunk(job, load.Worker, chunk);
        }
    }

    /// <inheritdoc/>
    public void ChunkAnswered(WorkerLoad load, InFlightChunk chunk, int answered, int returned, ChunkResults results)
    {
        var totals = metrics.Functions.Of(chunk.Chunk.Source.WorkOrder.Function);
        totals.Reclaimed += returned;
        var now = metrics.Times.Ran(load.Clock, results.BusyNanoseconds, results.InitializingNanoseconds);
        if (answered > 0)
        {
            load.Times.Add(answered, results);
            totals.Times.Add(answered, results);
            if (metrics.ItemDuration.Enabled)
            {
                metrics.ItemDuration.Record(results.BusyNanoseconds / NanosecondsPerSecond / answered, totals.Label);
            }
        }

        if (chunk.UnansweredCount > 0)
        {
            return;
        }

        if (metrics.ChunkDuration.Enabled)
        {
            metrics.ChunkDuration.Record(metrics.Times.SecondsBetween(chunk.SentAt, now), totals.Label);
        }

        PoolTraces.EndChunk(chunk.Span);
        if (load.IsIdle)
        {
            metrics.Times.BecameIdle(load.Clock);
        }
    }

    /// <inheritdoc/>
    public void WorkerLost(WorkerLoad load)
    {
        metrics.Times.Gone(load.Clock);
        foreach (var chunk in load.InFlight)
        {
            PoolTraces.LoseChunk(chunk.Span, chunk.UnansweredCount);
        }
    }

    /// <inheritdoc/>
    public void WorkerStarted(TimeSpan took) => metrics.Times.Started(took);

    /// <inheritdoc/>
    public void WorkerRestarts(RestartCause cause) => metrics.CountRestart(cause);

    /// <inheritdoc/>
    public WorkerTimeSums ReadWorkerTimes() => metrics.Times.Read();

    /// <inheritdoc/>
    public TimeSummary? ReadTimesOf(string function) => metrics.Functions.Of(function).Times.Read();
}
