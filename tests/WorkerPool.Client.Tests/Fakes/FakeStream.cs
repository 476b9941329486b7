using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using WorkerPool.Protocol.Errors;
using WorkerPool.Protocol.Packing;
using WorkerPool.V1;

namespace WorkerPool.Client.Tests.Fakes;

/// <summary>One stream of a map on a fake pool: it checks the caller's side of the contract from the start of the stream on.</summary>
internal sealed class FakeStream(
    FakePoolService service,
    FakePoolOptions options,
    IAsyncStreamReader<MapStreamRequest> requests,
    IServerStreamWriter<MapStreamResponse> responses,
    ServerCallContext context)
{
    private readonly Ledger _ledger = new() { Accepted = 0, Succeeded = 0, Failed = 0, Cancelled = 0 };
    private MapStart _start = new();
    private ulong _windowItems;
    private ulong _received;
    private ulong _answered;
    private ulong _answeredBytes;
    private ulong _acknowledged;

    private CancellationToken Cancelled => context.CancellationToken;

    public async Task RunAsync()
    {
        Assert.True(await requests.MoveNext(Cancelled));
        _start = requests.Current.Start;
        service.Open(_start);
        Cut(FakePhase.Starting);
        options.Refuse(_start);
        _windowItems = _start.Generation > 1 ? options.LaterWindowItems ?? options.WindowItems : options.WindowItems;
        await responses.WriteAsync(
            new MapStreamResponse
            {
                Started = new MapStarted
                {
                    JobId = "job-1",
                    WindowItems = _windowItems,
                    WindowBytes = options.WindowBytes,
                    MaxItemBytes = options.MaxItemBytes,
                    Lookahead = options.Lookahead,
                },
            },
            Cancelled);
        Cut(FakePhase.Started);
        var stop = _start.Options.OnItemError == V1.OnItemError.Stop;
        var least = 0UL;
        while (await requests.MoveNext(Cancelled))
        {
            switch (requests.Current.EventCase)
            {
                case MapStreamRequest.EventOneofCase.Acknowledgement:
                    Acknowledge(requests.Current.Acknowledgement);
                    break;
                case MapStreamRequest.EventOneofCase.Items:
                    var batch = requests.Current.Items;
                    Check(batch.FirstIndex >= least, "indexes do not rise");
                    var run = Accept(batch);
                    least = batch.FirstIndex + (ulong)run.Count;
                    Cut(FakePhase.Received);
                    await options.Answering.Task.WaitAsync(Cancelled);
                    if (await AnswerAsync(batch.FirstIndex, run, stop))
                    {
                        await SummarizeAsync(JobOutcome.Stopped);
                        return;
                    }

                    break;
                case MapStreamRequest.EventOneofCase.End:
                    await SummarizeAsync(JobOutcome.Completed);
                    return;
                default:
                    service.Violations.Enqueue($"unexpected {requests.Current.EventCase}");
                    break;
            }
        }

        service.Violations.Enqueue("the caller ended the stream before the summary");
    }

    private void Acknowledge(Acknowledgement acknowledgement)
    {
        _acknowledged = acknowledgement.Results;
        service.Acknowledge(acknowledgement);
        Check(_acknowledged <= _answered, $"{_acknowledged} results were acknowledged, {_answered} were sent");
        Check(acknowledgement.ValueBytes <= _answeredBytes, "more bytes were acknowledged than were sent");
    }

    private PackedRun Accept(ItemBatch batch)
    {
        Check(PackedRun.TryRead(batch.Items, out var run, out _), "sizes and data do not fit");
        _received += (ulong)run.Count;
        service.Receive(batch, run.Count);
        _ledger.Accepted += (ulong)run.Count;
        Check(_received - _acknowledged <= _windowItems, $"{_received - _acknowledged} items in the window");
        Check((ulong)run.Data.Length <= options.WindowBytes || run.Count == 1, $"{run.Data.Length} bytes in a batch");
        return run;
    }

    private async Task<bool> AnswerAsync(ulong first, PackedRun run, bool stop)
    {
        var values = new PackedRunBuilder();
        var result = new ResultBatch { FirstIndex = first };
        var index = first;
        var stopped = false;
        var messages = new List<ResultBatch>();
        foreach (var item in run)
        {
            if (stopped)
            {
                _ledger.Cancelled++;
                continue;
            }

            if (options.Fails(index))
            {
                result.Errors.Add(new ItemError { Index = index, Reason = ErrorReasons.FunctionFailed, Message = "It failed.", Attempts = 1 });
                values.EndItem();
                _ledger.Failed++;
                stopped = stop;
            }
            else
            {
                values.Add(options.Run(item));
                _ledger.Succeeded++;
            }

            index++;
            if (values.Count == options.AnswerItems)
            {
                messages.Add(Finish());
                result = new ResultBatch { FirstIndex = index };
            }
        }

        if (values.Count > 0)
        {
            messages.Add(Finish());
        }

        if (_start.Options.Order == Order.Completion && !stop)
        {
            options.Shuffle?.Invoke(messages);
        }

        foreach (var message in messages)
        {
            await SendAsync(message);
        }

        return stopped;

        ResultBatch Finish()
        {
            result.Values = values.Take().ToMessage();
            return result;
        }
    }

    private async Task SendAsync(ResultBatch result)
    {
        var batches = new ResultBatches { Lookahead = options.LaterLookahead };
        batches.Batches.AddRange(options.Send(result));
        batches.Spent.AddRange(options.Spent);
        _answered += (ulong)result.Values.ItemCount;
        _answeredBytes += (ulong)result.Values.Data.Length;
        await responses.WriteAsync(new MapStreamResponse { Results = batches }, Cancelled);
        Cut(FakePhase.Answered);
    }

    private async Task SummarizeAsync(JobOutcome outcome)
    {
        if (options.Cuts(new FakeMoment(_start.Generation, FakePhase.Summarizing, _answered)))
        {
            await CutWhenTakenAsync();
        }

        var summary = new V1.MapSummary
        {
            JobId = "job-1",
            Outcome = outcome,
            Ledger = _ledger,
            WorkerRestarts = 2,
            Elapsed = Duration.FromTimeSpan(TimeSpan.FromSeconds(1)),
            Busy = Duration.FromTimeSpan(TimeSpan.FromSeconds(3)),
        };
        options.Summarize(summary);
        await responses.WriteAsync(new MapStreamResponse { Summary = summary }, Cancelled);
        Cut(FakePhase.Summarized);
    }

    // A reset overtakes results on their way: this one comes when the caller has them all.
    private async Task CutWhenTakenAsync()
    {
        while (_acknowledged < _answered && await requests.MoveNext(Cancelled))
        {
            if (requests.Current.Acknowledgement is { } acknowledgement)
            {
                Acknowledge(acknowledgement);
            }
        }

        Abort();
    }

    // Resets the stream, as a connection that breaks does.
    private void Cut(FakePhase phase)
    {
        if (options.Cuts(new FakeMoment(_start.Generation, phase, _answered)))
        {
            Abort();
        }
    }

    private void Abort()
    {
        context.GetHttpContext().Abort();
        throw new OperationCanceledException("cut");
    }

    private void Check(bool holds, string violation)
    {
        if (!holds)
        {
            service.Violations.Enqueue($"stream {_start.Generation}: {violation}");
        }
    }
}
