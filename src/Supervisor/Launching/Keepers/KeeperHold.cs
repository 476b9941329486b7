using System.Collections.Concurrent;
using System.Threading.Channels;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Grpc.Net.Client;
using Polly.CircuitBreaker;
using WorkerPool.Processes;
using WorkerPool.Protocol;
using WorkerPool.Protocol.Errors;
using WorkerPool.Supervisor.Configuration;
using WorkerPool.Tls;
using WorkerPool.Worker.V1;

namespace WorkerPool.Supervisor.Launching.Keepers;

/// <summary>This Supervisor's hold on a keeper, from its start to its loss. Safe for several threads.</summary>
internal sealed class KeeperHold : IDisposable
{
    private const int BeatsPerLease = 4;

    private readonly Uri _address;
    private readonly PoolOptions _options;
    private readonly TimeProvider _time;
    private readonly Action<WorkerOutputLine> _output;
    private readonly GrpcChannel _channel;
    private readonly KeeperConnections _connections;
    private readonly Channel<KeepRequest> _requests = Channel.CreateUnbounded<KeepRequest>(new UnboundedChannelOptions { SingleReader = true });
    private readonly ConcurrentDictionary<ulong, TaskCompletionSource<KeptWorker>> _launching = [];
    private readonly ConcurrentDictionary<ulong, KeptWorker> _workers = [];
    private readonly Lock _lock = new();
    private ulong _lastNumber;
    private long _lastSign;
    private int _taken;
    private bool _isLost;

    /// <summary>A hold, not begun.</summary>
    /// <param name="address">The keeper.</param>
    /// <param name="options">How the pool is made.</param>
    /// <param name="time">Measures silence.</param>
    /// <param name="output">Takes what workers print.</param>
    /// <param name="identity">The part of mutual TLS; <c>null</c>: cleartext.</param>
    public KeeperHold(
        Uri address, PoolOptions options, TimeProvider time, Action<WorkerOutputLine> output, ReloadedFiles<PinnedIdentity>? identity)
    {
        _address = address;
        _options = options;
        _time = time;
        _output = output;
        _connections = new KeeperConnections(address, options.Keepers, identity);
        Circuit = new KeeperCircuit(time);
        _channel = GrpcChannel.ForAddress("http://keeper", new GrpcChannelOptions
        {
            HttpHandler = new SocketsHttpHandler
            {
                UseProxy = false,
                ConnectTimeout = options.Keepers.Lease,
                ConnectCallback = async (_, cancellation) => await _connections.OpenAsync(cancellation),
            },
            DisposeHttpClient = true,
        });
    }

    /// <summary>Opens connections to its workers.</summary>
    public string Key { get; private set; } = "";

    /// <summary>Name of the keeper's machine or pod.</summary>
    public string Host { get; private set; } = "";

    /// <summary>How many workers it has place for; 0 before it is held, and when it goes.</summary>
    public int Places { get; private set; }

    /// <summary>Called when <see cref="Places"/> has changed, or a place has become free. Default: nothing.</summary>
    public Action Changed { get; init; } = () => { };

    /// <summary>Holds the keeper until it is lost.</summary>
    /// <param name="held">Called when it is held.</param>
    /// <param name="cancellation">Lets go of it.</param>
    /// <exception cref="RpcException">It could not be held, or was lost.</exception>
    public async Task RunAsync(Action held, CancellationToken cancellation)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        using var call = new KeeperService.KeeperServiceClient(_channel).Keep(cancellationToken: ending.Token);
        var reason = "the pool let go of its keeper";
        try
        {
            await StartAsync(call, ending.Token);
            held();
            Changed();
            Volatile.Write(ref _lastSign, _time.GetTimestamp());
            await await Task.WhenAny(ReadAsync(call, ending.Token), WriteAsync(call, ending.Token), BeatAsync(ending.Token));
            reason = $"its keeper {Host} at {_address.Authority} ended its hold";
        }
        catch (Exception error) when (!cancellation.IsCancellationRequested)
        {
            reason = $"its keeper {Host} at {_address.Authority} was lost: {(error as RpcException)?.Status.Detail ?? error.Message}";
            throw;
        }
        finally
        {
            Lose(reason);
            await ending.CancelAsync();
        }
    }

    /// <summary>Whether its launches fail, so that it is left alone for a while.</summary>
    public KeeperCircuit Circuit { get; }

    /// <summary>How many of its places are free.</summary>
    public int FreePlaces => Math.Max(0, Places - Volatile.Read(ref _taken));

    /// <summary>Takes a place, if one is free.</summary>
    public bool TryTakePlace()
    {
        lock (_lock)
        {
            if (_isLost || _taken >= Places)
            {
                return false;
            }

            _taken++;
            return true;
        }
    }

    /// <summary>Launches a worker in a place that was taken.</summary>
    /// <param name="name">Its name for people.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <exception cref="WorkerStartException">It cannot be started.</exception>
    public async Task<ILaunchedWorker> LaunchAsync(string name, CancellationToken cancellation)
    {
        try
        {
            return await Circuit.RunAsync(token => LaunchOnceAsync(name, token), cancellation);
        }
        catch (BrokenCircuitException error)
        {
            FreePlace();
            throw Circuit.Failure ?? new WorkerStartException(ErrorReasons.WorkerStartFailed, $"the keeper {Host} at {_address.Authority} is being tried again: {error.Message}");
        }
    }

    private async Task<ILaunchedWorker> LaunchOnceAsync(string name, CancellationToken cancellation)
    {
        var number = Interlocked.Increment(ref _lastNumber);
        var launching = new TaskCompletionSource<KeptWorker>(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_lock)
        {
            if (_isLost)
            {
                _taken--;
                throw Lost();
            }

            _launching[number] = launching;
        }

        Send(new KeepRequest { Launch = new LaunchWorker { Number = number, Name = name } });
        try
        {
            return await launching.Task.WaitAsync(cancellation);
        }
        catch (OperationCanceledException)
        {
            Send(new KeepRequest { Kill = new KillWorker { Number = number, Reason = "its start was given up" } });
            _ = EndGivenUpAsync(launching.Task);
            throw;
        }
    }

    /// <summary>Sends something to the keeper, if it is still held.</summary>
    /// <param name="request">The message.</param>
    public void Send(KeepRequest request) => _requests.Writer.TryWrite(request);

    /// <summary>A connection to the keeper's port, with TLS where that is spoken.</summary>
    /// <param name="cancellation">Gives up.</param>
    public Task<Stream> ConnectAsync(CancellationToken cancellation) => _connections.OpenAsync(cancellation);

    /// <summary>A worker that is dead is let go of: its place is free.</summary>
    /// <param name="number">Its number.</param>
    public void Forget(ulong number)
    {
        if (_workers.TryRemove(number, out _))
        {
            FreePlace();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _channel.Dispose();

    private WorkerStartException Lost() => new(ErrorReasons.WorkerStartFailed, $"the keeper {Host} at {_address.Authority} was lost");

    private async Task StartAsync(AsyncDuplexStreamingCall<KeepRequest, KeepResponse> call, CancellationToken cancellation)
    {
        using var limit = new CancellationTokenSource(_options.Keepers.Lease, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, limit.Token);
        var start = new KeepStart
        {
            ProtocolVersion = WorkerProtocol.Version,
            Holder = $"{Environment.MachineName} (process {Environment.ProcessId})",
            Concurrency = (uint)_options.Concurrency,
            StartTimeout = Duration.FromTimeSpan(_options.StartTimeout),
            Lease = Duration.FromTimeSpan(_options.Keepers.Lease),
            ReportInterval = Duration.FromTimeSpan(_options.HealthInterval),
        };
        try
        {
            await call.RequestStream.WriteAsync(new KeepRequest { Start = start }, either.Token);
            if (!await call.ResponseStream.MoveNext(either.Token) || call.ResponseStream.Current.Hello is not { } hello)
            {
                throw new InvalidOperationException("it is no keeper: it did not say hello");
            }

            if (hello.ProtocolVersion != WorkerProtocol.Version)
            {
                throw new InvalidOperationException(
                    $"it speaks version {hello.ProtocolVersion} of the worker protocol, this Supervisor version {WorkerProtocol.Version}; use one release for both");
            }

            (Key, Host, Places) = (hello.Key, hello.Host, (int)hello.Places);
        }
        catch (Exception) when (limit.IsCancellationRequested && !cancellation.IsCancellationRequested)
        {
            throw new TimeoutException($"it did not answer within {_options.Keepers.Lease.TotalSeconds} s");
        }
    }

    private async Task ReadAsync(AsyncDuplexStreamingCall<KeepRequest, KeepResponse> call, CancellationToken cancellation)
    {
        while (await call.ResponseStream.MoveNext(cancellation))
        {
            Volatile.Write(ref _lastSign, _time.GetTimestamp());
            Take(call.ResponseStream.Current);
        }
    }

    private async Task WriteAsync(AsyncDuplexStreamingCall<KeepRequest, KeepResponse> call, CancellationToken cancellation)
    {
        await foreach (var request in _requests.Reader.ReadAllAsync(cancellation))
        {
            await call.RequestStream.WriteAsync(request, cancellation);
        }
    }

    // Ends when the keeper has been silent for the lease: by then it has ended its workers too.
    private async Task BeatAsync(CancellationToken cancellation)
    {
        var lease = _options.Keepers.Lease;
        using var timer = new PeriodicTimer(lease / BeatsPerLease, _time);
        while (await timer.WaitForNextTickAsync(cancellation))
        {
            if (_time.GetElapsedTime(Volatile.Read(ref _lastSign)) > lease)
            {
                throw new TimeoutException($"it was silent for {lease.TotalSeconds} s");
            }

            Send(new KeepRequest { Beat = new Beat() });
        }
    }

    private void Take(KeepResponse response)
    {
        switch (response.EventCase)
        {
            case KeepResponse.EventOneofCase.Launched:
                Launched(response.Launched);
                break;
            case KeepResponse.EventOneofCase.Failed:
                Failed(response.Failed);
                break;
            case KeepResponse.EventOneofCase.Died:
                _workers.GetValueOrDefault(response.Died.Number)?.Bury(response.Died);
                break;
            case KeepResponse.EventOneofCase.Report:
                foreach (var report in response.Report.Workers)
                {
                    _workers.GetValueOrDefault(report.Number)?.Take(report);
                }

                break;
            case KeepResponse.EventOneofCase.Line:
                _output(new WorkerOutputLine(response.Line.Worker, response.Line.IsError, response.Line.Text) { Job = response.Line.Job });
                break;
            case KeepResponse.EventOneofCase.Leaving:
                Leave();
                break;
        }
    }

    private void Launched(WorkerLaunched launched)
    {
        if (_launching.TryRemove(launched.Number, out var launching))
        {
            var worker = new KeptWorker(this, launched.Number, launched, _options.StackCaptureLimit, _time);
            _workers[launched.Number] = worker;
            launching.SetResult(worker);
            if (Places == 0)
            {
                worker.Leave();
            }
        }
    }

    private void Failed(WorkerLaunchFailed failed)
    {
        if (_launching.TryRemove(failed.Number, out var launching))
        {
            FreePlace();
            launching.SetException(new WorkerStartException(failed.Reason, $"keeper {Host}: {failed.Message}") { HasTimedOut = failed.HasTimedOut });
        }
    }

    private void Leave()
    {
        lock (_lock)
        {
            Places = 0;
        }

        foreach (var worker in _workers.Values)
        {
            worker.Leave();
        }

        Changed();
    }

    private void Lose(string reason)
    {
        lock (_lock)
        {
            _isLost = true;
            Places = 0;
        }

        _requests.Writer.TryComplete();
        foreach (var launching in _launching.Values)
        {
            launching.TrySetException(Lost());
        }

        foreach (var worker in _workers.Values)
        {
            worker.Lose(reason);
        }

        Changed();
    }

    private void FreePlace()
    {
        lock (_lock)
        {
            _taken--;
        }

        Changed();
    }

    private static async Task EndGivenUpAsync(Task<KeptWorker> launching)
    {
        try
        {
            await using var worker = await launching;
        }
        catch (WorkerStartException)
        {
            // Better still.
        }
    }
}
