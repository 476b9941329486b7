using System.Threading.Channels;
using Grpc.Core;
using WorkerPool.Client.Encodings;
using WorkerPool.Client.Errors;
using WorkerPool.Protocol.Packing;

namespace WorkerPool.Client.Mapping;

/// <summary>
/// The two directions of one stream of a map. The writer sends what the outbox has; the reader checks what comes and
/// hands it to the consumer's channel, which the window bounds. Neither waits for the consumer.
/// </summary>
internal sealed class JobStream(Outbox outbox, ChannelWriter<ReceivedRun> received)
{
    /// <summary>Values that came.</summary>
    public ulong Values { get; private set; }

    /// <summary>Errors of items that came.</summary>
    public ulong Errors { get; private set; }

    /// <summary>The pool's closing account, once it came and was found right.</summary>
    public V1.MapSummary? Summary { get; private set; }

    /// <summary>Sends the first message and reads the pool's.</summary>
    /// <param name="call">The call.</param>
    /// <param name="start">Opens the job.</param>
    /// <param name="cancellationToken">Gives up the call.</param>
    public static async Task<V1.MapStarted> OpenAsync(
        AsyncDuplexStreamingCall<V1.MapStreamRequest, V1.MapStreamResponse> call, V1.MapStart start, CancellationToken cancellationToken)
    {
        try
        {
            await call.RequestStream.WriteAsync(new V1.MapStreamRequest { Start = start }, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (IsEndOfCall(e))
        {
            // Its status, which the reader gets, says why.
        }

        return await ReadStartedAsync(call.ResponseStream, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Writes until there is no stream to write to.</summary>
    /// <param name="stream">Where to.</param>
    /// <param name="shared">Written first.</param>
    public async Task WriteAsync(IClientStreamWriter<V1.MapStreamRequest> stream, SharedArguments shared)
    {
        try
        {
            foreach (var piece in shared.Pieces().TakeWhile(_ => outbox.IsOpen))
            {
                await stream.WriteAsync(piece).ConfigureAwait(false);
            }

            while (outbox.IsOpen)
            {
                while (outbox.TryTake(out var message))
                {
                    await stream.WriteAsync(message).ConfigureAwait(false);
                }

                await outbox.WaitForWorkAsync().ConfigureAwait(false);
            }

            await stream.CompleteAsync().ConfigureAwait(false);
        }
        catch (Exception e) when (IsEndOfCall(e))
        {
            // Its status, which the reader gets, says why.
        }
    }

    // A write that is under way as the stream breaks fails with what broke it.
    private static bool IsEndOfCall(Exception e) =>
        e is RpcException or InvalidOperationException or OperationCanceledException or IOException or HttpRequestException;

    private static async Task<V1.MapStarted> ReadStartedAsync(
        IAsyncStreamReader<V1.MapStreamResponse> stream, CancellationToken cancellationToken)
    {
        var first = await stream.MoveNext(cancellationToken).ConfigureAwait(false) ? stream.Current : null;
        if (first?.Started is not { } started)
        {
            throw Violation($"the first message was {first?.EventCase.ToString() ?? "missing"}");
        }

        return started is { WindowItems: > 0, WindowBytes: > 0 } ? started : throw Violation("it granted no window");
    }

    /// <summary>Reads results up to and with the summary.</summary>
    public async Task ReadResultsAsync(IAsyncStreamReader<V1.MapStreamResponse> stream, CancellationToken cancellationToken)
    {
        while (await stream.MoveNext(cancellationToken).ConfigureAwait(false))
        {
            switch (stream.Current.EventCase)
            {
                case V1.MapStreamResponse.EventOneofCase.Results:
                    if (stream.Current.Results.Lookahead is { } lookahead)
                    {
                        outbox.LookAhead(Lookahead.Of(lookahead));
                    }

                    foreach (var spent in stream.Current.Results.Spent)
                    {
                        outbox.Charge(spent);
                    }

                    foreach (var batch in stream.Current.Results.Batches)
                    {
                        Take(batch);
                    }

                    break;
                case V1.MapStreamResponse.EventOneofCase.Summary:
                    Close(stream.Current.Summary);
                    return;
                default:
                    throw Violation($"a {stream.Current.EventCase} message has no place among the results");
            }
        }

        throw Violation("the stream ended without a summary");
    }

    internal static PoolProtocolException Violation(string what) =>
        new(ClientReasons.ProtocolViolated, $"The pool broke the contract of the stream: {what}.");

    private void Take(V1.ResultBatch batch)
    {
        if (!PackedRun.TryRead(batch.Values, out var values, out var problem))
        {
            throw Violation(problem);
        }

        CheckErrors(batch, values.Count);
        if (values.Count == 0)
        {
            return;
        }

        if (outbox.Answer(batch.FirstIndex, values.Count, values.Data.Length) is { } wrong)
        {
            throw Violation(wrong);
        }

        Errors += (ulong)batch.Errors.Count;
        Values += (ulong)(values.Count - batch.Errors.Count);
        received.TryWrite(new ReceivedRun(batch.FirstIndex, values, batch.Errors));
    }

    private static void CheckErrors(V1.ResultBatch batch, int count)
    {
        var least = batch.FirstIndex;
        foreach (var error in batch.Errors)
        {
            if (error.Index < least || error.Index >= batch.FirstIndex + (ulong)count)
            {
                throw Violation($"an error names index {error.Index}, which is out of place in its batch");
            }

            least = error.Index + 1;
        }
    }

    private void Close(V1.MapSummary summary)
    {
        outbox.Close();
        if (LedgerCheck.ProblemOf(summary, outbox.SentCount, Values, Errors) is { } problem)
        {
            throw Violation(problem);
        }

        Summary = summary;
    }
}
