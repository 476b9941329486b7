namespace WorkerPool.Supervisor.Tests.Dispatch.Simulation;

/// <summary>What the flight recorder of a dead worker shows.</summary>
internal enum Running
{
    /// <summary>Nothing.</summary>
    Nothing,

    /// <summary>The item it was at.</summary>
    Item,

    /// <summary>An item whose answer was received.</summary>
    AnsweredItem,
}
