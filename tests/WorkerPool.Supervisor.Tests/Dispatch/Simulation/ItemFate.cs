namespace WorkerPool.Supervisor.Tests.Dispatch.Simulation;

/// <summary>What happens when an item is run.</summary>
public enum ItemFate
{
    /// <summary>It gives its value.</summary>
    Succeeds,

    /// <summary>Its function throws some times, then gives the value.</summary>
    Throws,

    /// <summary>It is not of the function's type: an error that no retry mends.</summary>
    IsRefused,

    /// <summary>It kills its worker, each time.</summary>
    IsPoison,
}
