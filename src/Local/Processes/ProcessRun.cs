using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Grpc.Net.Client;
using WorkerPool.Client.Processes;
using WorkerPool.Processes;
using WorkerPool.Protocol;
using WorkerPool.Protocol.Errors;
using WorkerPool.Protocol.Packing;
using WorkerPool.Supervisor.Launching;
using WorkerPool.V1;
using WorkerPool.Worker.V1;

namespace WorkerPool.Local.Processes;

/// <summary>A worker of one item: launched for it, shut down when it is answered.</summary>
internal sealed class ProcessRun : IProcessRun
{
    private const ulong Number = 1;

    /// <summary>How long a function may take to end that was asked to, and a worker whose session is over.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(2);

    // Nobody listens for signs of life: a function may take as long as it likes.
    private static readonly TimeSpan HeartbeatInterval = TimeSpan.FromHours(1);

    private readonly ILaunchedWorker _launched;
    private readonly GrpcChannel _channel;
    private readonly AsyncDuplexStreamingCall<SessionRequest, SessionResponse> _session;
    private readonly SemaphoreSlim _writing = new(1);
    private readonly TimeProvider _time;
    private volatile bool _isTerminated;
    private volatile bool _isKilled;

    private ProcessRun(string name, ILaunchedWorker launched, TimeProvider time)
    {
        Name = name;
        _launched = launched;
        _time = time;
        _channel = GrpcChannel.ForAddress("http://worker", new GrpcChannelOptions
        {
            HttpHandler = launched.CreateHandler(),
            DisposeHttpClient = true,
            MaxReceiveMessageSize = null,
            MaxSendMessageSize = null,
        });
        _session = new WorkerService.WorkerServiceClient(_channel).Session();
    }

    /// <inheritdoc/>
    public int Id => _launched.ProcessId;

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public Task<ProcessEnd> Ended { get; private set; } = null!;

    /// <summary>Launches one and gives it its item.</summary>
    /// <param name="launcher">Launches it.</param>
    /// <param name="order">What it is to run; named.</param>
    /// <param name="maxValueBytes">The largest value, in bytes.</param>
    /// <param name="time">The clock.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <exception cref="WorkerStartException">It cannot be started.</exception>
    public static async Task<ProcessRun> StartAsync(
        IWorkerLauncher launcher, ProcessOrder order, int maxValueBytes, TimeProvider time, CancellationToken cancellation)
    {
        var launched = await launcher.LaunchAsync(order.Name!, cancellation).ConfigureAwait(false);
        var run = new ProcessRun(order.Name!, launched, time);
        try
        {
            await run.OpenAsync(order, maxValueBytes, cancellation).ConfigureAwait(false);
        }
        catch (Exception error)
        {
            await run.DisposeAsync().ConfigureAwait(false);
            throw error is RpcException
                ? new WorkerStartException(ErrorReasons.WorkerStartFailed, $"{order.Name} did not open its session: {error.Message}")
                : error;
        }

        run.Ended = Task.Run(run.LiveAsync, CancellationToken.None);
        return run;
    }

    /// <inheritdoc/>
    public void Terminate()
    {
        if (!_isTerminated && !Ended.IsCompleted)
        {
            _isTerminated = true;
            _ = TerminateAsync();
        }
    }

    /// <inheritdoc/>
    public void Kill()
    {
        if (!Ended.IsCompleted)
        {
            _isKilled = true;
            _launched.Kill("its program killed it");
        }
    }

    private async Task OpenAsync(ProcessOrder order, int maxValueBytes, CancellationToken cancellation)
    {
        await SendAsync(new SessionRequest
        {
            Start = new SessionStart
            {
                ProtocolVersion = WorkerProtocol.Version,
                WorkerName = Name,
                Incarnation = 1,
                HeartbeatInterval = Duration.FromTimeSpan(HeartbeatInterval),
                MaxValueBytes = (uint)maxValueBytes,
            },
        }).ConfigureAwait(false);
        if (!await _session.ResponseStream.MoveNext(cancellation).ConfigureAwait(false))
        {
            throw new WorkerStartException(ErrorReasons.ProtocolMismatch, $"{Name} did not say hello.");
        }

        var item = new PackedRunBuilder();
        item.Add(order.Item.Span);
        await SendAsync(new SessionRequest
        {
            Chunks = new Chunks
            {
                Setups =
                {
                    new JobSetup
                    {
                        Job = Number,
                        Function = order.Function,
                        Method = order.Method,
                        Encoding = order.Encoding,
                        ValueEncoding = order.ValueEncoding,
                    },
                },
                Chunks_ = { new Chunk { Lease = Number, Job = Number, Segments = { item.Take().ToMessage() }, Attempt = 1 } },
            },
        }).ConfigureAwait(false);
    }

    private async Task<ProcessEnd> LiveAsync()
    {
        var answer = await ReadAsync().ConfigureAwait(false);
        await EndSessionAsync().ConfigureAwait(false);
        if (!await IsDeadWithinAsync(Grace).ConfigureAwait(false))
        {
            _launched.Kill("it lived on after its function had ended");
        }

        var certificate = await _launched.Death.ConfigureAwait(false);
        await DisposeAsync().ConfigureAwait(false);
        return EndOf(answer, certificate);
    }

    // The answer to the one item, or null where the session ended without.
    private async Task<ChunkResults?> ReadAsync()
    {
        try
        {
            await foreach (var response in _session.ResponseStream.ReadAllAsync().ConfigureAwait(false))
            {
                if (response.Refused is { } refused)
                {
                    return new ChunkResults { Errors = { new ItemError { Reason = refused.Reason, Message = refused.Message, Attempts = 1 } } };
                }

                if (response.Results?.Results.FirstOrDefault(results => results.Values?.ItemCount > 0) is { } answer)
                {
                    return answer;
                }
            }
        }
        catch (RpcException)
        {
            // A dead process's stream breaks off: what it died of, its certificate says.
        }

        return null;
    }

    private async Task EndSessionAsync()
    {
        try
        {
            await SendAsync(new SessionRequest { Shutdown = new Shutdown() }).ConfigureAwait(false);
            await _session.RequestStream.CompleteAsync().ConfigureAwait(false);
            while (await _session.ResponseStream.MoveNext(CancellationToken.None).ConfigureAwait(false))
            {
            }
        }
        catch (Exception error) when (error is RpcException or InvalidOperationException or IOException)
        {
            // It is over already.
        }
    }

    private async Task TerminateAsync()
    {
        try
        {
            await SendAsync(new SessionRequest { Cancel = new CancelJob { Job = Number } }).ConfigureAwait(false);
            await SendAsync(new SessionRequest { Shutdown = new Shutdown() }).ConfigureAwait(false);
        }
        catch (Exception error) when (error is RpcException or InvalidOperationException or IOException)
        {
            // It ends already.
        }

        if (!await IsDeadWithinAsync(Grace).ConfigureAwait(false))
        {
            _launched.Kill("its program terminated it");
        }
    }

    // Several may write: the start, a termination, the end. A stream takes one message at a time.
    private async Task SendAsync(SessionRequest request)
    {
        await _writing.WaitAsync().ConfigureAwait(false);
        try
        {
            await _session.RequestStream.WriteAsync(request).ConfigureAwait(false);
        }
        finally
        {
            _writing.Release();
        }
    }

    private async Task<bool> IsDeadWithinAsync(TimeSpan limit)
    {
        try
        {
            await _launched.Death.WaitAsync(limit, _time).ConfigureAwait(false);
            return true;
        }
        catch (TimeoutException)
        {
            return false;
        }
    }

    private ProcessEnd EndOf(ChunkResults? answer, DeathCertificate certificate)
    {
        if (answer is { Errors.Count: > 0 })
        {
            return new ProcessEnd(_isTerminated ? ExitCodes.Terminated : ExitCodes.Threw, null, answer.Errors[0]);
        }

        if (answer is not null && PackedRun.TryRead(answer.Values, out var run, out _))
        {
            return new ProcessEnd(ExitCodes.Returned, run.Data, null);
        }

        var code = _isTerminated ? ExitCodes.Terminated : _isKilled ? ExitCodes.Killed : ExitCodes.Of(certificate);
        return new ProcessEnd(code, null, new ItemError
        {
            Reason = ErrorReasons.WorkerCrashed,
            Message = $"{Name} ended before its function did: {certificate}.",
            Attempts = 1,
        });
    }

    private async Task DisposeAsync()
    {
        _session.Dispose();
        _channel.Dispose();
        await _launched.DisposeAsync().ConfigureAwait(false);
    }
}
