using WorkerPool.Supervisor.Dispatch;
using WorkerPool.Supervisor.Jobs;

namespace WorkerPool.Supervisor.Tests.Jobs;

/// <summary>Counts what a job tells.</summary>
internal sealed class FakeJobHost : IJobHost
{
    public int RunnerCount { get; set; } = 2;

    public int Wakes { get; set; }

    public int EndedCount { get; private set; }

    public bool IsRemoved { get; private set; }

    public List<Action> AfterTurns { get; } = [];

    public List<(WorkChunk Item, SpentTries Spent)> Resumed { get; } = [];

    public void Resume(WorkChunk item, SpentTries spent) => Resumed.Add((item, spent));

    public void Wake(Job job) => Wakes++;

    public void Remove(Job job) => IsRemoved = true;

    public void Ended(Job job) => EndedCount++;

    public void AfterTurn(Action action) => AfterTurns.Add(action);
}
