using WorkerPool.Processes;
using WorkerPool.V1;
using WorkerPool.Worker.V1;

namespace WorkerPool.WorkerHost.Session;

/// <summary>
/// The thread that runs items, one by one, in the order they came. An item is in the flight recorder from before its
/// start until after its result is on its way.
/// </summary>
/// <param name="queue">What to run.</param>
/// <param name="preparation">Does what comes before the first item of a job.</param>
/// <param name="items">Runs an item.</param>
/// <param name="results">Takes the results.</param>
/// <param name="recorder">Where the running item is noted.</param>
/// <param name="time">The clock.</param>
internal sealed class ChunkRunner(
    ChunkQueue queue, Preparation preparation, ItemRunner items, ResultBuffer results, FlightRecorder recorder, TimeProvider time)
{
    /// <summary>Starts the thread. When the queue ends, or the runner itself fails, the results are complete.</summary>
    /// <param name="workerName">Name of its worker, for debuggers.</param>
    /// <param name="contexts">The contexts of what it runs.</param>
    /// <param name="initialize">Run first, on the thread.</param>
    /// <returns>Completes when the thread has done its last, notes in the recorder included.</returns>
    public Task Start(string workerName, ItemContexts contexts, Action initialize)
    {
        var ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        new Thread(() =>
        {
            WorkerContext.Enter(contexts);
            recorder.NoteRunner();
            initialize();
            Run();
            ended.SetResult();
        })
        { IsBackground = true, Name = $"{workerName} runner" }.Start();
        return ended.Task;
    }

    private void Run()
    {
        try
        {
            while (queue.Take() is { } chunk)
            {
                RunChunk(chunk);
            }

            // While the session is open: what is printed at the end is the worker's.
            preparation.End();
            results.Complete();
        }
        catch (Exception error)
        {
            results.Complete(error);
        }
    }

    private void RunChunk(QueuedChunk chunk)
    {
        if (chunk.Job.NeedsPreparation && queue.TryBeginPreparation(chunk))
        {
            Prepare(chunk);
            queue.EndPreparation(chunk);
        }

        if (chunk.Job.IsRefused)
        {
            // The Supervisor knows; what it has sent meanwhile goes back.
            queue.Cancel(chunk.Job.Number);
        }

        var position = 0;
        var started = time.GetTimestamp();
        foreach (var segment in chunk.Segments)
        {
            foreach (var content in segment)
            {
                // Before the item, so that a Supervisor that does not read is not taken for an item that hangs.
                if (results.WaitForRoom())
                {
                    started = time.GetTimestamp();
                }

                if (!queue.TryStartItem(chunk))
                {
                    End(chunk, started);
                    return;
                }

                var index = chunk.FirstIndex + (ulong)position++;
                recorder.Begin(chunk.Lease, index, started);
                var error = chunk.Job.Refusal is { } refusal ? refusal.Clone() : items.Run(chunk, index, content, started);
                var ended = time.GetTimestamp();
                if (error is not null)
                {
                    Complete(error, chunk, index);
                }

                var value = error is null ? items.Value : [];
                results.Add(chunk.Lease, value, error, ended - started, ended, position == chunk.Count);
                recorder.End();
                started = ended;
            }
        }

        End(chunk, started);
    }

    private void Prepare(QueuedChunk chunk)
    {
        var job = chunk.Job;
        recorder.Begin(chunk.Lease, RunningItem.ConstructorIndex, time.GetTimestamp());
        var refused = preparation.MakeObject(chunk);
        if (refused is null)
        {
            recorder.Begin(chunk.Lease, RunningItem.SetupIndex, time.GetTimestamp());
            refused = preparation.Prepare(chunk);
        }

        if (refused is not null)
        {
            job.IsRefused = true;
            results.Send(new SessionResponse { Refused = refused });
        }

        job.NeedsPreparation = false;
        recorder.End();
    }

    private void End(QueuedChunk chunk, long now)
    {
        queue.Finish(chunk);
        results.EndChunk(now, isIdle: !queue.HasWaiting);
    }

    private static void Complete(ItemError error, QueuedChunk chunk, ulong index)
    {
        error.Index = index;
        error.Attempts = chunk.Attempt;
    }
}
