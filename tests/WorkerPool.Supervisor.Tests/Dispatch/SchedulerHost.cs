using Microsoft.Extensions.Time.Testing;
using WorkerPool.Supervisor.Dispatch;
using WorkerPool.Supervisor.Jobs;
using WorkerPool.V1;

namespace WorkerPool.Supervisor.Tests.Dispatch;

/// <summary>Opens jobs on a scheduler that is turned by hand.</summary>
/// <param name="scheduler">The scheduler.</param>
internal sealed class SchedulerHost(Scheduler scheduler) : IJobHost
{
    private ulong _lastJob;

    public int RunnerCount => scheduler.RunnerCount;

    public Job Open(int chunkSize, bool isOrdered = true)
    {
        var spec = new JobSpec(new WorkOrder("f", Encoding.Json, Encoding.Json, null, 0, chunkSize), IsOrdered: isOrdered);
        var job = new Job(++_lastJob, spec, new JobLimits(100, 1000, 100), this, new FakeTimeProvider());
        scheduler.Add(job);
        return job;
    }

    public void Resume(WorkChunk item, SpentTries spent) => scheduler.Resume(item, spent);

    public void Wake(Job job) => scheduler.Wake(job);

    public void Remove(Job job) => scheduler.Remove(job);

    public void Ended(Job job)
    {
    }
}
