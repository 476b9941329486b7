using System.Diagnostics.CodeAnalysis;

namespace WorkerPool.Supervisor.Dispatch;

/// <summary>
/// Whose turn it is among the jobs of several callers: first that of a caller, by the worker time of all its jobs over the caller's
/// weight, then that of one of its jobs, by their weights. So many jobs get a caller no more than one. A job of nobody in particular
/// stands for itself. Pure; one thread.
/// </summary>
internal sealed class FairShares
{
    private readonly FairQueue<Share> _shares = new();
    private readonly Dictionary<string, Share> _byCaller = new(StringComparer.Ordinal);
    private readonly Dictionary<IWorkSource, Share> _byJob = [];

    /// <summary>The jobs.</summary>
    public IReadOnlyCollection<IWorkSource> Members => _byJob.Keys;

    /// <summary>Whether nobody waits for a turn.</summary>
    public bool IsEmpty => _shares.IsEmpty;

    /// <summary>Adds a job that does not wait yet.</summary>
    /// <param name="job">The job.</param>
    /// <param name="weight">Its share in proportion to others of its caller. Range: above zero.</param>
    /// <param name="caller">Whose it is; <c>null</c>: nobody's in particular.</param>
    public void Add(IWorkSource job, double weight, CallerShare? caller)
    {
        if (caller is null)
        {
            var own = new Share("");
            _shares.Add(own, weight);
            own.Jobs.Add(job);
            _byJob.Add(job, own);
            return;
        }

        if (!_byCaller.TryGetValue(caller.Name, out var share))
        {
            // The weight stays until none of its jobs is left.
            _byCaller.Add(caller.Name, share = new Share(caller.Name));
            _shares.Add(share, caller.Weight);
        }

        share.Jobs.Add(job, weight);
        _byJob.Add(job, share);
    }

    /// <summary>Removes a job, waiting or not.</summary>
    /// <param name="job">The job.</param>
    public void Remove(IWorkSource job)
    {
        if (!_byJob.Remove(job, out var share))
        {
            return;
        }

        share.Jobs.Remove(job);
        if (share.Jobs.Members.Count == 0)
        {
            _shares.Remove(share);
            _byCaller.Remove(share.Caller);
        }
    }

    /// <summary>Makes a job wait for a turn, if it does not wait already.</summary>
    /// <param name="job">The job.</param>
    public void Wait(IWorkSource job)
    {
        if (_byJob.TryGetValue(job, out var share))
        {
            share.Jobs.Wait(job);
            _shares.Wait(share);
        }
    }

    /// <summary>Takes note of worker time that a job used; a negative charge corrects an earlier one.</summary>
    /// <param name="job">The job.</param>
    /// <param name="workerTime">Worker time, in any one unit.</param>
    public void Charge(IWorkSource job, double workerTime)
    {
        if (_byJob.TryGetValue(job, out var share))
        {
            share.Jobs.Charge(job, workerTime);
            _shares.Charge(share, workerTime);
        }
    }

    /// <summary>Takes the job whose turn it is. It waits again when <see cref="Wait"/> is called for it.</summary>
    /// <param name="job">The job.</param>
    public bool TryNext([NotNullWhen(true)] out IWorkSource? job)
    {
        while (_shares.TryNext(out var share))
        {
            if (share.Jobs.TryNext(out job))
            {
                if (!share.Jobs.IsEmpty)
                {
                    _shares.Wait(share);
                }

                return true;
            }
        }

        job = null;
        return false;
    }

    private sealed class Share(string caller)
    {
        public string Caller => caller;

        public FairQueue<IWorkSource> Jobs { get; } = new();
    }
}

/// <summary>What a caller gets of a pool.</summary>
/// <param name="Name">The caller.</param>
/// <param name="Weight">Its share of worker time in proportion to other callers'. Range: above zero.</param>
internal sealed record CallerShare(string Name, double Weight);
