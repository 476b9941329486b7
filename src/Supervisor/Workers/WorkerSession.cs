using Google.Protobuf;
using Grpc.Core;
using Grpc.Health.V1;
using Grpc.Net.Client;
using WorkerPool.Processes;
using WorkerPool.Protocol.Errors;
using WorkerPool.Protocol.Packing;
using WorkerPool.Supervisor.Configuration;
using WorkerPool.Supervisor.Launching;
using WorkerPool.Worker.V1;

namespace WorkerPool.Supervisor.Workers;

/// <summary>
/// The one session with a worker: a reader that reports, and a <see cref="SessionWriter"/> that joins small chunks into one message.
/// </summary>
internal sealed class WorkerSession : IWorker, IAsyncDisposable
{
    // What a dead worker has sent is there, or on its way; a connection that gives nothing for so long gives no more.
    private static readonly TimeSpan LastWords = TimeSpan.FromSeconds(2);

    // What a worker reads only to copy it is to be garbage of the cheap kind.
    private const int SharedDataBytes = 64 << 10;

    private readonly ILaunchedWorker _launched;
    private readonly GrpcChannel _channel;
    private readonly AsyncDuplexStreamingCall<SessionRequest, SessionResponse> _call;
    private readonly SessionMemory? _memory;
    private readonly SessionWriter _writer;
    private readonly TimeProvider _time;
    private readonly WorkerHealth _health;
    private long _messagesRead;

    // What goes with the next chunk; for those alone who give it work.
    private Chunks _next = new();

    private WorkerSession(WorkerIdentity identity, ILaunchedWorker launched, PoolOptions options, TimeProvider time)
    {
        Identity = identity;
        _launched = launched;
        _time = time;
        _channel = ChannelOf(launched.CreateHandler());
        _call = _channel.CreateCallInvoker().AsyncDuplexStreamingCall(RentedMessages.Session, host: null, default);
        _memory = launched.IsBeside ? SessionMemory.TryCreate() : null;
        _writer = new SessionWriter(_call.RequestStream, _memory, launched.Kill);
        _health = new WorkerHealth(launched, new Health.HealthClient(_channel), options, time);
    }

    /// <inheritdoc/>
    public WorkerIdentity Identity { get; }

    /// <summary>What the worker can run.</summary>
    public Catalogue Catalogue { get; private set; } = new([]);

    /// <summary>Called with the reason when the worker is to be replaced. Default: nothing.</summary>
    public Action<string> RecycleWanted { get; set; } = _ => { };

    /// <summary>A channel to a worker.</summary>
    /// <param name="handler">Makes connections to it; disposed of with the channel.</param>
    public static GrpcChannel ChannelOf(HttpMessageHandler handler) => GrpcChannel.ForAddress("http://worker", new GrpcChannelOptions
    {
        HttpHandler = handler,
        DisposeHttpClient = true,
        MaxReceiveMessageSize = null,
        MaxSendMessageSize = null,
    });

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
        try
        {
            session.Catalogue = await new WorkerIntroduction(identity, launched, options, session._memory, time).RunAsync(session._call, cancellation);
            return session;
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

        _writer.Add(_next);
        _next = new Chunks();
        foreach (var piece in shared)
        {
            for (var start = 0; start < piece.Length; start += SharedDataBytes)
            {
                var data = UnsafeByteOperations.UnsafeWrap(piece.Slice(start, Math.Min(SharedDataBytes, piece.Length - start)));
                _writer.Add(new SessionRequest { Shared = new SharedData { Job = setup.Job, Data = data } });
            }
        }
    }

    /// <inheritdoc/>
    public void Send(Chunk chunk)
    {
        if (_next.Setups.Count + _next.Forgotten.Count > 0)
        {
            _writer.Add(_next);
            _next = new Chunks();
        }

        _writer.Add(chunk);
    }

    /// <inheritdoc/>
    public void Forget(ulong job) => _next.Forgotten.Add(job);

    /// <inheritdoc/>
    public void Cancel(ulong job) => _writer.Add(new SessionRequest { Cancel = new CancelJob { Job = job } });

    /// <inheritdoc/>
    public void Reclaim(Reclaim reclaim) => _writer.Add(new SessionRequest { Reclaim = reclaim });

    /// <inheritdoc/>
    public void Flush() => _writer.Flush();

    /// <inheritdoc/>
    public void Kill(string reason) => _launched.Kill(reason);

    /// <inheritdoc/>
    public void KillStuck(string reason, ulong lease) => _ = _launched.KillWithStackAsync(reason, lease);

    /// <inheritdoc/>
    public void Recycle(string reason) => RecycleWanted(reason);

    /// <inheritdoc/>
    public void Shutdown() => _writer.Add(new SessionRequest { Shutdown = new Shutdown() });

    /// <summary>Carries the session until its end, which is the worker's.</summary>
    /// <param name="observer">Hears what the worker says.</param>
    public async Task RunAsync(IWorkerObserver observer)
    {
        using var over = new CancellationTokenSource();
        var watching = _health.WatchAsync(over.Token);
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

        await over.CancelAsync();
        await _writer.EndAsync();
        await watching;
        await ending;
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        _ = _writer.EndAsync();
        _call.Dispose();
        _channel.Dispose();
        _memory?.Dispose();
        return ValueTask.CompletedTask;
    }

    private async Task ReadAsync(IWorkerObserver observer)
    {
        await foreach (var written in _call.ResponseStream.ReadAllAsync())
        {
            Interlocked.Increment(ref _messagesRead);
            _health.Sign();
            var response = _memory?.Read(written) ?? written;
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
}
