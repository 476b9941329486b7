using System.Diagnostics;
using WorkerPool.Supervisor.Diagnostics;

namespace WorkerPool.Supervisor.Tests.Diagnostics;

public sealed class PoolTracesTests : IDisposable
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    private readonly ActivityContext _caller = new(
        ActivityTraceId.CreateRandom(), ActivitySpanId.CreateRandom(), ActivityTraceFlags.Recorded, isRemote: true);

    private readonly List<Activity> _ended = [];
    private readonly ActivityListener _listener;
    private readonly MeasuredPool _pool = new();

    public PoolTracesTests()
    {
        // Others open jobs at the same time: only ours are of the caller's trace.
        _listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == PoolTraces.SourceName,
            Sample = (ref ActivityCreationOptions<ActivityContext> options) =>
                options.TraceId == _caller.TraceId ? ActivitySamplingResult.AllData : ActivitySamplingResult.None,
            ActivityStopped = _ended.Add,
        };
        ActivitySource.AddActivityListener(_listener);
    }

    [Fact]
    public void A_job_is_a_child_of_its_callers_span_and_a_chunk_one_of_its_jobs()
    {
        var job = _pool.Open(MeasuredPool.Spec() with { CallerSpan = _caller, Label = "nightly" });
        job.Accept(0, Runs.OfIndexes(0, 3));
        job.EndInput();
        _pool.Turn();
        _pool.Answer(2, Second, 0, Runs.Error(1));
        _pool.Turn();
        _pool.Answer(1, Second);
        job.Acknowledge(3, 9);

        Assert.Equal(["chunk", "chunk", "map f"], _ended.Select(span => span.DisplayName));
        var map = _ended[2];
        Assert.Equal(_caller.SpanId, map.ParentSpanId);
        Assert.Equal(("input", "nightly", "completed"), (map.GetTagItem("workerpool.order"), map.GetTagItem("workerpool.label"), map.GetTagItem("workerpool.outcome")));
        Assert.Equal((3L, 2L, 1L), (map.GetTagItem("workerpool.items.accepted"), map.GetTagItem("workerpool.items.succeeded"), map.GetTagItem("workerpool.items.failed")));
        Assert.All(_ended[..2], chunk => Assert.Equal(map.SpanId, chunk.ParentSpanId));
        var second = _ended[1];
        Assert.Equal(("worker-1", 2L, 1, 1), (
            second.GetTagItem("workerpool.worker"), second.GetTagItem("workerpool.chunk.first_index"),
            second.GetTagItem("workerpool.chunk.items"), second.GetTagItem("workerpool.attempt")));
        Assert.Null(Activity.Current);
    }

    [Fact]
    public void A_chunk_whose_worker_died_and_a_job_that_failed_are_errors()
    {
        var job = _pool.Open(MeasuredPool.Spec() with { CallerSpan = _caller });
        job.Accept(0, Runs.OfIndexes(0, 2));
        _pool.Turn();
        _pool.LoseWorker();
        job.Fail("POOL_BROKEN", "No worker starts.");
        Assert.All(_ended, span => Assert.Equal(ActivityStatusCode.Error, span.Status));
        Assert.Equal(2, _ended[0].GetTagItem("workerpool.items.lost"));
        Assert.Equal(("POOL_BROKEN", 2L), (_ended[1].GetTagItem("error.type"), _ended[1].GetTagItem("workerpool.items.cancelled")));
    }

    [Fact]
    public void A_job_that_nobody_traces_has_no_chunk_spans()
    {
        var job = _pool.Open(MeasuredPool.Spec());
        job.Accept(0, Runs.OfIndexes(0, 2));
        _pool.Turn();
        _pool.Answer(2, Second);
        Assert.Null(job.Span);
        Assert.Empty(_ended);
    }

    public void Dispose()
    {
        _listener.Dispose();
        _pool.Dispose();
    }
}
