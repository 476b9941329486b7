namespace WorkerPool.Supervisor.Security;

/// <summary>Who makes a call.</summary>
/// <param name="Name">Its name; empty: it was not asked for one.</param>
/// <param name="Role">What it may do.</param>
/// <param name="Limits">What it may take of the pool.</param>
public sealed record Caller(string Name, Role Role, CallerLimits Limits)
{
    /// <summary>Whoever reaches a pool that asks nobody who they are.</summary>
    public static Caller Anyone { get; } = new("", Role.Admin, CallerLimits.None);

    /// <summary>Its name for people, and where it calls from.</summary>
    /// <param name="peer">Where it calls from.</param>
    public string Describe(string peer) => Name.Length == 0 ? peer : $"{Name} ({peer})";
}
