using System.Diagnostics;

namespace WorkerPool.Bench.Measuring;

/// <summary>Something that is measured: our pool in one of its forms, a peer, or the limit. It runs as a process tree of its own.</summary>
/// <param name="name">What tables call it.</param>
/// <param name="work">What it is told to measure.</param>
internal abstract class Contender(string name, string work)
{
    /// <summary>What tables call it.</summary>
    public string Name => name;

    /// <summary>What it is told to measure.</summary>
    public string Work => work;

    /// <summary>The cases that it is measured in. Default: all of the scenario.</summary>
    public Predicate<string> Takes { get; init; } = _ => true;

    /// <summary>Why it cannot be measured on this machine.</summary>
    /// <returns><c>null</c> if it can.</returns>
    public virtual Task<string?> MissingAsync() => Task.FromResult<string?>(null);

    /// <summary>How its process is started.</summary>
    /// <param name="order">The order, as JSON.</param>
    public abstract ProcessStartInfo Start(string order);
}
