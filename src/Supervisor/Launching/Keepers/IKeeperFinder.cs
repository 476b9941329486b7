namespace WorkerPool.Supervisor.Launching.Keepers;

/// <summary>Where keepers are.</summary>
internal interface IKeeperFinder
{
    /// <summary>What it goes by, for people, such as "the DNS name workers:50060".</summary>
    string Source { get; }

    /// <summary>The addresses of keepers: all there are now, then again each time that they have changed.</summary>
    /// <param name="cancellation">Ends it.</param>
    IAsyncEnumerable<IReadOnlyCollection<Uri>> WatchAsync(CancellationToken cancellation);
}
