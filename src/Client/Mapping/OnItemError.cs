namespace WorkerPool.Client;

/// <summary>What a map of outcomes does when an item fails for good.</summary>
public enum OnItemError
{
    /// <summary>Carries on; the failure is the item's outcome.</summary>
    Continue = 0,

    /// <summary>
    /// Stops. In order, the outcomes up to the lowest failed index are still given; unordered, the failed one is the
    /// last. The rest is cancelled.
    /// </summary>
    Stop = 1,
}
