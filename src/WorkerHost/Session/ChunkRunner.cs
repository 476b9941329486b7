using System.Diagnostics;
using WorkerPool.Processes;
using WorkerPool.V1;
using WorkerPool.Worker.V1;

namespace WorkerPool.WorkerHost.Session;

/// <summary>
/// A thread that runs items, one by one, chunk by chunk as they come: one of a worker's <see cref="Runners"/>. An item is in the
/// flight recorder from before its start until after its result is on its way.
/// </summary>
/// <param name="queue">What to run.</param>
/// <param name="preparation">Does what comes before the first item of a job.</param>
/// <param name="items">Runs an item.</param>
/// <param name="results">Takes the results, and what else is to be sent.</param>
/// <param name="open">This runner's results in there.</param>
/// <param name="record">Where the running item is noted.</param>
/// <param name="time">The clock.</param>
internal sealed class ChunkRunner(
    ChunkQueue queue, Preparation preparation, ItemRunner items, ResultBuffer results, RunnerResults open, RunnerRecord record,
    TimeProvider time)
{
    private readonly ItemClock _clock = new(time);

    /// <summary>Runs chunks on the calling thread until there will be none.</summary>
    public void Run()
    {
        while (queue.Take() is { } chunk)
        {
            using var span = WorkerTraces.StartChunk(chunk);
            RunChunk(chunk, span);
        }
    }

    private void RunChunk(QueuedChunk chunk, Activity? span)
    {
        record.NoteJob(chunk.Job.Number);
        open.MayWait = chunk.Job.ResultsWait;
        if (chunk.Job.NeedsPreparation)
        {
            lock (chunk.Job.PreparationGate)
            {
                if (chunk.Job.NeedsPreparation && queue.TryBeginPreparation(chunk))
                {
                    var began = time.GetTimestamp();
                    Prepare(chunk);
                    results.NotePreparation(open, chunk.Lease, time.GetTimestamp() - began);
                    queue.EndPreparation(chunk);
                }
            }
        }

        if (chunk.Job.IsRefused)
        {
            // The Supervisor knows; what it has sent meanwhile goes back.
            queue.Cancel(chunk.Job.Number);
        }

        var position = 0;
        _clock.Begin(chunk.Job);
        foreach (var segment in chunk.Segments)
        {
            foreach (var content in segment)
            {
                // Before the item, so that a Supervisor that does not read is not taken for an item that hangs.
                if (results.WaitForRoom())
                {
                    _clock.Restart();
                }

                if (!queue.TryStartItem(chunk))
                {
                    End(chunk);
                    return;
                }

                var index = chunk.FirstIndex + (ulong)position++;
                record.Begin(chunk.Lease, index, _clock.Now);
                if (span is not null)
                {
                    // Each item begins in the span of its chunk, whatever the one before has left as the current one.
                    Activity.Current = span;
                }

                var error = chunk.Job.Refusal is { } refusal ? refusal.Clone() : items.Run(chunk, index, content, _clock.Now);
                var isLast = position == chunk.Count;

                // Where the results before it have been taken away, it has kept them waiting.
                var busy = _clock.EndItem(isLast || !open.HasOpen);
                if (error is not null)
                {
                    Complete(error, chunk, index);
                    WorkerTraces.NoteError(span, error);
                }

                var value = error is null ? items.Value : [];
                open.Add(chunk.Lease, value, error, busy, _clock.Now, isLast);
                record.End();
            }
        }

        End(chunk);
    }

    private void Prepare(QueuedChunk chunk)
    {
        var job = chunk.Job;
        record.Begin(chunk.Lease, RunningItem.ConstructorIndex, time.GetTimestamp());
        var refused = preparation.MakeObject(chunk);
        if (refused is null)
        {
            record.Begin(chunk.Lease, RunningItem.SetupIndex, time.GetTimestamp());
            refused = preparation.Prepare(chunk);
        }

        if (refused is not null)
        {
            job.IsRefused = true;
            results.Send(new SessionResponse { Refused = refused });
        }

        job.NeedsPreparation = false;
        record.End();
    }

    private void End(QueuedChunk chunk)
    {
        items.EndChunk();
        queue.Finish(chunk);
        results.EndChunk(open, _clock.Now, isIdle: !queue.HasWaiting);
    }

    private static void Complete(ItemError error, QueuedChunk chunk, ulong index)
    {
        error.Index = index;
        error.Attempts = chunk.Attempt;
    }
}
