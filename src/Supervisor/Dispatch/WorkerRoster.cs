using WorkerPool.Supervisor.Workers;

namespace WorkerPool.Supervisor.Dispatch;

/// <summary>The workers that are up, and those of them that want work, in the order they came to want it. Pure; one thread.</summary>
internal sealed class WorkerRoster
{
    private readonly Dictionary<IWorker, WorkerLoad> _loads = [];
    private readonly Queue<WorkerLoad> _free = new();
    private readonly Queue<WorkerLoad> _hungry = new();

    /// <summary>Workers that are up.</summary>
    public int Count => _loads.Count;

    /// <summary>What they have.</summary>
    public Dictionary<IWorker, WorkerLoad>.ValueCollection Loads => _loads.Values;

    /// <summary>How many stand in the queue of those with a free runner; some may have none any more.</summary>
    public int FreeCount => _free.Count;

    /// <summary>How many stand in the queue of those that have work and would take more; some may not want it any more.</summary>
    public int HungryCount => _hungry.Count;

    /// <summary>Adds a worker that wants work.</summary>
    /// <param name="load">What it has: nothing.</param>
    public void Add(WorkerLoad load)
    {
        _loads.Add(load.Worker, load);
        Enlist(load);
    }

    /// <summary>Removes a worker.</summary>
    /// <param name="worker">The worker.</param>
    /// <returns>What it had; <c>null</c> when it is not here.</returns>
    public WorkerLoad? Remove(IWorker worker) => _loads.Remove(worker, out var load) ? load : null;

    /// <summary>What a worker has; <c>null</c> when it is not here.</summary>
    /// <param name="worker">The worker.</param>
    public WorkerLoad? Find(IWorker worker) => _loads.GetValueOrDefault(worker);

    /// <summary>Puts a worker into the queue it belongs in, if it wants work.</summary>
    /// <param name="load">What it has.</param>
    /// <remarks>
    /// A worker that stood among the hungry and has a runner free stands in both queues until its turn: were it only
    /// among the hungry, nobody would give it work before something else happens.
    /// </remarks>
    public void Enlist(WorkerLoad load)
    {
        if (Find(load.Worker) != load)
        {
            return;
        }

        if (load.IsFree && !load.IsInFreeQueue)
        {
            load.IsInFreeQueue = true;
            _free.Enqueue(load);
        }
        else if (load.IsHungry && !load.IsInHungryQueue)
        {
            load.IsInHungryQueue = true;
            _hungry.Enqueue(load);
        }
    }

    /// <summary>Takes the next worker with a runner that has nothing to do; <c>null</c> when there is none.</summary>
    public WorkerLoad? NextFree()
    {
        while (_free.TryDequeue(out var load))
        {
            load.IsInFreeQueue = false;
            if (Find(load.Worker) != load)
            {
                continue;
            }

            if (load.IsFree)
            {
                return load;
            }

            Enlist(load);
        }

        return null;
    }

    /// <summary>Takes the next worker that has work and may want more; <c>null</c> when there is none.</summary>
    public WorkerLoad? NextHungry()
    {
        while (_hungry.TryDequeue(out var load))
        {
            load.IsInHungryQueue = false;
            if (Find(load.Worker) == load)
            {
                return load;
            }
        }

        return null;
    }
}
