using System.Runtime.InteropServices;
using Grpc.Core;
using WorkerPool.Processes;
using WorkerPool.Protocol;
using WorkerPool.Protocol.Errors;
using WorkerPool.V1;
using WorkerPool.Worker.V1;
using WorkerPool.WorkerHost.Functions;

namespace WorkerPool.WorkerHost.Session;

/// <summary>The one session of a worker's life.</summary>
/// <remarks>
/// <code>
/// requests -> reader (ReadAsync) -> ChunkQueue -> Runners -> ResultBuffer -> ResultSender -> responses
///                  |                                  ^                ^
///                  `- cancel -> RunningState ---------'   ticker, heartbeat threads
/// </code>
/// The reader never waits for the runner, nor the runner for the writer (but for room): each side of the stream moves
/// on its own. The end of either ends both.
/// </remarks>
/// <param name="catalogue">The worker's functions.</param>
/// <param name="recorder">Where the running items are noted; as many may run at once as it has places.</param>
/// <param name="time">The clock.</param>
/// <param name="limits">How results travel.</param>
internal sealed class WorkerSession(
    FunctionCatalogue catalogue, FlightRecorder recorder, TimeProvider time, SessionLimits limits)
{
    /// <summary>How long a Supervisor that has ended its side may take to read what there still is.</summary>
    private static readonly TimeSpan FlushGrace = TimeSpan.FromSeconds(2);

    private static readonly TimeSpan MaxHeartbeatInterval = TimeSpan.FromDays(1);

    private readonly object _gate = new();
    private readonly CancellationTokenSource _initializing = new();
    private ChunkQueue? _queue;
    private bool _isShutDown;

    /// <summary>
    /// Completes when nothing runs or notes items any more: at once without a session, with one when its last items have
    /// ended, which may be never.
    /// </summary>
    public Task RunnersEnded { get; private set; } = Task.CompletedTask;

    /// <summary>Finishes the running items, hands back the rest and ends the session.</summary>
    /// <returns>Whether there is a session to end.</returns>
    public bool Shutdown()
    {
        lock (_gate)
        {
            _isShutDown = true;
            _queue?.Close();
            return _queue is not null;
        }
    }

    /// <summary>Serves the session to its end.</summary>
    /// <param name="requests">What the Supervisor sends.</param>
    /// <param name="responses">What the worker sends.</param>
    /// <param name="cancellationToken">The call has been cancelled, or its connection lost.</param>
    /// <exception cref="RpcException">The Supervisor broke the protocol.</exception>
    public async Task RunAsync(
        IAsyncStreamReader<SessionRequest> requests,
        IAsyncStreamWriter<SessionResponse> responses,
        CancellationToken cancellationToken)
    {
        var start = await ReadStartAsync(requests, cancellationToken);
        using var memory = SessionMemory.TryOpen(start.Memory);
        await responses.WriteAsync(new SessionResponse { Hello = Hello(memory is not null) }, cancellationToken);
        var interval = Checked(start);

        Ticker? ticker = null;
        Runners? runners = null;
        ResultSender? sender = null;
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var results = new ResultBuffer(limits, time, timestamp => ticker!.WakeBy(timestamp), here => sender!.Flush(here));
        sender = new ResultSender(results, responses, memory, limits, time.TimestampFrequency, linked.Token);
        ticker = new Ticker(time, now => Math.Min(results.FlushIfDue(now), runners!.CheckOverdue(now)));
        var queue = new ChunkQueue(results.HandBack);
        runners = new Runners(start, catalogue, queue, results, recorder, time, ticker.WakeBy);
        using var heartbeat = new HeartbeatThread(results, interval);
        using (ticker)
        {
            RunnersEnded = runners.Start(preparation => Initialize(start.Initializer, preparation, results));
            ticker.Start();
            heartbeat.Start();
            Open(queue);
            try
            {
                await ServeAsync(requests, memory, sender, queue, runners, results, linked);
            }
            finally
            {
                // The runners are not waited for: their items may never end. They are asked to, for the sake of a process that
                // lives on.
                queue.Stop();
                results.Stop();
                runners.CancelWhatRuns();
                await _initializing.CancelAsync();
            }
        }
    }

    private async Task ServeAsync(
        IAsyncStreamReader<SessionRequest> requests,
        SessionMemory? memory,
        ResultSender sender,
        ChunkQueue queue,
        Runners runners,
        ResultBuffer results,
        CancellationTokenSource linked)
    {
        var writing = sender.RunAsync();
        var reading = ReadAsync(requests, memory, queue, runners, linked.Token);
        var first = await Task.WhenAny(reading, writing);
        if (first == reading && reading.IsCompletedSuccessfully)
        {
            // The Supervisor has ended its side: what is there is written, nothing more is run.
            queue.Stop();
            results.Complete();
            await writing.WaitAsync(FlushGrace, time, CancellationToken.None);
            return;
        }

        await linked.CancelAsync();
        await Task.WhenAll(reading, writing).ContinueWith(
            static _ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
        await first;
    }

    private async Task ReadAsync(
        IAsyncStreamReader<SessionRequest> requests,
        SessionMemory? memory,
        ChunkQueue queue,
        Runners runners,
        CancellationToken cancellationToken)
    {
        var jobs = new HeldJobs(catalogue);
        var reader = new ChunkReader(jobs);
        var chunks = new List<QueuedChunk>();
        while (await requests.MoveNext(cancellationToken))
        {
            var request = memory?.Read(requests.Current) ?? requests.Current;
            switch (request.EventCase)
            {
                case SessionRequest.EventOneofCase.Chunks:
                    foreach (var setup in request.Chunks.Setups)
                    {
                        jobs.SetUp(setup);
                    }

                    foreach (var chunk in request.Chunks.Chunks_)
                    {
                        chunks.Add(reader.Read(chunk));
                    }

                    queue.Add(CollectionsMarshal.AsSpan(chunks));
                    chunks.Clear();
                    foreach (var job in request.Chunks.Forgotten)
                    {
                        jobs.Forget(job);
                    }

                    break;
                case SessionRequest.EventOneofCase.Shared:
                    jobs.Share(request.Shared);
                    break;
                case SessionRequest.EventOneofCase.Cancel:
                    jobs.Forget(request.Cancel.Job);
                    queue.Cancel(request.Cancel.Job);
                    runners.Cancel(request.Cancel.Job);
                    break;
                case SessionRequest.EventOneofCase.Reclaim:
                    var reclaim = request.Reclaim;
                    queue.Reclaim(reclaim.Lease, (int)Math.Min(reclaim.Count, int.MaxValue), reclaim.UnbegunOnly);
                    break;
                case SessionRequest.EventOneofCase.Shutdown:
                    queue.Close();
                    break;
                default:
                    throw RpcErrors.Create(
                        StatusCode.InvalidArgument,
                        ErrorReasons.UnexpectedMessage,
                        $"The session is open; a request of kind {request.EventCase} has no place in it.");
            }
        }
    }

    private static async Task<SessionStart> ReadStartAsync(
        IAsyncStreamReader<SessionRequest> requests, CancellationToken cancellationToken)
    {
        var came = await requests.MoveNext(cancellationToken);
        if (came && requests.Current.EventCase == SessionRequest.EventOneofCase.Start)
        {
            return requests.Current.Start;
        }

        throw RpcErrors.Create(
            StatusCode.InvalidArgument,
            ErrorReasons.StreamNotStarted,
            $"The first request of a session is start, not {(came ? requests.Current.EventCase : "its end")}.");
    }

    private static TimeSpan Checked(SessionStart start)
    {
        if (start.ProtocolVersion != WorkerProtocol.Version)
        {
            throw RpcErrors.Create(
                StatusCode.FailedPrecondition,
                ErrorReasons.ProtocolMismatch,
                $"The worker speaks version {WorkerProtocol.Version} of the protocol, the Supervisor version {start.ProtocolVersion}. "
                    + "Run both from one release.");
        }

        if (start.HeartbeatInterval?.ToTimeSpan() is not { } interval || interval <= TimeSpan.Zero)
        {
            throw RpcErrors.Invalid("start.heartbeat_interval", "The heartbeat interval is missing or not above zero.");
        }

        // A longer one than a day is as good as none, and more than a timed wait can take.
        return start.MaxValueBytes > 0
            ? interval < MaxHeartbeatInterval ? interval : MaxHeartbeatInterval
            : throw RpcErrors.Invalid("start.max_value_bytes", "The limit of values is missing. It is 1 and up.");
    }

    // On the first runner's thread.
    private void Initialize(Initializer? initializer, Preparation preparation, ResultBuffer results)
    {
        if (initializer is not null)
        {
            var error = preparation.Run(initializer, _initializing.Token) ?? "";
            results.Send(new SessionResponse { Initialized = new Initialized { Error = error } });
        }
    }

    private Hello Hello(bool hasMemory)
    {
        var hello = new Hello { ProtocolVersion = WorkerProtocol.Version, ProcessId = Environment.ProcessId, HasMemory = hasMemory };
        hello.Functions.AddRange(catalogue.Functions.Select(f => f.Description));
        return hello;
    }

    /// <summary>Lets <see cref="Shutdown"/> reach the queue, even if it came first.</summary>
    private void Open(ChunkQueue queue)
    {
        lock (_gate)
        {
            _queue = queue;
            if (_isShutDown)
            {
                queue.Close();
            }
        }
    }
}
