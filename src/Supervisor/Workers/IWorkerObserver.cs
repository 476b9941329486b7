using WorkerPool.Processes;
using WorkerPool.Worker.V1;

namespace WorkerPool.Supervisor.Workers;

/// <summary>Who hears of workers: called from several threads, in order for each worker. Nothing here may wait.</summary>
public interface IWorkerObserver
{
    /// <summary>A worker takes chunks.</summary>
    /// <param name="worker">The worker.</param>
    void Ready(IWorker worker);

    /// <summary>Results of items came.</summary>
    /// <param name="worker">The worker.</param>
    /// <param name="results">The results.</param>
    void Results(IWorker worker, IReadOnlyList<ChunkResults> results);

    /// <summary>An item ran over its timeout.</summary>
    /// <param name="worker">The worker.</param>
    /// <param name="overdue">Which item.</param>
    void Overdue(IWorker worker, ItemOverdue overdue);

    /// <summary>A job cannot be run; its items are handed back.</summary>
    /// <param name="worker">The worker that says so.</param>
    /// <param name="refused">Which job, and why.</param>
    void Refused(IWorker worker, JobRefused refused);

    /// <summary>A worker is to end: it is to get nothing more, and to be shut down after what it has been sent.</summary>
    /// <param name="worker">The worker.</param>
    void Released(IWorker worker);

    /// <summary>A worker is dead and all that it sent has been reported.</summary>
    /// <param name="worker">The worker.</param>
    /// <param name="certificate">What is known of its death.</param>
    /// <param name="running">The items it was running.</param>
    void Lost(IWorker worker, DeathCertificate certificate, IReadOnlyList<RunningItem> running);

    /// <summary>No worker is up and none can be started: the pool takes no jobs until one starts.</summary>
    /// <param name="failure">Why.</param>
    void Broken(StartFailure failure);
}

/// <summary>Why workers cannot start.</summary>
/// <param name="Reason">UPPER_SNAKE word for programs.</param>
/// <param name="Message">For a person.</param>
public sealed record StartFailure(string Reason, string Message);
