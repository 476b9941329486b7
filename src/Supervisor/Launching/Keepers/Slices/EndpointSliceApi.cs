using System.Runtime.CompilerServices;
using k8s;
using k8s.Models;
using WorkerPool.Tls;

namespace WorkerPool.Supervisor.Launching.Keepers.Slices;

/// <summary>The endpoint slices of a service, as the API server lists and watches them. What goes wrong is thrown as it is.</summary>
internal sealed class EndpointSliceApi : IDisposable
{
    private const int PageSize = 500;
    private static readonly TimeSpan PingDelay = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan PingTimeout = TimeSpan.FromSeconds(10);

    private readonly ApiServerLimits _limits;
    private readonly TimeProvider _time;
    private readonly AnswerSign _sign = new();
    private readonly Kubernetes _client;

    /// <summary>A client, not connected.</summary>
    /// <param name="access">Where the API server is.</param>
    /// <param name="service">The service.</param>
    /// <param name="limits">How long the API server is waited for.</param>
    /// <param name="time">Measures the limits.</param>
    /// <exception cref="ApiServerAccessException">It is not known where the API server is.</exception>
    public EndpointSliceApi(IApiServerAccess access, ServiceName service, ApiServerLimits limits, TimeProvider time)
    {
        _limits = limits;
        _time = time;
        var configuration = access.Read();
        Service = service.In(configuration.Namespace);
        Address = configuration.Host;
        _client = Connect(configuration);
    }

    /// <summary>The service, with its namespace.</summary>
    public ServiceName Service { get; }

    /// <summary>Where the API server is.</summary>
    public string Address { get; }

    private string Selector => $"kubernetes.io/service-name={Service.Name}";

    /// <summary>Lists them, page after page.</summary>
    /// <param name="cancellation">Gives up.</param>
    /// <returns>All of them, and the version from which changes can be watched.</returns>
    public async Task<(IReadOnlyList<V1EndpointSlice> Slices, string Version)> ListAsync(CancellationToken cancellation)
    {
        var slices = new List<V1EndpointSlice>();
        V1EndpointSliceList page;
        string? next = null;
        do
        {
            page = await _client.DiscoveryV1.ListNamespacedEndpointSliceAsync(
                Service.Namespace, continueParameter: next, labelSelector: Selector, limit: PageSize, cancellationToken: cancellation);
            slices.AddRange(page.Items ?? []);
            next = page.Metadata?.ContinueProperty;
        }
        while (!string.IsNullOrEmpty(next));

        return (slices, page.Metadata?.ResourceVersion ?? throw new InvalidDataException("a list without a version"));
    }

    /// <summary>Their changes, until the API server ends the watch.</summary>
    /// <param name="version">The version after which they begin.</param>
    /// <param name="begun">Called when the API server has begun to answer.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <exception cref="TimeoutException">It did not begin, or did not end.</exception>
    public async IAsyncEnumerable<(WatchEventType Type, V1EndpointSlice Slice)> WatchAsync(
        string version, Action begun, [EnumeratorCancellation] CancellationToken cancellation)
    {
        using var limit = new CancellationTokenSource(_limits.Answer, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, limit.Token);
        Exception? failure = null;
        _sign.Answered = () =>
        {
            limit.CancelAfter(_limits.Watch + _limits.WatchGrace);
            begun();
        };
        await using var events = _client.DiscoveryV1.WatchListNamespacedEndpointSliceAsync(
            Service.Namespace,
            allowWatchBookmarks: true,
            labelSelector: Selector,
            resourceVersion: version,
            timeoutSeconds: (int)_limits.Watch.TotalSeconds,
            onError: error =>
            {
                // It would go on with the next line.
                failure ??= error;
                either.Cancel();
            },
            cancellationToken: either.Token).GetAsyncEnumerator(either.Token);
        while (await NextAsync())
        {
            yield return events.Current;
        }

        async ValueTask<bool> NextAsync()
        {
            try
            {
                var hasMore = await events.MoveNextAsync();
                return failure is null ? hasMore : throw failure;
            }
            catch (Exception error) when ((error as EndOfStreamException ?? error.InnerException) is EndOfStreamException)
            {
                // It ended without a single event.
                return false;
            }
            catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
            {
                throw failure ?? new TimeoutException();
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _client.Dispose();

    private Kubernetes Connect(KubernetesClientConfiguration configuration)
    {
        // The client's own check takes any certificate of the authorities, whatever name it has.
        var authorities = configuration.SslCaCerts;
        configuration.SslCaCerts = null;
        configuration.HttpClientTimeout = _limits.Answer;
        configuration.FirstMessageHandlerSetup = handler =>
        {
            handler.ConnectTimeout = _limits.Connect;
            handler.KeepAlivePingDelay = PingDelay;
            handler.KeepAlivePingTimeout = PingTimeout;
            if (authorities is not null)
            {
                handler.SslOptions.CertificateChainPolicy = PemCertificate.Policy(authorities, PemCertificate.ForServers);
            }
        };
        try
        {
            return new Kubernetes(configuration, _sign);
        }
        catch (Exception error)
        {
            // An address that is none, or a certificate without its key.
            throw new ApiServerAccessException($"The API server {configuration.Host} cannot be used: {error.Message.TrimEnd('.')}.");
        }
    }
}
