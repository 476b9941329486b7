namespace WorkerPool.Supervisor.Tests.Dispatch.Simulation;

/// <summary>What has happened to an item on workers.</summary>
internal sealed class ItemHistory
{
    /// <summary>How often it threw.</summary>
    public int Throws { get; set; }

    /// <summary>How often it was running when its worker died.</summary>
    public int Crashes { get; private set; }

    /// <summary>How often it was running beside others when its worker died.</summary>
    public int Suspicions { get; private set; }

    /// <summary>Whether its worker was killed because it ran over its timeout.</summary>
    public bool HasTimedOut { get; private set; }

    /// <summary>Whether its last try ended with the death of its worker, so that the next must be alone.</summary>
    public bool IsSuspect { get; set; }

    /// <summary>Its worker died while it and others were running.</summary>
    public void Suspect()
    {
        Suspicions++;
        IsSuspect = true;
    }

    /// <summary>Its worker died while it alone was running.</summary>
    /// <param name="hasTimedOut">Whether the pool killed it for the item's timeout.</param>
    public void Blame(bool hasTimedOut)
    {
        HasTimedOut |= hasTimedOut;
        Crashes += hasTimedOut ? 0 : 1;
        IsSuspect = true;
    }
}
