using WorkerPool.Processes;
using WorkerPool.Supervisor.Workers;

namespace WorkerPool.Supervisor.Dispatch;

/// <summary>What becomes of the chunks of a worker that is lost: who is charged, and who goes back.</summary>
internal sealed partial class Scheduler
{
    /// <summary>A worker is dead and all that it sent has been taken.</summary>
    /// <param name="worker">The worker.</param>
    /// <param name="certificate">What is known of its death.</param>
    /// <param name="running">The items it was running.</param>
    public void WorkerLost(IWorker worker, DeathCertificate certificate, IReadOnlyList<RunningItem> running)
    {
        if (_workers.Remove(worker) is not { } load)
        {
            return;
        }

        _chunks -= load.InFlightChunks;
        _quickChunks -= load.QuickChunks;
        _measurements.WorkerLost(load);
        foreach (var inFlight in load.InFlight)
        {
            // They may be on their way to it to this moment, whoever answers them.
            inFlight.Chunk.Items.Keep();
        }

        var blames = load.InFlight.OrderBy(chunk => chunk.Lease).Select(chunk => Blame.Of(chunk, running)).ToList();

        // Also those whose job is over may have done it.
        var isSole = blames.Count(blame => blame.IsSuspected) == 1;
        blames.RemoveAll(blame => !_open.Contains(blame.Chunk.Chunk.Source));
        foreach (var source in blames.Select(blame => blame.Chunk.Chunk.Source).Distinct())
        {
            source.WorkerLost();
        }

        // A worker that lives on after its session ran into that through an item that has ended since: one of the first chunks.
        if (certificate.HasLostSession && running.Count == 0)
        {
            foreach (var first in blames.Take(load.Concurrency))
            {
                Suspect(first.Chunk.Unanswered, worker, certificate);
            }

            blames.RemoveRange(0, Math.Min(load.Concurrency, blames.Count));
        }

        foreach (var blame in blames)
        {
            foreach (var innocent in blame.Innocent)
            {
                Return(innocent);
            }

            if (blame.Suspect is { } suspect)
            {
                Judge(blame, suspect, load, certificate, isSole);
            }
        }
    }

    private void Judge(Blame blame, WorkChunk suspect, WorkerLoad load, DeathCertificate certificate, bool isSole)
    {
        var timedOut = blame.Chunk.TimedOutIndex is { } index && index == blame.Running.Index;
        if (load.IsKilledForItem && !timedOut)
        {
            // It ran beside the item that the kill was for, or began after that had ended at last.
            Return(suspect);
        }
        else if (blame.Running.IsSetup && (isSole || timedOut))
        {
            Return(suspect);
            SetupLost(blame, load.Worker, certificate, timedOut);
        }
        else if (isSole || timedOut)
        {
            Charge(suspect, load.Worker, certificate, timedOut);
        }
        else
        {
            Suspect(suspect, load.Worker, certificate);
        }
    }

    // A worker died over what comes before the first item of a job: no item is charged, but the job is.
    private void SetupLost(Blame blame, IWorker worker, DeathCertificate certificate, bool timedOut)
    {
        var source = blame.Chunk.Chunk.Source;
        var crashes = _setupCrashes[source] = _setupCrashes.GetValueOrDefault(source) + 1;
        if (timedOut || crashes >= reruns.MaxCrashes)
        {
            var name = $"{worker.Identity.Name} (incarnation {worker.Identity.Incarnation})";
            var (reason, message) = SetupErrors.Of(source.WorkOrder, blame.Running, name, certificate, timedOut, crashes);
            source.Fail(reason, message);
        }
    }

    // Whoever was alone on its worker is known.
    private void Suspect(WorkChunk chunk, IWorker worker, DeathCertificate certificate)
    {
        if (chunk.Rerun is { Alone: true })
        {
            Charge(chunk, worker, certificate, timedOut: false);
            return;
        }

        for (var position = 0; position < chunk.Items.Count; position++)
        {
            _reruns.Failed(chunk.Part(position, 1), new TryOutcome.Suspicion());
        }
    }

    private void Charge(WorkChunk suspect, IWorker worker, DeathCertificate certificate, bool timedOut)
    {
        TryOutcome outcome = timedOut
            ? new TryOutcome.Failure(ItemErrors.Timeout(suspect, cancellationGrace, certificate.Stack))
            : new TryOutcome.Crash($"{worker.Identity.Name} (incarnation {worker.Identity.Incarnation})", certificate);
        _reruns.Failed(suspect, outcome);
    }

    private void KillIfNotYielded(WorkerLoad load, IWorkSource source)
    {
        if (_workers.Find(load.Worker) == load
            && load.InFlight.Where(chunk => chunk.Chunk.Source == source).MinBy(chunk => chunk.Lease) is { } stuck)
        {
            load.IsKilledForItem = true;
            load.Worker.KillStuck($"an item of a job that is over did not yield within {cancellationGrace.TotalSeconds} s", stuck.Lease);
        }
    }
}
