using System.Runtime.CompilerServices;
using System.Threading.Channels;
using k8s;
using Polly;
using Polly.Retry;

namespace WorkerPool.Supervisor.Launching.Keepers.Slices;

/// <summary>
/// Keepers at the endpoints of a service of Kubernetes: its endpoint slices are listed once, and their changes watched from there. While
/// the API server is away or refuses, those that were found stay.
/// </summary>
/// <param name="access">Where the API server is.</param>
/// <param name="service">The service.</param>
/// <param name="endpoints">What is known of it: nothing yet.</param>
/// <param name="limits">How long the API server is waited for.</param>
/// <param name="time">Measures the limits.</param>
/// <param name="log">The log.</param>
internal sealed partial class EndpointSliceKeepers(
    IApiServerAccess access, ServiceName service, ServiceEndpoints endpoints, ApiServerLimits limits, TimeProvider time, ILogger<EndpointSliceKeepers> log) : IKeeperFinder
{
    private readonly Lock _lock = new();
    private ServiceName? _resolved;
    private string _lack = "it has not been listed yet";
    private string _problem = "";
    private HashSet<Uri>? _told;
    private string? _version;
    private volatile bool _isSettled;
    private volatile bool _hasExpired;

    /// <inheritdoc/>
    public string Source
    {
        get
        {
            lock (_lock)
            {
                var remark = _problem.Length > 0 ? _problem : _lack;
                return remark.Length > 0 ? $"{Service} ({remark})" : $"{Service}";
            }
        }
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<IReadOnlyCollection<Uri>> WatchAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        var found = Channel.CreateUnbounded<IReadOnlyCollection<Uri>>(new UnboundedChannelOptions { SingleReader = true, SingleWriter = true });
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var following = FollowAsync(found.Writer, ending.Token);
        try
        {
            await foreach (var keepers in found.Reader.ReadAllAsync(cancellation))
            {
                yield return keepers;
            }
        }
        finally
        {
            await ending.CancelAsync();
            await following;
        }
    }

    private ServiceName Service => _resolved ?? service;

    [LoggerMessage(EventId = 1023, Level = LogLevel.Warning, Message = "Keepers are not looked for at {Service} for now; those that were found stay: {Problem}.")]
    private static partial void LogProblem(ILogger log, ServiceName service, string problem);

    [LoggerMessage(EventId = 1024, Level = LogLevel.Information, Message = "Keepers are looked for at {Service} again.")]
    private static partial void LogSettled(ILogger log, ServiceName service);

    private async Task FollowAsync(ChannelWriter<IReadOnlyCollection<Uri>> found, CancellationToken cancellation)
    {
        var retries = new ResiliencePipelineBuilder { TimeProvider = time }
            .AddRetry(new RetryStrategyOptions
            {
                ShouldHandle = new PredicateBuilder().Handle<NotFollowedException>(),
                MaxRetryAttempts = int.MaxValue,
                BackoffType = DelayBackoffType.Exponential,
                UseJitter = true,
                Delay = limits.FirstBackoff,
                MaxDelay = limits.LongestBackoff,
                DelayGenerator = arguments => ValueTask.FromResult((arguments.Outcome.Exception as NotFollowedException)?.RetryAfter),
            })
            .Build();
        try
        {
            while (true)
            {
                // What went well for a while begins anew with short waits.
                await retries.ExecuteAsync(async cancellation => await FollowOnceAsync(found, cancellation), cancellation);
            }
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            found.Complete();
        }
        catch (Exception error)
        {
            found.Complete(error);
        }
    }

    // Until something goes wrong, with one client: what it connects with is read anew after that. Only what must not be tried again at once is thrown.
    private async ValueTask FollowOnceAsync(ChannelWriter<IReadOnlyCollection<Uri>> found, CancellationToken cancellation)
    {
        EndpointSliceApi? api = null;
        _isSettled = false;
        try
        {
            using (api = new EndpointSliceApi(access, service, limits, time))
            {
                while (true)
                {
                    await ListAndWatchAsync(api, found, cancellation);
                }
            }
        }
        catch (Exception error) when (!cancellation.IsCancellationRequested)
        {
            // Whatever it is, it is the API server's, or the way's to it.
            var isExpired = ApiServerProblem.IsExpired(error);
            if (isExpired || (ApiServerProblem.IsUnreadable(error) && !_isSettled))
            {
                // An event that cannot be read would come again and again.
                _version = null;
            }

            if (_isSettled || (isExpired && !_hasExpired))
            {
                _hasExpired = isExpired;
                return;
            }

            var problem = ApiServerProblem.Of(error, api?.Address ?? "", api?.Service ?? service);
            Note(problem);
            throw new NotFollowedException(problem, ApiServerProblem.RetryAfter(error));
        }
    }

    private async Task ListAndWatchAsync(EndpointSliceApi api, ChannelWriter<IReadOnlyCollection<Uri>> found, CancellationToken cancellation)
    {
        lock (_lock)
        {
            _resolved = api.Service;
        }

        if (_version is null)
        {
            (var slices, _version) = await api.ListAsync(cancellation);
            endpoints.Replace(slices);
            Tell(found);
        }

        _isSettled = false;
        await using (var settling = time.CreateTimer(_ => Settle(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan))
        {
            await foreach (var (type, slice) in api.WatchAsync(_version, () => settling.Change(limits.Settled, Timeout.InfiniteTimeSpan), cancellation))
            {
                Take(type, slice);
                Settle();
                Tell(found);
            }
        }

        if (!_isSettled)
        {
            throw new EndedAtOnceException();
        }
    }

    private void Take(WatchEventType type, k8s.Models.V1EndpointSlice slice)
    {
        switch (type)
        {
            case WatchEventType.Added or WatchEventType.Modified:
                endpoints.Put(slice);
                break;
            case WatchEventType.Deleted:
                endpoints.Remove(slice);
                break;
            case WatchEventType.Error:
                throw new InvalidDataException("an error that is no status");
        }

        _version = slice.Metadata?.ResourceVersion is { Length: > 0 } version ? version : throw new InvalidDataException("an event without a version");
    }

    private void Tell(ChannelWriter<IReadOnlyCollection<Uri>> found)
    {
        lock (_lock)
        {
            _lack = endpoints.Lack;
        }

        var keepers = endpoints.Keepers;
        if (_told is null || !_told.SetEquals(keepers))
        {
            found.TryWrite(_told = [.. keepers]);
        }
    }

    private void Settle()
    {
        _isSettled = true;
        _hasExpired = false;
        Note("");
    }

    private void Note(string problem)
    {
        lock (_lock)
        {
            if (_problem == problem)
            {
                return;
            }

            _problem = problem;
        }

        if (problem.Length > 0)
        {
            LogProblem(log, Service, problem);
        }
        else
        {
            LogSettled(log, Service);
        }
    }

    private sealed class NotFollowedException(string problem, TimeSpan? retryAfter) : Exception(problem)
    {
        public TimeSpan? RetryAfter => retryAfter;
    }
}
