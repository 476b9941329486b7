using System.Runtime.CompilerServices;

namespace WorkerPool.Supervisor.Launching.Keepers;

/// <summary>Keepers at addresses that are given once.</summary>
/// <param name="addresses">The addresses.</param>
internal sealed class FixedKeepers(IReadOnlyCollection<Uri> addresses) : IKeeperFinder
{
    /// <inheritdoc/>
    public string Source => string.Join(", ", addresses.Select(address => address.GetLeftPart(UriPartial.Authority)));

    /// <inheritdoc/>
    public async IAsyncEnumerable<IReadOnlyCollection<Uri>> WatchAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        await Task.CompletedTask;
        yield return addresses;
    }
}
