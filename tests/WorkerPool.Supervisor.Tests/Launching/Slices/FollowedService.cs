using k8s;
using WorkerPool.Supervisor.Launching.Keepers.Slices;
using WorkerPool.TestSupport;

namespace WorkerPool.Supervisor.Tests.Launching.Slices;

/// <summary>The service workers of the namespace spaces, whose keepers are looked for, quickly; what is found is kept.</summary>
internal sealed class FollowedService : IAsyncDisposable
{
    /// <summary>Waits that a test can bear.</summary>
    public static readonly ApiServerLimits Quick = new()
    {
        Settled = TimeSpan.FromMilliseconds(100),
        FirstBackoff = TimeSpan.FromMilliseconds(20),
        LongestBackoff = TimeSpan.FromMilliseconds(200),
    };

    private readonly CancellationTokenSource _ending = new();
    private readonly List<string> _found = [];
    private readonly EndpointSliceKeepers _keepers;
    private readonly Task _following;

    public FollowedService(IApiServerAccess access, ApiServerLimits? limits = null, string service = "workers", string port = "keeper", string scheme = "http")
    {
        _keepers = new EndpointSliceKeepers(
            access, ServiceName.TryRead(service)!, new ServiceEndpoints(port, scheme), limits ?? Quick, TimeProvider.System, Log);
        _following = FollowAsync();
    }

    public NotedLog<EndpointSliceKeepers> Log { get; } = new();

    public string Source => _keepers.Source;

    /// <summary>Each set of keepers that was told, in order, as text: <c>10.0.0.1:50060 10.0.0.2:50060</c>.</summary>
    public IReadOnlyList<string> Found
    {
        get
        {
            lock (_found)
            {
                return [.. _found];
            }
        }
    }

    /// <summary>Access to a server without TLS and token.</summary>
    public static IApiServerAccess To(string address) =>
        new GivenAccess(() => new KubernetesClientConfiguration { Host = address, Namespace = "spaces" });

    /// <summary>Waits until what was told last is this.</summary>
    /// <param name="keepers">The keepers, in order, with a space between.</param>
    public async Task FindsAsync(string keepers)
    {
        await Eventually.AskAsync(() => Task.FromResult(Found.Count == 0 ? "nothing yet" : Found[^1]), found => found == keepers);
    }

    public async ValueTask DisposeAsync()
    {
        await _ending.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _following);
        _ending.Dispose();
    }

    private async Task FollowAsync()
    {
        await foreach (var keepers in _keepers.WatchAsync(_ending.Token))
        {
            lock (_found)
            {
                _found.Add(string.Join(' ', keepers.Select(keeper => keeper.Authority).Order(StringComparer.Ordinal)));
            }
        }
    }

    /// <summary>Access as a test gives it.</summary>
    internal sealed class GivenAccess(Func<KubernetesClientConfiguration> read) : IApiServerAccess
    {
        public KubernetesClientConfiguration Read() => read();
    }
}
