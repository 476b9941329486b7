using WorkerPool.Supervisor.Dispatch;
using WorkerPool.Supervisor.Jobs;
using WorkerPool.Worker.V1;

namespace WorkerPool.Supervisor.Diagnostics;

/// <summary>Measures nothing: for parts that stand alone.</summary>
internal sealed class NoMeasurements : IPoolMeasurements
{
    /// <summary>The only one.</summary>
    public static NoMeasurements Instance { get; } = new();

    /// <inheritdoc/>
    public void JobOpened(Job job)
    {
    }

    /// <inheritdoc/>
    public void JobEnded(Job job, JobSnapshot ended)
    {
    }

    /// <inheritdoc/>
    public void Accepted(string function, int items, long bytes)
    {
    }

    /// <inheritdoc/>
    public void Answered(string function, int succeeded, int failed, long valueBytes)
    {
    }

    /// <inheritdoc/>
    public void WorkerReady(WorkerLoad load)
    {
    }

    /// <inheritdoc/>
    public void ChunkSent(WorkerLoad load, InFlightChunk chunk)
    {
    }

    /// <inheritdoc/>
    public void ChunkAnswered(WorkerLoad load, InFlightChunk chunk, int answered, int returned, ChunkResults results)
    {
    }

    /// <inheritdoc/>
    public void WorkerLost(WorkerLoad load)
    {
    }

    /// <inheritdoc/>
    public void WorkerStarted(TimeSpan took)
    {
    }

    /// <inheritdoc/>
    public void WorkerRestarts(RestartCause cause)
    {
    }
}
