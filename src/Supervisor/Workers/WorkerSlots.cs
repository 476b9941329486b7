using WorkerPool.Supervisor.Configuration;
using WorkerPool.Supervisor.Launching;

namespace WorkerPool.Supervisor.Workers;

/// <summary>The slots of a pool.</summary>
internal sealed class WorkerSlots
{
    private readonly IReadOnlyList<WorkerSlot> _slots;

    /// <summary>Makes the slots; each launches its worker at once.</summary>
    public WorkerSlots(
        int count,
        IWorkerLauncher launcher,
        IWorkerObserver observer,
        Availability availability,
        PoolOptions options,
        TimeProvider time,
        ILogger<WorkerSlot> log) =>
        _slots =
        [
            .. Enumerable.Range(1, count)
                .Select(number => new WorkerSlot(number, launcher, observer, availability, options, time, log)),
        ];

    /// <summary>How many there are.</summary>
    public int Count => _slots.Count;

    /// <summary>Ends all slots and waits for the end of their workers.</summary>
    /// <param name="grace">How long a worker may take.</param>
    public Task StopAsync(TimeSpan grace) => Task.WhenAll(_slots.Select(slot => slot.StopAsync(grace)));
}
