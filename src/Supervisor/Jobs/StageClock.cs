namespace WorkerPool.Supervisor.Jobs;

/// <summary>
/// Adds up how long a job is at each stage. The clock is read where the stage changes: at most a few times a chunk. One
/// thread.
/// </summary>
internal sealed class StageClock
{
    private readonly TimeProvider _time;
    private readonly long _startedAt;
    private readonly long[] _sums = new long[Enum.GetValues<JobStage>().Length];
    private JobStage _stage = JobStage.AwaitingItems;
    private long _since;
    private bool _isStopped;

    /// <summary>A clock that runs, at <see cref="JobStage.AwaitingItems"/>.</summary>
    /// <param name="time">Where the time comes from.</param>
    public StageClock(TimeProvider time)
    {
        _time = time;
        _startedAt = _since = time.GetTimestamp();
    }

    /// <summary>The stage that the job is at, or was at last.</summary>
    public JobStage Stage => _stage;

    /// <summary>How long it has been at that stage, or was.</summary>
    public TimeSpan StageFor => _time.GetElapsedTime(_since, Now);

    /// <summary>From its start until now, or until it was stopped.</summary>
    public TimeSpan Elapsed => _time.GetElapsedTime(_startedAt, Now);

    private long Now => _isStopped ? _since : _time.GetTimestamp();

    /// <summary>The job is at a stage from now on.</summary>
    /// <param name="stage">The stage; the one it is at changes nothing.</param>
    public void Enter(JobStage stage)
    {
        if (stage != _stage && !_isStopped)
        {
            Settle();
            _stage = stage;
        }
    }

    /// <summary>The job is over.</summary>
    public void Stop()
    {
        if (!_isStopped)
        {
            Settle();
            _isStopped = true;
        }
    }

    /// <summary>The times so far.</summary>
    /// <returns>They, and <see cref="Elapsed"/> at the same moment.</returns>
    public (JobTimes Times, TimeSpan Elapsed) Read()
    {
        var now = Now;
        return (
            new JobTimes(
                Of(JobStage.AwaitingItems), Of(JobStage.AwaitingWorkers), Of(JobStage.Running), Of(JobStage.AwaitingReader)),
            _time.GetElapsedTime(_startedAt, now));

        TimeSpan Of(JobStage stage) =>
            _time.GetElapsedTime(0, _sums[(int)stage] + (stage == _stage ? now - _since : 0));
    }

    private void Settle()
    {
        var now = _time.GetTimestamp();
        _sums[(int)_stage] += now - _since;
        _since = now;
    }
}
