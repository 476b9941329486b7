using System.Diagnostics;
using System.Threading.Channels;
using WorkerPool.Client.Connecting;
using WorkerPool.Client.Encodings;

namespace WorkerPool.Client.Mapping;

/// <summary>One job under way, and the consumer's way through its results.</summary>
/// <remarks>
/// <code>
/// source → ItemSender → Outbox → JobStream.Write ⇄ the pool ⇄ JobStream.Read → channel → MoveNextAsync → consumer
///              └─ items that fail on this side ──────────────────────────────────↑            │
///                            Outbox ←─────────────────────── what the consumer has taken ──────┘
/// </code>
/// Streams that break are followed by others (<see cref="JobStreams"/>); nobody else here notices. The sender, the writer and the reader run on the thread pool from the start to the end of the job; this type's
/// other members belong to the consumer, one call at a time.
/// </remarks>
internal sealed partial class MapCall<TResult> : IEndable
{
    private readonly PoolConnection _connection;
    private readonly JobRequest<TResult> _request;
    private readonly CancellationToken _callToken;
    private readonly CancellationToken _enumerationToken;
    private readonly CancellationTokenSource _ending;
    private readonly CancellationToken _endingToken;
    private readonly Outbox _outbox = new();
    private readonly Channel<ReceivedRun> _received =
        Channel.CreateUnbounded<ReceivedRun>(new UnboundedChannelOptions { SingleReader = true });

    private readonly long _startedAt = Stopwatch.GetTimestamp();
    private readonly TaskCompletionSource<string> _id = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private ValueDecoder<TResult>? _decoder;
    private JobStreams? _streams;
    private JobWatch? _watch;
    private Exception? _failure;
    private volatile bool _terminated;

    /// <summary>Begins the job.</summary>
    /// <param name="connection">The pool.</param>
    /// <param name="request">What to do.</param>
    /// <param name="callToken">The token the method was called with.</param>
    /// <param name="enumerationToken">The token the enumeration was begun with.</param>
    public MapCall(
        PoolConnection connection, JobRequest<TResult> request, CancellationToken callToken, CancellationToken enumerationToken)
    {
        _connection = connection;
        _request = request;
        _callToken = callToken;
        _enumerationToken = enumerationToken;
        _ending = CancellationTokenSource.CreateLinkedTokenSource(callToken, enumerationToken);
        _endingToken = _ending.Token;
        _order = request.Ordered ? new InputOrder() : null;
        Ended = Task.Run(RunAsync, CancellationToken.None);
    }

    /// <inheritdoc/>
    public Task Ended { get; }

    /// <summary>Id of the job, once it is open; fails as the job does, if it never is.</summary>
    public Task<string> Id => _id.Task;

    /// <summary>Whether the connection broke and is being made again.</summary>
    public bool IsReconnecting => _streams is { IsReconnecting: true };

    /// <inheritdoc/>
    public void Terminate()
    {
        _terminated = true;
        try
        {
            _ending.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // It ended by itself meanwhile.
        }
    }

    private async Task RunAsync()
    {
        var span = ClientTraces.StartMap(_request.Function.Name, _request.IsApply, _request.Options.Label);
        try
        {
            await RunStreamsAsync().ConfigureAwait(false);
        }
        catch (Exception e)
        {
            _failure = Explain(e);
        }
        finally
        {
            ClientTraces.EndMap(span, _streams?.JobId ?? "", _failure);
            _outbox.Close();
            _received.Writer.TryComplete();
            EndId();
        }
    }

    private async Task RunStreamsAsync()
    {
        var (_, whole) = await _connection.Functions.FindAsync(_request.Function, _endingToken).ConfigureAwait(false);
        var shared = SharedArguments.Encode(_request.Options.Shared, whole);
        var function = whole?.Without([.. shared.Arguments.Select(argument => argument.Name)]);
        var start = new V1.MapStart
        {
            Function = _request.Function.Name,
            Method = _request.Function.Method,
            Options = _request.Options.ToWire(_request.Ordered, _request.Stop),
            Encoding = _request.Items.Prepare(function),
            Apply = _request.IsApply,
            Collect = _request.Collects,
        };
        _decoder = _request.DecoderFor(function, start.Encoding);
        start.ValueEncoding = _decoder.Encoding;
        if (_request.Items.KnownCount is { } count)
        {
            start.ItemCount = (ulong)count;
        }

        start.Shared.AddRange(shared.Arguments);
        _streams = new JobStreams(_connection, _outbox, _received.Writer, start, shared);
        await _streams.RunAsync(Begin, _endingToken).ConfigureAwait(false);
    }

    private void Begin(V1.MapStarted started)
    {
        _id.TrySetResult(started.JobId);
        if (_request.Options.Progress is { } progress)
        {
            _watch = new JobWatch(_connection, () => _streams!.JobId, progress);
            _watch.Start(_ending.Cancel, _endingToken);
        }

        var maxItemBytes = started.MaxItemBytes == 0 ? long.MaxValue : started.MaxItemBytes;
        var ends = new SendingEnds(_outbox, _received.Writer, maxItemBytes, _request.Stop);

        // Not awaited: a source that blocks would hold up the end of the job, and the outbox is closed then.
        _ = Task.Run(() => _request.Items.RunAsync(ends, _endingToken), CancellationToken.None);
    }

    // Does nothing where the job was opened.
    private void EndId()
    {
        if (_failure is OperationCanceledException cancelled)
        {
            _id.TrySetCanceled(cancelled.CancellationToken);
        }
        else if (_failure is not null && _id.TrySetException(_failure))
        {
            // Not everyone asks for the id.
            _ = _id.Task.Exception;
        }
    }

    private Exception Explain(Exception e)
    {
        if (_terminated)
        {
            return PoolClosedException.Terminated();
        }

        if (_watch?.Failure is { } failure)
        {
            return failure;
        }

        foreach (var token in (ReadOnlySpan<CancellationToken>)[_callToken, _enumerationToken])
        {
            if (token.IsCancellationRequested)
            {
                return new OperationCanceledException(token);
            }
        }

        return _connection.Explain(e);
    }
}
