using WorkerPool.Supervisor.Dispatch;

namespace WorkerPool.Supervisor.Jobs;

/// <summary>Whom a job tells of itself. Called on the owner loop.</summary>
internal interface IJobHost
{
    /// <summary>Chunks that the workers that are up can run at once.</summary>
    int RunnerCount { get; }

    /// <summary>The job may have work.</summary>
    /// <param name="job">The job.</param>
    void Wake(Job job);

    /// <summary>An item came that killed workers on earlier streams of the job.</summary>
    /// <param name="item">The item, a chunk of one.</param>
    /// <param name="spent">What it was charged with.</param>
    void Resume(WorkChunk item, SpentTries spent);

    /// <summary>The job wants nothing run any more.</summary>
    /// <param name="job">The job.</param>
    void Remove(Job job);

    /// <summary>The job is over, after <see cref="Remove"/>.</summary>
    /// <param name="job">The job.</param>
    void Ended(Job job);

    /// <summary>Has something done when the loop is free again: on the same thread, if that is one that brought what runs.</summary>
    /// <param name="action">What to do.</param>
    void AfterTurn(Action action) => action();
}
