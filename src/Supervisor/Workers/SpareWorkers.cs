using Grpc.Core;
using Grpc.Health.V1;
using Grpc.Net.Client;
using Polly;
using WorkerPool.Processes;
using WorkerPool.Protocol.Errors;
using WorkerPool.Supervisor.Launching;

namespace WorkerPool.Supervisor.Workers;

/// <summary>
/// Workers that stand ready to take the place of one that dies or is replaced: launched, with their functions loaded,
/// and without a session. One that is taken, or dies, is made up for. Safe for several threads.
/// </summary>
internal sealed class SpareWorkers : IAsyncDisposable
{
    private const string Name = "spare";
    private static readonly TimeSpan FirstBackoff = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestBackoff = TimeSpan.FromSeconds(30);

    private readonly IWorkerLauncher _launcher;
    private readonly Availability _availability;
    private readonly ILogger _log;
    private readonly ResiliencePipeline _launches;
    private readonly Lock _lock = new();
    private readonly List<Spare> _ready = [];
    private readonly CancellationTokenSource _stopping = new();
    private readonly Task[] _keeping;
    private int _generation;

    /// <summary>Spares, from when the pool's first worker is ready.</summary>
    /// <param name="count">How many. Range: 0 and up.</param>
    /// <param name="launcher">Where they come from.</param>
    /// <param name="availability">Knows when the first worker is ready.</param>
    /// <param name="time">Measures waits.</param>
    /// <param name="log">The log.</param>
    public SpareWorkers(int count, IWorkerLauncher launcher, Availability availability, TimeProvider time, ILogger<WorkerSlot> log)
    {
        _launcher = launcher;
        _availability = availability;
        _log = log;
        _launches = StartPolicy.Create(FirstBackoff, LongestBackoff, time);
        _keeping = [.. Enumerable.Range(0, count).Select(_ => Task.Run(KeepAsync))];
    }

    /// <summary>Workers that stand ready.</summary>
    public int ReadyCount
    {
        get
        {
            lock (_lock)
            {
                return _ready.Count;
            }
        }
    }

    /// <summary>Takes one.</summary>
    /// <returns>A worker that listens; <c>null</c> when none stands ready.</returns>
    public ILaunchedWorker? TryTake()
    {
        lock (_lock)
        {
            var position = _ready.FindIndex(spare => spare.Generation == _generation && !spare.Worker.Death.IsCompleted);
            if (position < 0)
            {
                return null;
            }

            var taken = _ready[position];
            _ready.RemoveAt(position);
            taken.Left.TrySetResult();
            return taken.Worker;
        }
    }

    /// <summary>Replaces all: those that are launched by now are not taken any more.</summary>
    public void Renew()
    {
        lock (_lock)
        {
            _generation++;
            _ready.ForEach(spare => spare.Left.TrySetResult());
        }
    }

    /// <summary>Ends those that stand ready.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await Task.WhenAll(_keeping);
        _stopping.Dispose();
    }

    private async Task KeepAsync()
    {
        try
        {
            while (true)
            {
                var generation = Volatile.Read(ref _generation);
                var worker = await _launches.ExecuteAsync(async cancellation => await LaunchAsync(cancellation), _stopping.Token);
                await GuardAsync(new Spare(worker, generation));
            }
        }
        catch (OperationCanceledException)
        {
            // The pool ends.
        }
    }

    private async ValueTask<ILaunchedWorker> LaunchAsync(CancellationToken cancellation)
    {
        await _availability.CatalogueAsync(cancellation);
        try
        {
            var worker = await _launcher.LaunchAsync(Name, cancellation);
            await WarmAsync(worker, cancellation);
            return worker;
        }
        catch (WorkerStartException error)
        {
            WorkersLog.SpareFailed(_log, error.Reason, error.Message);
            throw;
        }
    }

    // The first call to a process compiles most of what the first session needs.
    private static async Task WarmAsync(ILaunchedWorker worker, CancellationToken cancellation)
    {
        try
        {
            using var channel = GrpcChannel.ForAddress(
                "http://worker", new GrpcChannelOptions { HttpHandler = worker.CreateHandler(), DisposeHttpClient = true });
            await new Health.HealthClient(channel).CheckAsync(new HealthCheckRequest(), cancellationToken: cancellation);
        }
        catch (RpcException) when (!cancellation.IsCancellationRequested)
        {
            // It stands ready, if cold; or it is dead, which is seen to elsewhere.
        }
        catch (Exception error)
        {
            await worker.DisposeAsync();

            // The call says in its own way that it was given up.
            cancellation.ThrowIfCancellationRequested();
            throw new WorkerStartException(ErrorReasons.WorkerStartFailed, $"a spare did not answer its first call: {error.Message}");
        }
    }

    // Until it is taken, dies, is outdated, or the pool ends.
    private async Task GuardAsync(Spare spare)
    {
        lock (_lock)
        {
            _ready.Add(spare);
            if (spare.Generation != _generation)
            {
                spare.Left.SetResult();
            }
        }

        try
        {
            await Task.WhenAny(spare.Worker.Death, spare.Left.Task).WaitAsync(_stopping.Token);
        }
        finally
        {
            bool isLeft;
            lock (_lock)
            {
                isLeft = _ready.Remove(spare);
            }

            if (isLeft)
            {
                await spare.Worker.DisposeAsync();
            }
        }
    }

    private sealed record Spare(ILaunchedWorker Worker, int Generation)
    {
        // Taken, or outdated.
        public TaskCompletionSource Left { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
