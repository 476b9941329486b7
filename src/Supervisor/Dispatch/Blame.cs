using WorkerPool.Processes;

namespace WorkerPool.Supervisor.Dispatch;

/// <summary>
/// Who of a chunk is suspected of a worker's death: the item that its flight recorder shows as running, if it has no answer;
/// the first one, if it shows what comes before that. Every other item is innocent, also those that were finished but not
/// received. Pure.
/// </summary>
/// <param name="Chunk">The chunk.</param>
/// <param name="Running">What the worker was running of it; meaningless without a suspect.</param>
/// <param name="Suspect">The suspect, a chunk of one.</param>
/// <param name="Innocent">The rest of the unanswered items, in order.</param>
internal sealed record Blame(InFlightChunk Chunk, RunningItem Running, WorkChunk? Suspect, IReadOnlyList<WorkChunk> Innocent)
{
    /// <summary>Whether the death may have come of this chunk.</summary>
    public bool IsSuspected => Suspect is not null;

    /// <summary>Divides the unanswered items of a chunk whose worker has died.</summary>
    /// <param name="inFlight">The chunk.</param>
    /// <param name="running">What the worker was running.</param>
    public static Blame Of(InFlightChunk inFlight, IReadOnlyList<RunningItem> running)
    {
        var rest = inFlight.Unanswered;
        var item = running.FirstOrDefault(item => item.Lease == inFlight.Lease);
        var index = item.IsSetup ? rest.FirstIndex : item.Index;
        if (item.Lease != inFlight.Lease || index < rest.FirstIndex || index - rest.FirstIndex >= (ulong)rest.Items.Count)
        {
            return new Blame(inFlight, item, null, rest.Items.Count == 0 ? [] : [rest]);
        }

        var position = (int)(index - rest.FirstIndex);
        var innocent = new List<WorkChunk>(2);
        if (position > 0)
        {
            innocent.Add(rest.Part(0, position));
        }

        if (position + 1 < rest.Items.Count)
        {
            innocent.Add(rest.From(position + 1));
        }

        return new Blame(inFlight, item, rest.Part(position, 1), innocent);
    }
}
