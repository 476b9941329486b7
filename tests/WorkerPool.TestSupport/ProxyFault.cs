namespace WorkerPool.TestSupport;

/// <summary>What is to go wrong with one connection of a <see cref="FaultyProxy"/>.</summary>
/// <param name="Kind">What.</param>
/// <param name="ToServer">Which way the bytes go that are counted: to the server, or to its client.</param>
/// <param name="AtByte">After how many of them. Range: 0 and up.</param>
public sealed record ProxyFault(ProxyFaultKind Kind, bool ToServer, long AtByte);

/// <summary>What can go wrong with a connection.</summary>
public enum ProxyFaultKind
{
    /// <summary>It is reset, both ways.</summary>
    Cut,

    /// <summary>Nothing gets through any more, either way, and nobody is told.</summary>
    Stall,
}
