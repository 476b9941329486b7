using System.Diagnostics;
using System.Runtime.ExceptionServices;
using System.Security.Cryptography;
using System.Threading.Channels;
using Grpc.Core;
using WorkerPool.Client.Connecting;
using WorkerPool.Client.Encodings;

namespace WorkerPool.Client.Mapping;

/// <summary>
/// The streams of one job, one after another. Where one breaks the next generation follows on a new connection: what has
/// no answer is sent again under its old index, what was answered stands.
/// </summary>
/// <param name="connection">The pool.</param>
/// <param name="outbox">What there is to send.</param>
/// <param name="received">Takes what comes.</param>
/// <param name="start">Opens the first stream.</param>
/// <param name="shared">Sent first on each of them.</param>
internal sealed class JobStreams(
    PoolConnection connection, Outbox outbox, ChannelWriter<ReceivedRun> received, V1.MapStart start, SharedArguments shared)
{
    private const int KeyBytes = 16;

    private readonly bool _stops = start.Options.OnItemError == V1.OnItemError.Stop;
    private readonly ulong? _itemCount = start.HasItemCount ? start.ItemCount : null;
    private volatile string _jobId = "";
    private volatile bool _isReconnecting;

    /// <summary>The job's id on the stream that was opened last; empty before.</summary>
    public string JobId => _jobId;

    /// <summary>What the job may hold; <c>null</c> until a stream was open.</summary>
    public JobWindow? Window { get; private set; }

    /// <summary>How many streams were opened after the first.</summary>
    public int Resumes { get; private set; }

    /// <summary>Whether the last stream broke and the next is not open yet.</summary>
    public bool IsReconnecting => _isReconnecting;

    /// <summary>Whether one of them broke that was open.</summary>
    public bool HasBroken { get; private set; }

    /// <summary>Values that came on streams that broke.</summary>
    public ulong EarlierValues { get; private set; }

    /// <summary>Errors of items that came on streams that broke.</summary>
    public ulong EarlierErrors { get; private set; }

    /// <summary>The closing account of the last stream; <c>null</c> while there is none.</summary>
    public V1.MapSummary? Summary { get; private set; }

    /// <summary>Carries the job to its end.</summary>
    /// <param name="opened">Is told, once, what the pool answered first.</param>
    /// <param name="ending">Ends the job.</param>
    /// <exception cref="PoolLostException">The connection was lost for good.</exception>
    public async Task RunAsync(Action<V1.MapStarted> opened, CancellationToken ending)
    {
        start.JobKey = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(KeyBytes));
        using var first = new ConnectAttempt(null, connection.Time, ending);
        var loss = await TryAsync(first, opened, ending).ConfigureAwait(false);
        while (loss is not null)
        {
            var failure = loss.Exception;
            try
            {
                loss = Window is null || connection.Reconnects
                    ? await connection.RetryAsync(failure, attempt => AgainAsync(attempt, opened, ending), ending).ConfigureAwait(false)
                    : throw failure;
            }
            catch (RpcException e) when (Window is not null && Disconnection.IsWorthRetrying(e))
            {
                throw connection.Lost(e, outbox);
            }
        }
    }

    // A stream that broke as it had come to nothing is one more failure to connect; after progress counting begins anew.
    private async Task<StreamLoss?> AgainAsync(ConnectAttempt attempt, Action<V1.MapStarted> opened, CancellationToken ending)
    {
        _isReconnecting = Window is not null;
        var loss = await TryAsync(attempt, opened, ending).ConfigureAwait(false);
        if (loss is { MadeProgress: false })
        {
            ExceptionDispatchInfo.Throw(loss.Exception);
        }

        return loss;
    }

    // One stream, to the end of the job or to its own.
    private async Task<StreamLoss?> TryAsync(ConnectAttempt attempt, Action<V1.MapStarted> opened, CancellationToken ending)
    {
        if (Window is not null && IsDecided())
        {
            return null;
        }

        start.Generation++;
        if (_itemCount is { } count)
        {
            start.ItemCount = count - Math.Min(count, outbox.AnsweredCount);
        }

        PoolChannels? channels = null;
        var stream = new JobStream(outbox, received);
        var triedAt = connection.Time.GetTimestamp();
        try
        {
            channels = await connection.NextAsync(attempt.Token).ConfigureAwait(false);
            await CarryAsync(stream, channels, attempt, opened, ending).ConfigureAwait(false);
            return null;
        }
        catch (RpcException e) when (Disconnection.IsWorthRetrying(e))
        {
            if (channels is not null)
            {
                connection.Failed(channels, e);
            }

            HasBroken |= Window is not null;
            EarlierValues += stream.Values;
            EarlierErrors += stream.Errors;
            var madeProgress = stream.Values + stream.Errors > 0
                || (attempt.IsMade && connection.IsLong(connection.Time.GetElapsedTime(triedAt)));
            return Window is not null && IsDecided() ? null : new StreamLoss(e, madeProgress);
        }
    }

    private async Task CarryAsync(
        JobStream stream, PoolChannels channels, ConnectAttempt attempt, Action<V1.MapStarted> opened, CancellationToken ending)
    {
        using var call = channels.Maps.MapStream(ClientTraces.HeadersOf(Activity.Current), cancellationToken: ending);
        var writing = Task.CompletedTask;
        try
        {
            var started = await JobStream.OpenAsync(call, start.Clone(), attempt.Token).ConfigureAwait(false);
            attempt.Made();
            connection.Reached(channels);
            Open(started, opened);
            writing = stream.WriteAsync(call.RequestStream, shared);
            await stream.ReadResultsAsync(call.ResponseStream, ending).ConfigureAwait(false);
            Summary = stream.Summary;
            received.TryComplete();
            await ReadStatusAsync(call.ResponseStream, ending).ConfigureAwait(false);
        }
        finally
        {
            outbox.Suspend();
            if (stream.Summary is null)
            {
                // A write that waits for the pool to read would wait on: what failed here ends the call.
                call.Dispose();
            }

            await writing.ConfigureAwait(false);
        }
    }

    private void Open(V1.MapStarted started, Action<V1.MapStarted> opened)
    {
        _isReconnecting = false;
        _jobId = started.JobId;
        var (items, bytes) = (JobWindow.Clamp(started.WindowItems), JobWindow.Clamp(started.WindowBytes));
        var lookahead = started.Lookahead is { } told ? Lookahead.Of(told) : Lookahead.Unlimited;
        if (Window is null)
        {
            Window = new JobWindow(items, bytes) { Lookahead = lookahead };
            outbox.Open(Window);
            opened(started);
        }
        else
        {
            outbox.Resume(items, bytes, lookahead);
            Resumes++;
        }
    }

    // Where all is known that the pool could say, its summary is not worth another stream; and of a job that was to stop, one
    // would run what is not wanted any more.
    private bool IsDecided()
    {
        var hasStopped = _stops && EarlierErrors > 0;
        if (!hasStopped && !outbox.IsDone)
        {
            return false;
        }

        var left = outbox.UnansweredCount;
        Summary = new V1.MapSummary
        {
            JobId = _jobId,
            Outcome = hasStopped ? V1.JobOutcome.Stopped : V1.JobOutcome.Completed,
            Ledger = new V1.Ledger { Accepted = left, Cancelled = left },
        };
        received.TryComplete();
        return true;
    }

    private static async Task ReadStatusAsync(IAsyncStreamReader<V1.MapStreamResponse> responses, CancellationToken ending)
    {
        try
        {
            await responses.MoveNext(ending).ConfigureAwait(false);
        }
        catch (Exception e) when (e is RpcException or OperationCanceledException)
        {
            // All is known that there is to know: the summary came.
        }
    }

    private sealed record StreamLoss(RpcException Exception, bool MadeProgress);
}
