using System.Collections.Concurrent;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using WorkerPool.Protocol.Errors;
using WorkerPool.Protocol.Packing;
using WorkerPool.V1;

namespace WorkerPool.Client.Tests.Fakes;

/// <summary>
/// A pool that answers at once and in order, and checks the caller's side of the contract. For what a real Supervisor
/// cannot be brought to do at will.
/// </summary>
public sealed class FakePoolService(FakePoolOptions options) : PoolService.PoolServiceBase
{
    public ConcurrentQueue<string> Violations { get; } = new();

    public ConcurrentQueue<MapStart> Started { get; } = new();

    public ConcurrentQueue<ApplyRequest> Applied { get; } = new();

    public ulong Acknowledged { get; private set; }

    public ulong AcknowledgedBytes { get; private set; }

    public ulong Received { get; private set; }

    public int Lists { get; private set; }

    public TaskCompletionSource Ended { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public override Task<ListFunctionsResponse> ListFunctions(ListFunctionsRequest request, ServerCallContext context)
    {
        Lists++;
        var response = new ListFunctionsResponse { MaxItemBytes = options.MaxItemBytes, MaxValueBytes = 1 << 20, SlotCount = 1 };
        response.Functions.AddRange(options.Functions);
        return Task.FromResult(response);
    }

    public override Task<ApplyResponse> Apply(ApplyRequest request, ServerCallContext context)
    {
        Known(request.Function);
        Applied.Enqueue(request);
        return Task.FromResult(new ApplyResponse { Data = ByteString.CopyFrom(options.Run(request.Data.Memory)) });
    }

    public override async Task MapStream(
        IAsyncStreamReader<MapStreamRequest> requestStream,
        IServerStreamWriter<MapStreamResponse> responseStream,
        ServerCallContext context)
    {
        try
        {
            await RunAsync(requestStream, responseStream, context.CancellationToken);
            Ended.TrySetResult();
        }
        catch (OperationCanceledException)
        {
            Ended.TrySetCanceled();
        }
        catch (IOException)
        {
            Ended.TrySetCanceled();
        }
    }

    private async Task RunAsync(
        IAsyncStreamReader<MapStreamRequest> requests, IServerStreamWriter<MapStreamResponse> responses, CancellationToken cancelled)
    {
        Assert.True(await requests.MoveNext(cancelled));
        var start = requests.Current.Start;
        Started.Enqueue(start);
        Known(start.Function);
        await responses.WriteAsync(
            new MapStreamResponse
            {
                Started = new MapStarted
                {
                    JobId = "job-1",
                    WindowItems = options.WindowItems,
                    WindowBytes = options.WindowBytes,
                    MaxItemBytes = options.MaxItemBytes,
                },
            },
            cancelled);
        var ledger = new Ledger { Accepted = 0, Succeeded = 0, Failed = 0, Cancelled = 0 };
        var stop = start.Options.OnItemError == V1.OnItemError.Stop;
        var least = 0UL;
        while (await requests.MoveNext(cancelled))
        {
            switch (requests.Current.EventCase)
            {
                case MapStreamRequest.EventOneofCase.Acknowledgement:
                    Acknowledged = requests.Current.Acknowledgement.Results;
                    AcknowledgedBytes = requests.Current.Acknowledgement.ValueBytes;
                    Check(Acknowledged <= Received, "more was acknowledged than was sent");
                    break;
                case MapStreamRequest.EventOneofCase.Items:
                    var batch = requests.Current.Items;
                    Check(PackedRun.TryRead(batch.Items, out var run, out _), "sizes and data do not fit");
                    Check(batch.FirstIndex >= least, "indexes do not rise");
                    least = batch.FirstIndex + (ulong)run.Count;
                    Received += (ulong)run.Count;
                    ledger.Accepted += (ulong)run.Count;
                    Check(Received - Acknowledged <= options.WindowItems, $"{Received - Acknowledged} items in the window");
                    Check((ulong)run.Data.Length <= options.WindowBytes || run.Count == 1, $"{run.Data.Length} bytes in a batch");
                    await options.Answering.Task.WaitAsync(cancelled);
                    if (await AnswerAsync(batch.FirstIndex, run, ledger, stop, responses, cancelled))
                    {
                        await SummarizeAsync(ledger, JobOutcome.Stopped, responses, cancelled);
                        return;
                    }

                    break;
                case MapStreamRequest.EventOneofCase.End:
                    await SummarizeAsync(ledger, JobOutcome.Completed, responses, cancelled);
                    return;
                default:
                    Violations.Enqueue($"unexpected {requests.Current.EventCase}");
                    break;
            }
        }

        Violations.Enqueue("the caller ended the stream before the summary");
    }

    private async Task<bool> AnswerAsync(
        ulong first, PackedRun run, Ledger ledger, bool stop, IServerStreamWriter<MapStreamResponse> responses, CancellationToken cancelled)
    {
        var values = new PackedRunBuilder();
        var result = new ResultBatch { FirstIndex = first };
        var index = first;
        var stopped = false;
        foreach (var item in run)
        {
            if (stopped)
            {
                ledger.Cancelled++;
                continue;
            }

            if (options.Fails(index))
            {
                result.Errors.Add(new ItemError { Index = index, Reason = ErrorReasons.FunctionFailed, Message = "It failed.", Attempts = 1 });
                values.EndItem();
                ledger.Failed++;
                stopped = stop;
            }
            else
            {
                values.Add(options.Run(item));
                ledger.Succeeded++;
            }

            index++;
        }

        result.Values = values.Take().ToMessage();
        var batches = new ResultBatches();
        batches.Batches.AddRange(options.Send(result));
        await responses.WriteAsync(new MapStreamResponse { Results = batches }, cancelled);
        return stopped;
    }

    private async Task SummarizeAsync(
        Ledger ledger, JobOutcome outcome, IServerStreamWriter<MapStreamResponse> responses, CancellationToken cancelled)
    {
        var summary = new V1.MapSummary
        {
            JobId = "job-1",
            Outcome = outcome,
            Ledger = ledger,
            WorkerRestarts = 2,
            Elapsed = Duration.FromTimeSpan(TimeSpan.FromSeconds(1)),
            Busy = Duration.FromTimeSpan(TimeSpan.FromSeconds(3)),
        };
        options.Summarize(summary);
        await responses.WriteAsync(new MapStreamResponse { Summary = summary }, cancelled);
    }

    private void Known(string function)
    {
        if (options.Functions.All(f => f.Name != function))
        {
            throw RpcErrors.Create(
                StatusCode.NotFound, ErrorReasons.UnknownFunction, $"There is no function '{function}'. Near: echo.");
        }
    }

    private void Check(bool holds, string violation)
    {
        if (!holds)
        {
            Violations.Enqueue(violation);
        }
    }
}
