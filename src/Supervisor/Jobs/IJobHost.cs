namespace WorkerPool.Supervisor.Jobs;

/// <summary>Whom a job tells of itself. Called on the owner loop.</summary>
internal interface IJobHost
{
    /// <summary>The job may have work.</summary>
    /// <param name="job">The job.</param>
    void Wake(Job job);

    /// <summary>The job wants nothing run any more.</summary>
    /// <param name="job">The job.</param>
    void Remove(Job job);

    /// <summary>The job is over, after <see cref="Remove"/>.</summary>
    /// <param name="job">The job.</param>
    void Ended(Job job);
}
