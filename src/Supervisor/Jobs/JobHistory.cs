namespace WorkerPool.Supervisor.Jobs;

/// <summary>Jobs that are over, for a while: the last so many, none older than a time. Pure; one thread.</summary>
/// <param name="capacity">How many are kept. Range: 1 and up.</param>
/// <param name="age">How long one is kept.</param>
internal sealed class JobHistory(int capacity, TimeSpan age)
{
    private readonly LinkedList<(TimeSpan EndedAt, JobSnapshot Job)> _kept = new();
    private readonly Dictionary<string, JobSnapshot> _byId = [];

    /// <summary>Keeps a job.</summary>
    /// <param name="job">The job as it ended.</param>
    /// <param name="now">When, on any one clock that does not go back.</param>
    public void Add(JobSnapshot job, TimeSpan now)
    {
        _kept.AddLast((now, job));
        _byId[job.Id] = job;
        Forget(now);
    }

    /// <summary>A job that is kept; <c>null</c> when it is not.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="now">When, on the same clock.</param>
    public JobSnapshot? Find(string id, TimeSpan now)
    {
        Forget(now);
        return _byId.GetValueOrDefault(id);
    }

    /// <summary>The jobs that are kept, in the order they ended.</summary>
    /// <param name="now">When, on the same clock.</param>
    public IEnumerable<JobSnapshot> All(TimeSpan now)
    {
        Forget(now);
        return _kept.Select(kept => kept.Job);
    }

    private void Forget(TimeSpan now)
    {
        while (_kept.First is { } first && (_kept.Count > capacity || now - first.Value.EndedAt > age))
        {
            _kept.RemoveFirst();
            _byId.Remove(first.Value.Job.Id);
        }
    }
}
