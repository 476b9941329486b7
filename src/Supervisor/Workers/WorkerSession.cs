using System.Threading.Channels;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Grpc.Health.V1;
using Grpc.Net.Client;
using WorkerPool.Processes;
using WorkerPool.Protocol;
using WorkerPool.Protocol.Errors;
using WorkerPool.Supervisor.Configuration;
using WorkerPool.Supervisor.Launching;
using WorkerPool.Worker.V1;

namespace WorkerPool.Supervisor.Workers;

/// <summary>
/// The one session with a worker: a reader that reports, and a writer fed by a queue that joins small chunks into one
/// message. Bounded by dispatch, which gives a worker no more than it is hungry for.
/// </summary>
internal sealed class WorkerSession : IWorker, IAsyncDisposable
{
    private const int MaxMessageBytes = 1 << 20;

    // What a dead worker has sent is there, or on its way; a connection that gives nothing for so long gives no more.
    private static readonly TimeSpan LastWords = TimeSpan.FromSeconds(2);

    // What a worker reads only to copy it is to be garbage of the cheap kind.
    private const int SharedDataBytes = 64 << 10;

    private readonly Channel<SessionRequest> _requests = Channel.CreateUnbounded<SessionRequest>(
        new UnboundedChannelOptions { SingleReader = true });

    private readonly ILaunchedWorker _launched;
    private readonly GrpcChannel _channel;
    private readonly AsyncDuplexStreamingCall<SessionRequest, SessionResponse> _call;
    private readonly Health.HealthClient _health;
    private readonly PoolOptions _options;
    private readonly TimeProvider _time;
    private readonly HealthVerdict _verdict;
    private long _messagesRead;

    // What goes with the next chunk; for those alone who give it work.
    private Chunks _next = new();

    private WorkerSession(WorkerIdentity identity, ILaunchedWorker launched, PoolOptions options, TimeProvider time)
    {
        Identity = identity;
        _launched = launched;
        _options = options;
        _time = time;
        _verdict = new HealthVerdict(options.SilenceLimit, Now);
        _channel = GrpcChannel.ForAddress("http://worker", new GrpcChannelOptions
        {
            HttpHandler = launched.CreateHandler(),
            DisposeHttpClient = true,
            MaxReceiveMessageSize = null,
            MaxSendMessageSize = null,
        });
        _call = new WorkerService.WorkerServiceClient(_channel).Session();
        _health = new Health.HealthClient(_channel);
    }

    /// <inheritdoc/>
    public WorkerIdentity Identity { get; }

    /// <summary>What the worker can run.</summary>
    public Catalogue Catalogue { get; private set; } = new([]);

    /// <summary>Called with the reason when the worker is to be replaced. Default: nothing.</summary>
    public Action<string> RecycleWanted { get; set; } = _ => { };

    private TimeSpan Now => TimeSpan.FromSeconds(_time.GetTimestamp() / (double)_time.TimestampFrequency);

    /// <summary>Opens the session with a worker that listens.</summary>
    /// <param name="identity">Who the worker is.</param>
    /// <param name="launched">The worker.</param>
    /// <param name="options">How the pool is made.</param>
    /// <param name="time">Measures silence.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <exception cref="WorkerStartException">The worker does not introduce itself as it should.</exception>
    public static async Task<WorkerSession> OpenAsync(
        WorkerIdentity identity, ILaunchedWorker launched, PoolOptions options, TimeProvider time, CancellationToken cancellation)
    {
        var session = new WorkerSession(identity, launched, options, time);
        using var tooLate = new CancellationTokenSource(options.StartTimeout, time);
        using var giveUp = CancellationTokenSource.CreateLinkedTokenSource(cancellation, tooLate.Token);
        try
        {
            await session.IntroduceAsync(giveUp.Token);
            return session;
        }
        catch (Exception error) when (tooLate.IsCancellationRequested && !cancellation.IsCancellationRequested && error is not WorkerStartException)
        {
            await session.DisposeAsync();
            throw new WorkerStartException(
                ErrorReasons.WorkerStartFailed,
                $"{identity.Name} listens, but did not introduce itself within {options.StartTimeout.TotalSeconds} s.");
        }
        catch (Exception error) when (error is not WorkerStartException and not OperationCanceledException)
        {
            await session.DisposeAsync();
            throw new WorkerStartException(
                ErrorReasons.WorkerStartFailed, $"{identity.Name} did not open its session: {error.Message}");
        }
        catch
        {
            await session.DisposeAsync();
            throw;
        }
    }

    /// <inheritdoc/>
    public void SetUp(JobSetup setup, IReadOnlyList<ReadOnlyMemory<byte>> shared)
    {
        _next.Setups.Add(setup);
        if (shared.Count == 0)
        {
            return;
        }

        _requests.Writer.TryWrite(new SessionRequest { Chunks = _next });
        _next = new Chunks();
        foreach (var piece in shared)
        {
            for (var start = 0; start < piece.Length; start += SharedDataBytes)
            {
                var data = UnsafeByteOperations.UnsafeWrap(piece.Slice(start, Math.Min(SharedDataBytes, piece.Length - start)));
                _requests.Writer.TryWrite(new SessionRequest { Shared = new SharedData { Job = setup.Job, Data = data } });
            }
        }
    }

    /// <inheritdoc/>
    public void Send(Chunk chunk)
    {
        _next.Chunks_.Add(chunk);
        _requests.Writer.TryWrite(new SessionRequest { Chunks = _next });
        _next = new Chunks();
    }

    /// <inheritdoc/>
    public void Forget(ulong job) => _next.Forgotten.Add(job);

    /// <inheritdoc/>
    public void Cancel(ulong job) => _requests.Writer.TryWrite(new SessionRequest { Cancel = new CancelJob { Job = job } });

    /// <inheritdoc/>
    public void Reclaim(Reclaim reclaim) => _requests.Writer.TryWrite(new SessionRequest { Reclaim = reclaim });

    /// <inheritdoc/>
    public void Kill(string reason) => _launched.Kill(reason);

    /// <inheritdoc/>
    public void KillStuck(string reason) => _ = _launched.KillWithStackAsync(reason);

    /// <inheritdoc/>
    public void Recycle(string reason) => RecycleWanted(reason);

    /// <inheritdoc/>
    public void Shutdown() => _requests.Writer.TryWrite(new SessionRequest { Shutdown = new Shutdown() });

    /// <summary>Carries the session until its end, which is the worker's.</summary>
    /// <param name="observer">Hears what the worker says.</param>
    public async Task RunAsync(IWorkerObserver observer)
    {
        using var over = new CancellationTokenSource();
        var writing = WriteAsync();
        var watching = WatchHealthAsync(over.Token);
        var ending = EndAfterDeathAsync(over.Token);
        try
        {
            await ReadAsync(observer);
        }
        catch (RpcException)
        {
            // A dead worker's stream breaks off: what it died of, its certificate says. One that lives on without a
            // session is killed by its slot.
        }

        _requests.Writer.TryComplete();
        await over.CancelAsync();
        await writing;
        await watching;
        await ending;
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        _requests.Writer.TryComplete();
        _call.Dispose();
        _channel.Dispose();
        return ValueTask.CompletedTask;
    }

    private async Task IntroduceAsync(CancellationToken cancellation)
    {
        await _call.RequestStream.WriteAsync(
            new SessionRequest
            {
                Start = new SessionStart
                {
                    ProtocolVersion = WorkerProtocol.Version,
                    WorkerName = Identity.Name,
                    Incarnation = Identity.Incarnation,
                    HeartbeatInterval = Duration.FromTimeSpan(_options.HealthInterval),
                    MaxValueBytes = (uint)_options.MaxValueBytes,
                    Initializer = _options.Initializer.Length == 0
                        ? null
                        : new V1.Initializer { Function = _options.Initializer, JsonArguments = _options.InitializerArguments },
                },
            },
            cancellation);
        if (!await _call.ResponseStream.MoveNext(cancellation) || _call.ResponseStream.Current.Hello is not { } hello)
        {
            throw new WorkerStartException(ErrorReasons.ProtocolMismatch, $"{Identity.Name} did not say hello.");
        }

        if (hello.ProtocolVersion != WorkerProtocol.Version)
        {
            throw new WorkerStartException(
                ErrorReasons.ProtocolMismatch,
                $"{Identity.Name} speaks version {hello.ProtocolVersion} of the worker protocol, this Supervisor version {WorkerProtocol.Version}. " +
                "Use a WorkerHost and a Supervisor of the same release.");
        }

        Catalogue = new Catalogue(hello.Functions);
        if (_options.Initializer.Length > 0)
        {
            await InitializeAsync(cancellation);
        }
    }

    // The pool's initializer: a worker that it fails on, or holds up, does not start.
    private async Task InitializeAsync(CancellationToken cancellation)
    {
        var name = $"{Identity.Name}: the pool's initializer \"{_options.Initializer}\"";
        using var limit = new CancellationTokenSource(_options.StartTimeout, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, limit.Token);
        try
        {
            while (await _call.ResponseStream.MoveNext(either.Token))
            {
                // Signs of life may come before.
                if (_call.ResponseStream.Current.Initialized is { } initialized)
                {
                    if (initialized.Error.Length > 0)
                    {
                        throw new WorkerStartException(ErrorReasons.InitializerFailed, $"{name} failed: {initialized.Error}");
                    }

                    return;
                }
            }
        }
        catch (Exception) when (limit.IsCancellationRequested)
        {
            throw new WorkerStartException(
                ErrorReasons.InitializerFailed, $"{name} did not end within {_options.StartTimeout.TotalSeconds} s (Pool:StartTimeout).");
        }
        catch (RpcException) when (!cancellation.IsCancellationRequested)
        {
            // What it died of says more.
        }

        _launched.Kill("its session ended while it ran the pool's initializer");
        var certificate = await _launched.Death;
        throw new WorkerStartException(ErrorReasons.WorkerStartFailed, $"{name} ended the worker: {certificate}.");
    }

    private async Task ReadAsync(IWorkerObserver observer)
    {
        await foreach (var response in _call.ResponseStream.ReadAllAsync())
        {
            Interlocked.Increment(ref _messagesRead);
            lock (_verdict)
            {
                _verdict.Sign(Now);
            }

            switch (response.EventCase)
            {
                case SessionResponse.EventOneofCase.Results:
                    observer.Results(this, response.Results.Results);
                    break;
                case SessionResponse.EventOneofCase.Overdue:
                    observer.Overdue(this, response.Overdue);
                    break;
                case SessionResponse.EventOneofCase.Refused:
                    observer.Refused(this, response.Refused);
                    break;
            }
        }
    }

    // The connection of a dead worker ends by itself, unless it is as dead as the worker and says nothing.
    private async Task EndAfterDeathAsync(CancellationToken over)
    {
        try
        {
            await _launched.Death.WaitAsync(over);
            long before;
            do
            {
                before = Interlocked.Read(ref _messagesRead);
                await Task.Delay(LastWords, _time, over);
            }
            while (Interlocked.Read(ref _messagesRead) != before);
            _call.Dispose();
        }
        catch (OperationCanceledException)
        {
            // The session is over.
        }
    }

    private async Task WriteAsync()
    {
        try
        {
            while (await _requests.Reader.WaitToReadAsync())
            {
                while (_requests.Reader.TryRead(out var request))
                {
                    Join(request);
                    await _call.RequestStream.WriteAsync(request);
                }
            }
        }
        catch (Exception error) when (error is RpcException or InvalidOperationException or OperationCanceledException or IOException)
        {
            // The session is over: its reader reads what was sent to the end and says so. What was in flight goes back
            // with the worker's death.
        }
        catch (Exception error)
        {
            _launched.Kill($"what it was to be sent could not be: {error.Message}");
        }
    }

    // Chunks that wait together travel together.
    private void Join(SessionRequest request)
    {
        if (request.Chunks is not { } chunks)
        {
            return;
        }

        var bytes = ByteCountOf(chunks);
        while (bytes < MaxMessageBytes && _requests.Reader.TryPeek(out var next) && next.Chunks is { } more)
        {
            _requests.Reader.TryRead(out _);
            chunks.Setups.AddRange(more.Setups);
            chunks.Chunks_.AddRange(more.Chunks_);
            chunks.Forgotten.AddRange(more.Forgotten);
            bytes += ByteCountOf(more);
        }

        static long ByteCountOf(Chunks chunks) => chunks.Chunks_.Sum(chunk => chunk.Segments.Sum(segment => (long)segment.Data.Length));
    }

    private async Task WatchHealthAsync(CancellationToken over)
    {
        using var timer = new PeriodicTimer(_options.HealthInterval, _time);
        Task probe = Task.CompletedTask;
        try
        {
            while (await timer.WaitForNextTickAsync(over))
            {
                bool isDead;
                lock (_verdict)
                {
                    isDead = _verdict.IsDead(Now);
                }

                if (isDead)
                {
                    _launched.Kill($"it was silent for {_options.SilenceLimit.TotalSeconds} s");
                    return;
                }

                if (probe.IsCompleted)
                {
                    probe = ProbeAsync(over);
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The session is over.
        }
        finally
        {
            await probe;
        }
    }

    private async Task ProbeAsync(CancellationToken over)
    {
        try
        {
            var answer = await _health.CheckAsync(new HealthCheckRequest(), cancellationToken: over);
            if (answer.Status == HealthCheckResponse.Types.ServingStatus.Serving)
            {
                lock (_verdict)
                {
                    _verdict.Sign(Now);
                }
            }
        }
        catch (Exception)
        {
            // No answer, for whatever reason, is no sign of life; the verdict counts how long.
        }
    }
}
