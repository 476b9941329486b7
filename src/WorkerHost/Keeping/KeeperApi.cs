using System.Security.Cryptography;
using Grpc.Core;
using WorkerPool.Protocol;
using WorkerPool.Protocol.Errors;
using WorkerPool.Worker.V1;

namespace WorkerPool.WorkerHost.Keeping;

/// <summary>Serves the Supervisor that holds the keeper, and tells others that it is held.</summary>
/// <param name="workers">Launches workers.</param>
/// <param name="time">The clock.</param>
/// <param name="log">The log.</param>
internal sealed partial class KeeperApi(KeeperWorkers workers, TimeProvider time, ILogger<KeeperApi> log) : KeeperService.KeeperServiceBase
{
    private readonly Lock _lock = new();
    private KeeperHold? _held;
    private bool _isLeaving;

    /// <summary>Path of the socket of a worker.</summary>
    /// <param name="key">Key of the hold it is of.</param>
    /// <param name="number">Its number.</param>
    /// <returns>The path; <c>null</c> when the hold is over, or there is no such worker.</returns>
    public string? SocketOf(string key, ulong number)
    {
        lock (_lock)
        {
            return _held is { } held && IsKey(key, held.Key) ? held.SocketOf(number) : null;
        }
    }

    /// <summary>Tells the Supervisor that the keeper goes, and waits until its workers have ended.</summary>
    /// <param name="grace">How long that may take.</param>
    public async Task LeaveAsync(TimeSpan grace)
    {
        KeeperHold? held;
        lock (_lock)
        {
            _isLeaving = true;
            held = _held;
        }

        try
        {
            await (held?.LeaveAsync() ?? Task.CompletedTask).WaitAsync(grace, time);
        }
        catch (TimeoutException)
        {
            // Its workers go with it.
        }
    }

    /// <inheritdoc/>
    public override async Task Keep(
        IAsyncStreamReader<KeepRequest> requestStream, IServerStreamWriter<KeepResponse> responseStream, ServerCallContext context)
    {
        var start = await ReadStartAsync(requestStream, context.CancellationToken);
        var hold = Take(start);
        LogHeld(log, hold.Holder);
        try
        {
            var hello = new KeeperHello { ProtocolVersion = WorkerProtocol.Version, Host = Environment.MachineName, Places = (uint)workers.Places, Key = hold.Key };
            await responseStream.WriteAsync(new KeepResponse { Hello = hello }, context.CancellationToken);
            await hold.RunAsync(requestStream, responseStream, context.CancellationToken);
        }
        finally
        {
            LogFree(log, hold.Holder);
            lock (_lock)
            {
                _held = null;
            }
        }
    }

    private static async Task<KeepStart> ReadStartAsync(IAsyncStreamReader<KeepRequest> requests, CancellationToken cancellation)
    {
        var came = await requests.MoveNext(cancellation);
        if (!came || requests.Current.Start is not { } start)
        {
            throw RpcErrors.Create(
                StatusCode.InvalidArgument,
                ErrorReasons.StreamNotStarted,
                $"The first request to a keeper is start, not {(came ? requests.Current.EventCase : "its end")}.");
        }

        if (start.ProtocolVersion != WorkerProtocol.Version)
        {
            throw RpcErrors.Create(
                StatusCode.FailedPrecondition,
                ErrorReasons.ProtocolMismatch,
                $"The keeper speaks version {WorkerProtocol.Version} of the protocol, the Supervisor version {start.ProtocolVersion}. Run both from one release.");
        }

        return start.Concurrency is >= 1 and <= Processes.FlightRecorder.MostRunners
            && IsAboveZero(start.StartTimeout) && IsAboveZero(start.Lease) && IsAboveZero(start.ReportInterval)
                ? start
                : throw RpcErrors.Invalid("start", "concurrency is 1 to 256; start_timeout, lease and report_interval are above zero.");
    }

    private static bool IsAboveZero(Google.Protobuf.WellKnownTypes.Duration? duration) => duration is not null && duration.ToTimeSpan() > TimeSpan.Zero;

    [LoggerMessage(EventId = 5001, Level = LogLevel.Information, Message = "{Holder} holds this keeper.")]
    private static partial void LogHeld(ILogger log, string holder);

    [LoggerMessage(EventId = 5002, Level = LogLevel.Information, Message = "{Holder} has let go of this keeper; its workers have ended.")]
    private static partial void LogFree(ILogger log, string holder);

    private static bool IsKey(string given, string key) =>
        CryptographicOperations.FixedTimeEquals(System.Text.Encoding.UTF8.GetBytes(given), System.Text.Encoding.UTF8.GetBytes(key));

    private KeeperHold Take(KeepStart start)
    {
        lock (_lock)
        {
            if (_isLeaving)
            {
                throw RpcErrors.Create(StatusCode.Unavailable, ErrorReasons.KeeperLeaving, "The keeper is shutting down.");
            }

            if (_held is { Holder: var holder })
            {
                throw RpcErrors.Create(
                    StatusCode.FailedPrecondition,
                    ErrorReasons.KeeperHeld,
                    $"The keeper is held by another Supervisor, {holder}. It is free when that lets go of it, or is silent for its lease.",
                    [KeyValuePair.Create("holder", holder)]);
            }

            return _held = new KeeperHold(start, workers, time);
        }
    }
}
