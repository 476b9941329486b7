using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using WorkerPool.Processes;
using WorkerPool.Protocol;
using WorkerPool.Protocol.Errors;
using WorkerPool.Supervisor.Configuration;
using WorkerPool.Supervisor.Launching;
using WorkerPool.Worker.V1;

namespace WorkerPool.Supervisor.Workers;

/// <summary>The beginning of a session: start, hello, and the pool's initializer. Each of the two waits has the start timeout.</summary>
/// <param name="identity">Who the worker is.</param>
/// <param name="launched">The worker.</param>
/// <param name="options">How the pool is made.</param>
/// <param name="memory">What it is offered for large messages; <c>null</c>: nothing.</param>
/// <param name="time">Measures the waits.</param>
internal sealed class WorkerIntroduction(
    WorkerIdentity identity, ILaunchedWorker launched, PoolOptions options, SessionMemory? memory, TimeProvider time)
{
    /// <summary>Introduces Supervisor and worker to one another.</summary>
    /// <param name="call">The session.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <returns>What the worker can run.</returns>
    /// <exception cref="WorkerStartException">The worker does not introduce itself as it should, or the initializer fails.</exception>
    public async Task<Catalogue> RunAsync(AsyncDuplexStreamingCall<SessionRequest, SessionResponse> call, CancellationToken cancellation)
    {
        var hello = await GreetAsync(call, cancellation);
        if (hello.ProtocolVersion != WorkerProtocol.Version)
        {
            throw new WorkerStartException(
                ErrorReasons.ProtocolMismatch,
                $"{identity.Name} speaks version {hello.ProtocolVersion} of the worker protocol, this Supervisor version {WorkerProtocol.Version}. "
                    + "Use a WorkerHost and a Supervisor of the same release.");
        }

        memory?.Settle(hello.HasMemory);
        if (options.Initializer.Length > 0)
        {
            await InitializeAsync(call.ResponseStream, cancellation);
        }

        return new Catalogue(hello.Functions);
    }

    private async Task<Hello> GreetAsync(AsyncDuplexStreamingCall<SessionRequest, SessionResponse> call, CancellationToken cancellation)
    {
        using var limit = new CancellationTokenSource(options.StartTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, limit.Token);
        try
        {
            await call.RequestStream.WriteAsync(new SessionRequest { Start = Start() }, either.Token);
            return await call.ResponseStream.MoveNext(either.Token) && call.ResponseStream.Current.Hello is { } hello
                ? hello
                : throw new WorkerStartException(ErrorReasons.ProtocolMismatch, $"{identity.Name} did not say hello.");
        }
        catch (Exception error) when (limit.IsCancellationRequested && error is not WorkerStartException)
        {
            cancellation.ThrowIfCancellationRequested();
            throw new WorkerStartException(
                ErrorReasons.WorkerStartFailed,
                $"{identity.Name} listens, but did not introduce itself within {options.StartTimeout.TotalSeconds} s.");
        }
    }

    private SessionStart Start() => new()
    {
        ProtocolVersion = WorkerProtocol.Version,
        WorkerName = identity.Name,
        Incarnation = identity.Incarnation,
        HeartbeatInterval = Duration.FromTimeSpan(options.HealthInterval),
        MaxValueBytes = (uint)options.MaxValueBytes,
        ConstructorTimeout = Duration.FromTimeSpan(options.StartTimeout),
        Memory = memory?.Offer,
        Initializer = options.Initializer.Length == 0
            ? null
            : new V1.Initializer { Function = options.Initializer, JsonArguments = options.InitializerArguments },
    };

    // The pool's initializer: a worker that it fails on, or holds up, does not start.
    private async Task InitializeAsync(IAsyncStreamReader<SessionResponse> responses, CancellationToken cancellation)
    {
        var name = $"{identity.Name}: the pool's initializer \"{options.Initializer}\"";
        using var limit = new CancellationTokenSource(options.StartTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, limit.Token);
        try
        {
            while (await responses.MoveNext(either.Token))
            {
                // Signs of life may come before.
                if (responses.Current.Initialized is { } initialized)
                {
                    if (initialized.Error.Length > 0)
                    {
                        throw new WorkerStartException(ErrorReasons.InitializerFailed, $"{name} failed: {initialized.Error}");
                    }

                    return;
                }
            }
        }
        catch (Exception error) when (limit.IsCancellationRequested && error is not WorkerStartException)
        {
            throw new WorkerStartException(
                ErrorReasons.InitializerFailed, $"{name} did not end within {options.StartTimeout.TotalSeconds} s (Pool:StartTimeout).");
        }
        catch (RpcException) when (!cancellation.IsCancellationRequested)
        {
            // What it died of says more.
        }

        launched.Kill("its session ended while it ran the pool's initializer");
        var certificate = await launched.Death;
        throw new WorkerStartException(ErrorReasons.WorkerStartFailed, $"{name} ended the worker: {certificate}.");
    }
}
