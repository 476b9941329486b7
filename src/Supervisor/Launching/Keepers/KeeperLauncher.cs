using Grpc.Core;
using Polly;
using Polly.Retry;
using WorkerPool.Processes;
using WorkerPool.Protocol.Errors;
using WorkerPool.Supervisor.Configuration;
using WorkerPool.Tls;

namespace WorkerPool.Supervisor.Launching.Keepers;

/// <summary>
/// Launches workers in the places of keepers elsewhere, which come and go: each that is found is held as soon as it lets
/// itself be held, and again when it was lost. Safe for several threads.
/// </summary>
internal sealed partial class KeeperLauncher : IPlacedLauncher, IAsyncDisposable
{
    private static readonly TimeSpan FirstBackoff = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan LongestBackoff = TimeSpan.FromSeconds(5);

    private readonly IKeeperFinder _finder;
    private readonly PoolOptions _options;
    private readonly Action<WorkerOutputLine> _output;
    private readonly LastOutput _lastOutput;
    private readonly TimeProvider _time;
    private readonly ILogger<KeeperLauncher> _log;
    private readonly CancellationTokenSource _stopping = new();
    private readonly Lock _lock = new();
    private readonly Dictionary<Uri, (CancellationTokenSource Gone, Task Holding)> _found = [];
    private readonly Dictionary<Uri, KeeperHold> _held = [];
    private readonly Dictionary<Uri, string> _problems = [];
    private readonly ReloadedFiles<PinnedIdentity>? _identity;
    private readonly Task _finding;
    private IReadOnlyCollection<Uri> _addresses = [];
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>A launcher, which begins to look for keepers.</summary>
    /// <param name="finder">Where they are.</param>
    /// <param name="options">How the pool is made.</param>
    /// <param name="output">Takes what workers print.</param>
    /// <param name="time">The clock.</param>
    /// <param name="log">The log.</param>
    /// <param name="identity">The part of mutual TLS, watched; <c>null</c>: cleartext. It is disposed of here.</param>
    public KeeperLauncher(
        IKeeperFinder finder,
        PoolOptions options,
        Action<WorkerOutputLine> output,
        TimeProvider time,
        ILogger<KeeperLauncher> log,
        ReloadedFiles<PinnedIdentity>? identity)
    {
        _identity = identity;
        _finder = finder;
        _options = options;
        _lastOutput = new LastOutput(time);
        _output = line =>
        {
            _lastOutput.Add(line);
            output(line);
        };
        _time = time;
        _log = log;
        _finding = Task.Run(FindAsync);
    }

    /// <inheritdoc/>
    public int Places
    {
        get
        {
            lock (_lock)
            {
                return _held.Values.Sum(hold => hold.Places);
            }
        }
    }

    /// <inheritdoc/>
    public int FreePlaces
    {
        get
        {
            lock (_lock)
            {
                return _held.Values.Sum(hold => hold.FreePlaces);
            }
        }
    }

    /// <inheritdoc/>
    public IReadOnlyList<PrintedLine> LastOutput(string worker) => _lastOutput.Of(worker);

    /// <inheritdoc/>
    public Action PlacesChanged { get; set; } = () => { };

    /// <inheritdoc/>
    public async Task<ILaunchedWorker> LaunchAsync(string name, CancellationToken cancellation)
    {
        using var limit = new CancellationTokenSource(_options.StartTimeout, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, limit.Token, _stopping.Token);
        try
        {
            while (true)
            {
                Task changed;
                KeeperHold? hold;
                lock (_lock)
                {
                    changed = _changed.Task;

                    // Workers are spread: the next goes where most places are free. Where launches fail they would always be free.
                    hold = _held.Values.Where(held => held.Circuit.Failure is null)
                        .OrderByDescending(held => held.FreePlaces)
                        .FirstOrDefault(held => held.TryTakePlace());
                    if (hold is null && _held.Values.FirstOrDefault(held => held.FreePlaces > 0)?.Circuit.Failure is { } failure)
                    {
                        throw failure;
                    }
                }

                if (hold is not null)
                {
                    return await hold.LaunchAsync(name, cancellation);
                }

                await changed.WaitAsync(either.Token);
            }
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested && !cancellation.IsCancellationRequested)
        {
            throw new WorkerStartException(
                ErrorReasons.WorkerStartFailed,
                $"no keeper had a place for {name} within {_options.StartTimeout.TotalSeconds} s; keepers are looked for at {_finder.Source}: {Known()}")
            {
                HasTimedOut = true,
            };
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _finding;
        List<Task> holding;
        lock (_lock)
        {
            holding = [.. _found.Values.Select(found => found.Holding)];
        }

        await Task.WhenAll(holding);
        _identity?.Dispose();
        _stopping.Dispose();
    }

    [LoggerMessage(EventId = 1020, Level = LogLevel.Information, Message = "The keeper {Host} at {Address} is held; it has place for {Places} workers.")]
    private static partial void LogHeld(ILogger log, string host, Uri address, int places);

    [LoggerMessage(EventId = 1021, Level = LogLevel.Warning, Message = "The keeper at {Address} is not held: {Problem}")]
    private static partial void LogProblem(ILogger log, Uri address, string problem);

    [LoggerMessage(EventId = 1022, Level = LogLevel.Error, Message = "Keepers are not looked for any more: {Source} failed.")]
    private static partial void LogFinderFailed(ILogger log, string source, Exception error);

    [LoggerMessage(EventId = 1025, Level = LogLevel.Warning, Message = "No workers are launched at the keeper {Host} at {Address} for {Seconds} s, where another has a place: {Problem}")]
    private static partial void LogLeftAlone(ILogger log, string host, Uri address, double seconds, string problem);

    private string Known()
    {
        lock (_lock)
        {
            return _found.Count == 0
                ? "none was found."
                : string.Join(" ", _found.Keys.Select(address => _held.TryGetValue(address, out var hold)
                    ? $"{address.Authority} has {hold.Places} places, all taken."
                    : $"{address.Authority}: {_problems.GetValueOrDefault(address, "it is being connected to.")}"));
        }
    }

    private async Task FindAsync()
    {
        try
        {
            await foreach (var addresses in _finder.WatchAsync(_stopping.Token))
            {
                Follow(addresses);
            }
        }
        catch (OperationCanceledException)
        {
            // The pool ends.
        }
        catch (Exception error)
        {
            LogFinderFailed(_log, _finder.Source, error);
        }
    }

    // A keeper that is not found any more is let go of only when it is lost: what finds it may be wrong for a while.
    private void Follow(IReadOnlyCollection<Uri> addresses)
    {
        lock (_lock)
        {
            _addresses = addresses;
            foreach (var address in addresses.Where(address => !_found.ContainsKey(address)))
            {
                Begin(address);
            }

            foreach (var (address, found) in _found.Where(found => !addresses.Contains(found.Key)).ToList())
            {
                found.Gone.Cancel();
            }
        }
    }

    private void Begin(Uri address)
    {
        var gone = new CancellationTokenSource();
        _found[address] = (gone, HoldAsync(address, gone.Token));
    }

    private async Task HoldAsync(Uri address, CancellationToken gone)
    {
        await Task.Yield();
        var retries = new ResiliencePipelineBuilder { TimeProvider = _time }
            .AddRetry(new RetryStrategyOptions
            {
                ShouldHandle = new PredicateBuilder().Handle<NotHeldException>(),
                MaxRetryAttempts = int.MaxValue,
                BackoffType = DelayBackoffType.Exponential,
                UseJitter = true,
                Delay = FirstBackoff,
                MaxDelay = LongestBackoff,
            })
            .Build();
        using var either = CancellationTokenSource.CreateLinkedTokenSource(gone, _stopping.Token);
        try
        {
            while (!either.IsCancellationRequested)
            {
                // One that was held begins anew with short waits.
                await retries.ExecuteAsync(async cancellation => await HoldOnceAsync(address, cancellation), either.Token);
            }
        }
        catch (OperationCanceledException)
        {
            // The keeper is not found any more, or the pool ends.
        }

        lock (_lock)
        {
            _found.Remove(address);
            _problems.Remove(address);
            if (_addresses.Contains(address) && !_stopping.IsCancellationRequested)
            {
                // It was found again while it was still held.
                Begin(address);
            }
        }
    }

    // Until it is lost, if it could be held. Only a failure to hold it is thrown.
    private async Task HoldOnceAsync(Uri address, CancellationToken cancellation)
    {
        var wasHeld = false;
        using var hold = new KeeperHold(address, _options, _time, _output, _identity) { Changed = Changed };
        try
        {
            // What is held is not let go of because it is not found any more.
            await hold.RunAsync(
                () =>
                {
                    wasHeld = true;
                    lock (_lock)
                    {
                        _held[address] = hold;
                        _problems.Remove(address);
                    }

                    hold.Circuit.Opened = (failure, duration) => LogLeftAlone(_log, hold.Host, address, duration.TotalSeconds, failure.Message);
                    LogHeld(_log, hold.Host, address, hold.Places);
                },
                _stopping.Token);
        }
        catch (Exception error)
        {
            // Whatever it is, it is the keeper's, or the way's to it.
            _stopping.Token.ThrowIfCancellationRequested();
            var problem = (error as RpcException)?.Status.Detail ?? error.Message;
            Note(address, problem);
            cancellation.ThrowIfCancellationRequested();
            if (!wasHeld)
            {
                throw new NotHeldException(problem);
            }
        }
        finally
        {
            lock (_lock)
            {
                _held.Remove(address);
            }

            Changed();
        }
    }

    private void Note(Uri address, string problem)
    {
        lock (_lock)
        {
            if (_problems.GetValueOrDefault(address) == problem || _stopping.IsCancellationRequested)
            {
                return;
            }

            _problems[address] = problem;
        }

        LogProblem(_log, address, problem);
    }

    private void Changed()
    {
        TaskCompletionSource changed;
        lock (_lock)
        {
            changed = _changed;
            _changed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }

        changed.SetResult();
        PlacesChanged();
    }

    private sealed class NotHeldException(string problem) : Exception(problem);
}
