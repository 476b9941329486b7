using WorkerPool.Client;

namespace WorkerPool.Chaos;

/// <summary>Strikes at random times, by its seed, until it is told to stop.</summary>
/// <param name="supervisor">Whom.</param>
/// <param name="network">What the clients' connections lead through.</param>
/// <param name="options">With what.</param>
/// <param name="report">Takes counts.</param>
internal sealed class Striker(ChaosSupervisor supervisor, FaultyProxy network, ChaosOptions options, ChaosReport report)
{
    private static readonly TimeSpan ShortestPause = TimeSpan.FromMilliseconds(150);
    private static readonly TimeSpan PauseSpread = TimeSpan.FromMilliseconds(700);
    private static readonly TimeSpan ShortStop = TimeSpan.FromMilliseconds(300);

    // A Supervisor that starts again takes as long as many strikes.
    private const double SupervisorShare = 0.15;
    private const double NetworkShare = 0.25;
    private const double ContinuedShare = 0.5;
    private const double CutShare = 0.5;

    private readonly Random _chance = new(options.Seed);

    /// <summary>Strikes.</summary>
    /// <param name="stop">Ends it.</param>
    public async Task RunAsync(CancellationToken stop)
    {
        var ofWorkers = options.Faults.Where(fault => fault is ChaosFault.Kill or ChaosFault.Stop).Order().ToList();
        var pool = Pool.Connect(supervisor.Address);
        await using (pool)
        {
            while (!stop.IsCancellationRequested)
            {
                await WaitAsync(ShortestPause + (PauseSpread * _chance.NextDouble()), stop);
                if (stop.IsCancellationRequested)
                {
                    return;
                }

                if (options.Faults.Contains(ChaosFault.Supervisor) && _chance.NextDouble() < SupervisorShare)
                {
                    await supervisor.ReplaceAsync();
                    report.Count("strikes: Supervisor killed and started");
                }
                else if (options.Faults.Contains(ChaosFault.Net) && _chance.NextDouble() < NetworkShare)
                {
                    await StrikeNetworkAsync(stop);
                }
                else if (ofWorkers.Count > 0)
                {
                    await StrikeWorkerAsync(pool, ofWorkers[_chance.Next(ofWorkers.Count)], stop);
                }
            }
        }
    }

    private async Task StrikeWorkerAsync(Pool pool, ChaosFault fault, CancellationToken stop)
    {
        var place = _chance.NextDouble();
        var isContinued = _chance.NextDouble() < ContinuedShare;
        IReadOnlyList<WorkerStatus> workers;
        try
        {
            workers = await supervisor.WorkersAsync(pool, stop);
        }
        catch (Exception error) when (error is OperationCanceledException or WorkerPoolException)
        {
            return;
        }

        if (workers.Count == 0)
        {
            return;
        }

        var victim = workers[(int)(place * workers.Count)];
        var signal = fault == ChaosFault.Kill ? ProcessSignals.Kill : ProcessSignals.Stop;
        if (!TrySend(victim, signal))
        {
            return;
        }

        var state = victim.State == WorkerState.Busy ? "busy" : "idle";
        report.Count(fault == ChaosFault.Kill ? $"strikes: {state} worker killed" : $"strikes: {state} worker stopped");
        if (fault == ChaosFault.Stop && isContinued)
        {
            await WaitAsync(ShortStop, stop);
            if (TrySend(victim, ProcessSignals.Continue))
            {
                report.Count("strikes: stopped worker continued");
            }
        }
    }

    private async Task StrikeNetworkAsync(CancellationToken stop)
    {
        if (_chance.NextDouble() < CutShare)
        {
            network.CutAll();
            report.Count("strikes: connections cut");
            return;
        }

        // Those that are not let go of are found by their silence.
        var isReleased = _chance.NextDouble() < ContinuedShare;
        network.StallAll();
        report.Count("strikes: connections stalled");
        if (isReleased)
        {
            await WaitAsync(ShortStop, stop);
            network.ReleaseAll();
            report.Count("strikes: stalled connections released");
        }
    }

    private static bool TrySend(WorkerStatus worker, int signal)
    {
        try
        {
            ProcessSignals.Send(worker.ProcessId!.Value, signal);
            return true;
        }
        catch (InvalidOperationException)
        {
            // It has died meanwhile.
            return false;
        }
    }

    private static async Task WaitAsync(TimeSpan time, CancellationToken stop)
    {
        try
        {
            await Task.Delay(time, TimeProvider.System, stop);
        }
        catch (OperationCanceledException)
        {
            // Over.
        }
    }
}
