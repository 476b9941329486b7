using System.Diagnostics;
using Google.Protobuf;
using WorkerPool.Client;

namespace WorkerPool.Functional.Tests.Tracing;

/// <summary>One trace leads from a client's map through the Supervisor and workers into user code.</summary>
public sealed class TraceTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_trace_spans_client_supervisor_worker_and_user_code_and_shows_a_retry()
    {
        using var path = new TemporaryFile();
        await using var collector = await SpanCollector.StartAsync();
        var clients = new List<Activity>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == "WorkerPool.Client",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = span =>
            {
                lock (clients)
                {
                    clients.Add(span);
                }
            },
        };
        ActivitySource.AddActivityListener(listener);
        string trace;
        await using (var supervisor = await RunningSupervisor.StartAsync(workers: 1, [Libraries.User], collector.Settings))
        {
            await using var pool = Pool.Connect(supervisor.Address);
            var traces = await pool.MapAsync<string, string>(
                "traced", ["", path.Path], new MapOptions { ChunkSize = 1, Label = "traced" }, cancellationToken: Cancellation);
            trace = Assert.Single(traces.Distinct());
        }

        // All has been sent by now: the Supervisor and its workers send what is left when they end.
        Activity client;
        lock (clients)
        {
            client = Assert.Single(clients, span => span.GetTagItem("workerpool.label") is "traced");
        }

        Assert.Equal((trace, "map traced"), (client.TraceId.ToHexString(), client.DisplayName));
        var spans = collector.Spans.Where(each => Hex(each.Span.TraceId) == trace).ToList();
        var job = Assert.Single(spans, each => each.Span.Name == "map traced");
        Assert.Equal(("workerpool-supervisor", client.SpanId.ToHexString()), (job.Service, Hex(job.Span.ParentSpanId)));

        var chunks = spans.Where(each => each.Span.Name == "chunk").ToList();
        Assert.All(chunks, chunk => Assert.Equal(("workerpool-supervisor", job.Span.SpanId), (chunk.Service, chunk.Span.ParentSpanId)));
        var lost = Assert.Single(chunks, chunk => chunk.Span.Status?.Code == 2);
        Assert.Equal((1L, 1L), (Number(lost.Span, "workerpool.attempt"), Number(lost.Span, "workerpool.chunk.first_index")));
        var again = Assert.Single(chunks, chunk => Number(chunk.Span, "workerpool.attempt") == 2);
        Assert.Equal(1, Number(again.Span, "workerpool.chunk.first_index"));

        var runs = spans.Where(each => each.Span.Name == "run traced").ToList();
        Assert.All(runs, run => Assert.Equal("workerpool-worker", run.Service));
        var retried = Assert.Single(runs, run => run.Span.ParentSpanId == again.Span.SpanId);

        // The worker that was lost has sent what it had got to: not all, nor the parents of all that it sent.
        var own = Assert.Single(spans, each => each.Span.Name == "own work" && each.Process == retried.Process);
        Assert.Equal(retried.Span.SpanId, own.Span.ParentSpanId);
    }

    [Fact]
    public async Task Without_a_place_to_send_them_no_span_is_made()
    {
        await using var supervisor = await RunningSupervisor.StartAsync(workers: 1, [Libraries.User]);
        await using var pool = Pool.Connect(supervisor.Address);
        Assert.Equal(["none"], await pool.MapAsync<string, string>("traced", [""], cancellationToken: Cancellation));
    }

    private static string Hex(ByteString bytes) => Convert.ToHexStringLower(bytes.Span);

    private static long Number(SentSpan span, string key) => span.Attributes.Single(attribute => attribute.Key == key).Value.Number;
}
