using System.Diagnostics.Metrics;
using WorkerPool.Supervisor.Workers;

namespace WorkerPool.Supervisor.Diagnostics;

/// <summary>The slots by the state of their worker, as a measurement.</summary>
internal static class WorkerStates
{
    private static readonly (SlotState State, string Name)[] Others =
    [
        (SlotState.Vacant, "vacant"), (SlotState.Starting, "starting"), (SlotState.BackingOff, "backing_off"),
        (SlotState.Stopping, "stopping"), (SlotState.Stopped, "stopped"),
    ];

    /// <summary>Counts them. Every state is named, also those that no slot is in.</summary>
    /// <param name="slots">The slots.</param>
    /// <param name="busyCount">Workers that have items, as last published.</param>
    public static IEnumerable<Measurement<long>> Count(IReadOnlyList<SlotSnapshot> slots, int busyCount)
    {
        var ready = slots.Count(slot => slot.State == SlotState.Ready);
        var busy = Math.Min(busyCount, ready);
        yield return Of(ready - busy, "idle");
        yield return Of(busy, "busy");
        foreach (var (state, name) in Others)
        {
            yield return Of(slots.Count(slot => slot.State == state), name);
        }

        static Measurement<long> Of(int count, string state) => new(count, new KeyValuePair<string, object?>("state", state));
    }
}
