using System.Diagnostics.CodeAnalysis;

namespace WorkerPool.Supervisor.Dispatch;

/// <summary>Items that wait to be tried again, each a chunk of one. Pure; one thread.</summary>
internal sealed class RerunQueue
{
    private readonly LinkedList<WorkChunk> _waiting = new();

    /// <summary>Whether nothing waits.</summary>
    public bool IsEmpty => _waiting.Count == 0;

    /// <summary>Adds an item.</summary>
    /// <param name="chunk">The item.</param>
    public void Add(WorkChunk chunk) => _waiting.AddLast(chunk);

    /// <summary>Whether an item of any of some jobs waits.</summary>
    /// <param name="isWanted">Which jobs.</param>
    public bool Has(Func<IWorkSource, bool> isWanted) => _waiting.Any(chunk => isWanted(chunk.Source));

    /// <summary>Whether an item waits that must run alone.</summary>
    public bool HasAlone => _waiting.Any(chunk => chunk.Alone);

    /// <summary>Drops the items of a job; their reruns are cancelled.</summary>
    /// <param name="source">The job.</param>
    public void Remove(IWorkSource source)
    {
        for (var node = _waiting.First; node is not null;)
        {
            var next = node.Next;
            if (node.Value.Source == source)
            {
                _waiting.Remove(node);
                node.Value.Rerun?.Outcome.TrySetCanceled();
            }

            node = next;
        }
    }

    /// <summary>Takes the next item for a worker.</summary>
    /// <param name="load">What the worker has: only if nothing may it get one that must run alone.</param>
    /// <param name="mayHave">Whether the worker may have items of a job.</param>
    /// <param name="chunk">The item.</param>
    public bool TryTake(WorkerLoad load, Func<IWorkSource, bool> mayHave, [NotNullWhen(true)] out WorkChunk? chunk)
    {
        for (var node = _waiting.First; node is not null; node = node.Next)
        {
            var isFit = node.Value.Alone ? load.IsIdle : load.IsFree || WorkerLoad.MayQueue(node.Value.Source);
            if (isFit && mayHave(node.Value.Source))
            {
                _waiting.Remove(node);
                chunk = node.Value;
                return true;
            }
        }

        chunk = null;
        return false;
    }
}
