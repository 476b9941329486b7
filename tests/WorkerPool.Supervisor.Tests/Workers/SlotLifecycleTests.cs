using WorkerPool.Supervisor.Workers;

namespace WorkerPool.Supervisor.Tests.Workers;

public sealed class SlotLifecycleTests
{
    private static readonly Dictionary<(SlotState, SlotEvent), SlotState> Table = new()
    {
        [(SlotState.Vacant, SlotEvent.Launch)] = SlotState.Starting,
        [(SlotState.Vacant, SlotEvent.StartFailed)] = SlotState.BackingOff,
        [(SlotState.Vacant, SlotEvent.Stop)] = SlotState.Stopped,
        [(SlotState.Starting, SlotEvent.Started)] = SlotState.Ready,
        [(SlotState.Starting, SlotEvent.StartFailed)] = SlotState.BackingOff,
        [(SlotState.Starting, SlotEvent.Stop)] = SlotState.Stopping,
        [(SlotState.Ready, SlotEvent.Died)] = SlotState.Vacant,
        [(SlotState.Ready, SlotEvent.Stop)] = SlotState.Stopping,
        [(SlotState.BackingOff, SlotEvent.Launch)] = SlotState.Starting,
        [(SlotState.BackingOff, SlotEvent.Stop)] = SlotState.Stopped,
        [(SlotState.Stopping, SlotEvent.Started)] = SlotState.Stopping,
        [(SlotState.Stopping, SlotEvent.StartFailed)] = SlotState.Stopped,
        [(SlotState.Stopping, SlotEvent.Died)] = SlotState.Stopped,
        [(SlotState.Stopping, SlotEvent.Stop)] = SlotState.Stopping,
        [(SlotState.Stopped, SlotEvent.StartFailed)] = SlotState.Stopped,
        [(SlotState.Stopped, SlotEvent.Stop)] = SlotState.Stopped,
    };

    public static MatrixTheoryData<SlotState, SlotEvent> EveryPair { get; } =
        new(Enum.GetValues<SlotState>(), Enum.GetValues<SlotEvent>());

    [Theory]
    [MemberData(nameof(EveryPair))]
    public void Every_event_leads_where_the_table_says_or_is_impossible(SlotState state, SlotEvent slotEvent)
    {
        if (Table.TryGetValue((state, slotEvent), out var expected))
        {
            Assert.Equal(expected, SlotLifecycle.Next(state, slotEvent));
        }
        else
        {
            var error = Assert.Throws<InvalidOperationException>(() => SlotLifecycle.Next(state, slotEvent));
            Assert.Equal($"A slot that is {state} cannot take the event {slotEvent}.", error.Message);
        }
    }
}
