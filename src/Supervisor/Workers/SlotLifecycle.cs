namespace WorkerPool.Supervisor.Workers;

/// <summary>Where a slot is in its life.</summary>
public enum SlotState
{
    /// <summary>No worker, none asked for yet.</summary>
    Vacant,

    /// <summary>A worker is being launched and introduced.</summary>
    Starting,

    /// <summary>A worker takes chunks.</summary>
    Ready,

    /// <summary>The last start failed; the next waits.</summary>
    BackingOff,

    /// <summary>A worker has been asked to end.</summary>
    Stopping,

    /// <summary>No worker, and none will come.</summary>
    Stopped,
}

/// <summary>What happens to a slot.</summary>
public enum SlotEvent
{
    /// <summary>A worker is to be launched.</summary>
    Launch,

    /// <summary>The worker said hello.</summary>
    Started,

    /// <summary>The worker could not be started, or died as soon as it was.</summary>
    StartFailed,

    /// <summary>The worker died.</summary>
    Died,

    /// <summary>The slot is to end.</summary>
    Stop,
}

/// <summary>The lifecycle of a slot: a pure table.</summary>
public static class SlotLifecycle
{
    /// <summary>The state after an event.</summary>
    /// <param name="state">The state before.</param>
    /// <param name="slotEvent">The event.</param>
    /// <exception cref="InvalidOperationException">The event cannot happen in that state.</exception>
    public static SlotState Next(SlotState state, SlotEvent slotEvent) => (state, slotEvent) switch
    {
        (SlotState.Vacant or SlotState.BackingOff, SlotEvent.Launch) => SlotState.Starting,
        (SlotState.Starting, SlotEvent.Started) => SlotState.Ready,
        (SlotState.Starting or SlotState.Vacant, SlotEvent.StartFailed) => SlotState.BackingOff,
        (SlotState.Ready, SlotEvent.Died) => SlotState.Vacant,
        (SlotState.Stopping, SlotEvent.Died or SlotEvent.StartFailed) => SlotState.Stopped,
        (SlotState.Ready or SlotState.Starting, SlotEvent.Stop) => SlotState.Stopping,
        (SlotState.Vacant or SlotState.BackingOff or SlotState.Stopped, SlotEvent.Stop) => SlotState.Stopped,
        (SlotState.Stopped, SlotEvent.StartFailed) => SlotState.Stopped,
        (SlotState.Stopping, SlotEvent.Stop) => SlotState.Stopping,
        (SlotState.Stopping, SlotEvent.Started) => SlotState.Stopping,
        _ => throw new InvalidOperationException($"A slot that is {state} cannot take the event {slotEvent}."),
    };
}
