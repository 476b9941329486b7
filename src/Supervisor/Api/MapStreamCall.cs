using Grpc.Core;
using WorkerPool.Protocol.Errors;
using WorkerPool.Protocol.Packing;
using WorkerPool.Supervisor.Jobs;
using WorkerPool.V1;

namespace WorkerPool.Supervisor.Api;

/// <summary>
/// One MapStream call: a reader that hands batches and acknowledgements to the job, and a writer of the results that
/// the job lets go. Neither decodes an item.
/// </summary>
/// <param name="job">The job.</param>
/// <param name="requests">What the caller writes.</param>
/// <param name="responses">What the caller reads.</param>
/// <param name="areMessagesKept">Whether the caller gets the messages as they are, in place of their bytes.</param>
/// <param name="cancellation">The caller has left.</param>
internal sealed class MapStreamCall(
    JobHandle job,
    IAsyncStreamReader<MapStreamRequest> requests,
    IServerStreamWriter<MapStreamResponse> responses,
    bool areMessagesKept,
    CancellationToken cancellation)
{
    // A caller that has ended its side takes the rest as it comes: what was written counts as taken.
    private volatile bool _takesAsTheyCome;
    private Jobs.Lookahead? _toldLookahead;
    private ulong _writtenResults;
    private ulong _writtenBytes;

    /// <summary>Carries the call to its end.</summary>
    /// <exception cref="JobFailedException">The job failed.</exception>
    public async Task RunAsync()
    {
        await WriteAsync(new MapStreamResponse
        {
            Started = new MapStarted
            {
                JobId = job.Id,
                WindowItems = (ulong)job.Limits.WindowItems,
                WindowBytes = (ulong)job.Limits.WindowBytes,
                MaxItemBytes = (uint)job.Limits.MaxItemBytes,
                Lookahead = LookaheadToTell(),
            },
        });
        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var reading = ReadAsync(over.Token);
        try
        {
            await WriteResultsAsync();
            await WriteAsync(new MapStreamResponse { Summary = Summaries.From(await job.Summary) });
        }
        finally
        {
            // Nothing may read a stream after its call: the server uses it again for the next.
            job.Dispose();
            await over.CancelAsync();
            await reading;
        }
    }

    private async Task ReadAsync(CancellationToken over)
    {
        try
        {
            while (await requests.MoveNext(over))
            {
                Take(requests.Current);
            }

            job.EndInput();
            _takesAsTheyCome = true;
            AcknowledgeWritten();
        }
        catch (Exception error) when (error is OperationCanceledException or IOException or InvalidOperationException or RpcException)
        {
            job.Fail(ErrorReasons.JobCancelled, "The job was cancelled, or its caller went away.");
        }
    }

    private void Take(MapStreamRequest request)
    {
        switch (request.EventCase)
        {
            case MapStreamRequest.EventOneofCase.Items:
                if (PackedRun.TryRead(request.Items.Items, out var items, out var problem))
                {
                    job.Accept(request.Items.FirstIndex, items, request.Items.Spent);
                }
                else
                {
                    job.Fail(ErrorReasons.InvalidArgument, $"A batch of items is malformed: {problem}.");
                }

                break;
            case MapStreamRequest.EventOneofCase.Acknowledgement:
                job.Acknowledge(request.Acknowledgement.Results, request.Acknowledgement.ValueBytes);
                break;
            case MapStreamRequest.EventOneofCase.Shared:
                job.AddShared(request.Shared.Data.Memory);
                break;
            case MapStreamRequest.EventOneofCase.End:
                job.EndInput();
                break;
            case MapStreamRequest.EventOneofCase.Start:
                job.Fail(ErrorReasons.UnexpectedMessage, "The stream was started twice. Use a stream of its own for each map.");
                break;
            default:
                job.Fail(
                    ErrorReasons.UnexpectedMessage,
                    "A message on the stream is none of items, shared arguments, acknowledgement and end. Use protos of this release.");
                break;
        }
    }

    private async Task WriteResultsAsync()
    {
        var message = new ResultMessage();
        while (await job.Output.WaitToReadAsync(cancellation))
        {
            while (!message.IsFull && job.Output.TryRead(out var run))
            {
                message.Add(run);
            }

            if (!message.IsEmpty)
            {
                var (count, bytes) = (message.Count, message.ByteCount);
                var results = message.Take();
                results.Lookahead = LookaheadToTell();
                await WriteAsync(new MapStreamResponse { Results = results });
                message.Sent(!areMessagesKept);
                Volatile.Write(ref _writtenBytes, _writtenBytes + bytes);
                Volatile.Write(ref _writtenResults, _writtenResults + count);
                if (_takesAsTheyCome)
                {
                    AcknowledgeWritten();
                }
            }
        }
    }

    // What its caller does not know yet.
    private V1.Lookahead? LookaheadToTell()
    {
        var now = job.Lookahead;
        if (now == _toldLookahead)
        {
            return null;
        }

        _toldLookahead = now;
        return new V1.Lookahead { Items = (ulong)now.Items, Bytes = (ulong)now.Bytes };
    }

    private void AcknowledgeWritten() => job.Acknowledge(Volatile.Read(ref _writtenResults), Volatile.Read(ref _writtenBytes));

    private Task WriteAsync(MapStreamResponse response) => responses.SendAsync(response, cancellation);
}
