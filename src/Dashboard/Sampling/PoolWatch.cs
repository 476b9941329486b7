using Grpc.Core;
using Microsoft.Extensions.Logging;
using WorkerPool.Dashboard.Visitors;

namespace WorkerPool.Dashboard.Sampling;

/// <summary>
/// Looks at the pool once a second for all who look at the dashboard, and only while somebody does: a look costs the same
/// for one as for a hundred. Safe for several threads.
/// </summary>
/// <param name="host">The Supervisor.</param>
/// <param name="time">Paces it.</param>
/// <param name="log">Takes note of what goes wrong.</param>
internal sealed partial class PoolWatch(IDashboardHost host, TimeProvider time, ILogger<PoolWatch> log) : IAsyncDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    // A page that is left for another, or loaded again, finds its lines whole.
    private static readonly TimeSpan Linger = TimeSpan.FromSeconds(30);

    private readonly Lock _lock = new();
    private readonly List<Subscription> _subscriptions = [];
    private readonly CancellationTokenSource _stopping = new();
    private readonly PoolSampler _sampler = new(host.Calls, time);
    private TaskCompletionSource _wake = NewSignal();
    private Task _looking = Task.CompletedTask;
    private bool _isLooking;
    private PoolSample? _latest;

    /// <summary>What was seen last; <c>null</c> before the first look.</summary>
    public PoolSample? Latest => Volatile.Read(ref _latest);

    /// <summary>Whether the pool is being looked at.</summary>
    public bool IsLooking
    {
        get
        {
            lock (_lock)
            {
                return _isLooking;
            }
        }
    }

    /// <summary>Begins to look, for one who does.</summary>
    /// <param name="interest">What is to be looked at closely.</param>
    /// <param name="seen">Called after each look. It does not wait.</param>
    /// <returns>Ends it when disposed of.</returns>
    public IDisposable Subscribe(Interest interest, Action seen)
    {
        var subscription = new Subscription(this, interest, seen);
        lock (_lock)
        {
            _subscriptions.Add(subscription);
            if (!_isLooking && !_stopping.IsCancellationRequested)
            {
                _isLooking = true;
                _looking = Task.Run(LookAsync);
            }
        }

        LookNow();
        return subscription;
    }

    /// <summary>Looks at once: something was done whose effect is to be seen.</summary>
    public void LookNow()
    {
        lock (_lock)
        {
            _wake.TrySetResult();
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _looking;
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private async Task LookAsync()
    {
        var lastViewer = time.GetTimestamp();
        try
        {
            while (true)
            {
                Subscription[] subscriptions;
                Task wake;
                lock (_lock)
                {
                    subscriptions = [.. _subscriptions];
                    if (subscriptions.Length == 0 && time.GetElapsedTime(lastViewer) > Linger)
                    {
                        _isLooking = false;
                        return;
                    }

                    if (_wake.Task.IsCompleted)
                    {
                        _wake = NewSignal();
                    }

                    wake = _wake.Task;
                }

                lastViewer = subscriptions.Length > 0 ? time.GetTimestamp() : lastViewer;
                await LookOnceAsync(subscriptions);
                await Task.WhenAny(Task.Delay(Interval, time, _stopping.Token), wake);
                _stopping.Token.ThrowIfCancellationRequested();
            }
        }
        catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
        {
            // The Supervisor ends.
        }
    }

    private async Task LookOnceAsync(Subscription[] subscriptions)
    {
        PoolSample? sample;
        try
        {
            sample = await _sampler.TakeAsync([.. subscriptions.Select(subscription => subscription.Interest).Distinct()], _stopping.Token);
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            LogFailed(log, error);
            sample = Latest is { } last
                ? last with { Problem = error is RpcException rpc ? rpc.Status.Detail : "The pool could not be looked at; the Supervisor's log says why." }
                : null;
        }

        Volatile.Write(ref _latest, sample);
        foreach (var subscription in subscriptions)
        {
            subscription.Seen();
        }
    }

    [LoggerMessage(EventId = 5001, Level = LogLevel.Warning, Message = "The dashboard could not look at the pool.")]
    private static partial void LogFailed(ILogger log, Exception error);

    private sealed class Subscription(PoolWatch watch, Interest interest, Action seen) : IDisposable
    {
        public Interest Interest => interest;

        public void Seen() => seen();

        public void Dispose()
        {
            lock (watch._lock)
            {
                watch._subscriptions.Remove(this);
            }
        }
    }
}

/// <summary>What somebody looks at closely.</summary>
/// <param name="JobId">A job; empty for none.</param>
/// <param name="Worker">A worker's name; empty for none.</param>
internal sealed record Interest(string JobId = "", string Worker = "");
