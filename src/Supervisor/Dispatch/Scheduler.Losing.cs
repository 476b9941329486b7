using WorkerPool.Processes;
using WorkerPool.Supervisor.Workers;

namespace WorkerPool.Supervisor.Dispatch;

/// <summary>What becomes of the chunks of a worker that is lost: who is charged, and who goes back.</summary>
internal sealed partial class Scheduler
{
    /// <summary>A worker is dead and all that it sent has been taken.</summary>
    /// <param name="worker">The worker.</param>
    /// <param name="certificate">What is known of its death.</param>
    /// <param name="running">The item it was running, if any.</param>
    public void WorkerLost(IWorker worker, DeathCertificate certificate, RunningItem? running)
    {
        if (_workers.Remove(worker) is not { } load)
        {
            return;
        }

        _measurements.WorkerLost(load);
        var lost = load.InFlight.Where(chunk => _open.Contains(chunk.Chunk.Source)).OrderBy(chunk => chunk.Lease).ToList();
        foreach (var source in lost.Select(chunk => chunk.Chunk.Source).Distinct())
        {
            source.WorkerLost();
        }

        // A worker that lives on after its session ran into that through an item that has ended since: one of the first chunk.
        if (certificate.HasLostSession && running is null && lost is [var first, ..])
        {
            Suspect(first.Unanswered, worker, certificate);
            lost.RemoveAt(0);
        }

        foreach (var inFlight in lost)
        {
            var blame = Blame.Of(inFlight, running);
            foreach (var innocent in blame.Innocent)
            {
                Return(innocent);
            }

            if (blame.Suspect is not { } suspect)
            {
                continue;
            }

            var timedOut = inFlight.TimedOutIndex == suspect.FirstIndex;
            if (load.IsKilledForItem && !timedOut)
            {
                // It began after the item that the kill was for had ended at last.
                Return(suspect);
            }
            else
            {
                Charge(suspect, worker, certificate, timedOut);
            }
        }

        if (running is { IsSetup: true } setup && lost.Find(chunk => chunk.Lease == setup.Lease) is { } unprepared)
        {
            SetupLost(load, unprepared, setup, worker, certificate);
        }
    }

    // A worker died over what comes before the first item of a job: no item is charged, but the job is.
    private void SetupLost(WorkerLoad load, InFlightChunk chunk, RunningItem setup, IWorker worker, DeathCertificate certificate)
    {
        var source = chunk.Chunk.Source;
        var timedOut = chunk.TimedOutIndex is RunningItem.SetupIndex or RunningItem.ConstructorIndex;
        if (load.IsKilledForItem && !timedOut)
        {
            return;
        }

        var crashes = _setupCrashes[source] = _setupCrashes.GetValueOrDefault(source) + 1;
        if (timedOut || crashes >= reruns.MaxCrashes)
        {
            var name = $"{worker.Identity.Name} (incarnation {worker.Identity.Incarnation})";
            var (reason, message) = SetupErrors.Of(source.WorkOrder, setup, name, certificate, timedOut, crashes);
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
        if (_workers.Find(load.Worker) == load && load.InFlight.Any(chunk => chunk.Chunk.Source == source))
        {
            load.IsKilledForItem = true;
            load.Worker.KillStuck($"an item of a job that is over did not yield within {cancellationGrace.TotalSeconds} s");
        }
    }
}
