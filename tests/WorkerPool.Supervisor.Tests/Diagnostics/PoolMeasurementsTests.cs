namespace WorkerPool.Supervisor.Tests.Diagnostics;

public sealed class PoolMeasurementsTests : IDisposable
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    private readonly MeasuredPool _pool = new();

    [Fact]
    public void Accepted_items_are_succeeded_failed_and_cancelled_ones_in_the_end()
    {
        var job = _pool.Open(MeasuredPool.Spec());
        job.Accept(0, Runs.OfIndexes(0, 4));
        _pool.Turn();
        _pool.Answer(2, Second, 0, Runs.Error(1));
        job.Fail("JOB_CANCELLED", "It was cancelled.");
        Assert.Equal(4, Count("items.accepted"));
        Assert.Equal(1, Count("items.answered", "outcome=succeeded"));
        Assert.Equal(1, Count("items.answered", "outcome=failed"));
        Assert.Equal(2, Count("items.answered", "outcome=cancelled"));
        Assert.Equal((8, 6), (Count("item.bytes"), Count("value.bytes")));
    }

    [Fact]
    public void Items_too_large_for_the_pool_count_as_failed_without_an_attempt()
    {
        var job = _pool.Open(MeasuredPool.Spec());
        job.Accept(0, Runs.OfSizes(101));
        _pool.Turn();
        Assert.Equal(1, Count("items.answered", "outcome=failed"));
        Assert.Empty(_pool.Worker.Chunks);
    }

    [Fact]
    public void Reruns_are_told_from_first_attempts_and_items_handed_back_are_given_again()
    {
        var job = _pool.Open(MeasuredPool.Spec(chunkSize: 3, maxRetries: 1));
        job.Accept(0, Runs.OfIndexes(0, 3));
        _pool.Turn();
        _pool.Answer(2, Second, 1, Runs.Error(0));
        job.EndInput();
        _pool.Turn();
        _pool.Answer(1, Second);
        _pool.Turn();
        Assert.Equal(1, Count("items.reclaimed"));
        Assert.Equal(3, Count("chunks.dispatched"));
        Assert.Equal(4, Count("attempts", "kind=first"));
        Assert.Equal(1, Count("attempts", "kind=rerun"));
    }

    [Fact]
    public void Durations_are_recorded_once_for_a_message_and_once_for_a_chunk()
    {
        var job = _pool.Open(MeasuredPool.Spec(chunkSize: 4));
        job.Accept(0, Runs.OfIndexes(0, 4));
        _pool.Turn();
        _pool.Time.Advance(Second);
        _pool.Answer(3, 0.75 * Second);
        _pool.Time.Advance(Second);
        _pool.Answer(1, 0.5 * Second);
        job.EndInput();
        job.Acknowledge(4, 12);
        Assert.Equal(
            [
                ("workerpool.item.duration", 0.25, "function=f"),
                ("workerpool.item.duration", 0.5, "function=f"),
                ("workerpool.chunk.duration", 2, "function=f"),
                ("workerpool.job.duration", 2, "function=f,outcome=completed"),
            ],
            _pool.Readings.Recorded);
    }

    [Fact]
    public void Worker_time_is_told_by_stage_and_adds_up()
    {
        _pool.Time.Advance(3 * Second);
        var job = _pool.Open(MeasuredPool.Spec());
        job.Accept(0, Runs.OfIndexes(0, 2));
        _pool.Turn();
        _pool.Time.Advance(5 * Second);
        _pool.Answer(2, 4 * Second);
        _pool.Time.Advance(7 * Second);
        Assert.Equal((10, 4, 1), (Time("idle"), Time("run"), Time("send")));
    }

    [Fact]
    public void Results_that_wait_on_their_way_do_not_count_twice_as_sending()
    {
        var job = _pool.Open(MeasuredPool.Spec(chunkSize: 3));
        job.Accept(0, Runs.OfIndexes(0, 3));
        _pool.Turn();
        _pool.Time.Advance(1 * Second);
        _pool.Answer(1, 3 * Second);
        Assert.Equal(0, Time("send"));
        _pool.Time.Advance(5 * Second);
        _pool.Answer(1, 2 * Second);
        Assert.Equal((5, 1), (Time("run"), Time("send")));
    }

    [Fact]
    public void A_dead_worker_is_idle_no_more()
    {
        _pool.Time.Advance(Second);
        _pool.LoseWorker();
        _pool.Time.Advance(Second);
        Assert.Equal(1, Time("idle"));
    }

    public void Dispose() => _pool.Dispose();

    private double Count(string name, string label = "") =>
        _pool.Readings.Read($"workerpool.{name}", label.Length == 0 ? "function=f" : $"function=f,{label}");

    private double Time(string stage) => _pool.Readings.Read("workerpool.worker.time", $"stage={stage}");
}
