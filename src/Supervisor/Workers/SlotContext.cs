using WorkerPool.Supervisor.Configuration;
using WorkerPool.Supervisor.Diagnostics;
using WorkerPool.Supervisor.Launching;

namespace WorkerPool.Supervisor.Workers;

/// <summary>What the slots of a pool share.</summary>
/// <param name="Launcher">Where workers come from.</param>
/// <param name="Spares">Workers that stand ready.</param>
/// <param name="Observer">Who hears of workers.</param>
/// <param name="Availability">Whether the pool can take jobs.</param>
/// <param name="Options">How the pool is made.</param>
/// <param name="Events">Takes note of what happens.</param>
/// <param name="Measurements">Hears of starts and ends.</param>
/// <param name="Time">The clock.</param>
/// <param name="Log">The log.</param>
/// <param name="FirstStarts">Slots whose workers start before it has been seen whether one can. Range: 1 and up.</param>
internal sealed record SlotContext(
    IWorkerLauncher Launcher,
    SpareWorkers Spares,
    IWorkerObserver Observer,
    Availability Availability,
    PoolOptions Options,
    EventLog Events,
    IPoolMeasurements Measurements,
    TimeProvider Time,
    ILogger<WorkerSlot> Log,
    int FirstStarts);
