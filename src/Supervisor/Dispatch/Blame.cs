using WorkerPool.Processes;

namespace WorkerPool.Supervisor.Dispatch;

/// <summary>
/// Who is suspected of a worker's death: the item that its flight recorder shows as running, if it has no answer.
/// Every other item is innocent, also those that were finished but not received. Pure.
/// </summary>
/// <param name="Suspect">The suspect, a chunk of one.</param>
/// <param name="Innocent">The rest of the unanswered items, in order.</param>
internal sealed record Blame(WorkChunk? Suspect, IReadOnlyList<WorkChunk> Innocent)
{
    /// <summary>Divides the unanswered items of a chunk whose worker has died.</summary>
    /// <param name="inFlight">The chunk.</param>
    /// <param name="running">What the worker was running.</param>
    public static Blame Of(InFlightChunk inFlight, RunningItem? running)
    {
        var rest = inFlight.Unanswered;
        if (running is not { } item
            || item.Lease != inFlight.Lease
            || item.Index < rest.FirstIndex
            || item.Index - rest.FirstIndex >= (ulong)rest.Items.Count)
        {
            return new Blame(null, rest.Items.Count == 0 ? [] : [rest]);
        }

        var position = (int)(item.Index - rest.FirstIndex);
        var innocent = new List<WorkChunk>(2);
        if (position > 0)
        {
            innocent.Add(rest.Part(0, position));
        }

        if (position + 1 < rest.Items.Count)
        {
            innocent.Add(rest.From(position + 1));
        }

        return new Blame(rest.Part(position, 1), innocent);
    }
}
