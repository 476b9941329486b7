using Microsoft.Extensions.Time.Testing;
using WorkerPool.Processes;
using WorkerPool.Protocol.Errors;
using WorkerPool.Supervisor.Dispatch;

namespace WorkerPool.Supervisor.Tests.Dispatch;

public sealed class RerunsTests
{
    private static readonly TryOutcome Crash = new TryOutcome.Crash("worker-1 (incarnation 1)", new DeathCertificate(1, 137, null, []));
    private static readonly TryOutcome Throw = new TryOutcome.Failure(Runs.Error(3));

    private readonly Queue<Action> _posted = new();
    private readonly AnsweredSource _source = new();
    private readonly Reruns _reruns;

    public RerunsTests()
    {
        _reruns = new Reruns(new RerunPolicy(3, TimeSpan.Zero, new FakeTimeProvider()), _posted.Enqueue);
        _reruns.Open(_source);
    }

    [Fact]
    public void An_item_that_crashed_its_worker_is_due_again_alone_and_its_value_is_its_answer()
    {
        _reruns.Failed(_source.Chunk(3, 1), Crash);
        Turn();
        var again = Take();
        Assert.Equal((3ul, 2, true), (again.FirstIndex, again.Attempt, again.Alone));
        Assert.True(_reruns.IsEmpty);
        again.Rerun!.Outcome.SetResult(new TryOutcome.Value(Runs.OfSizes(5)));
        Turn();
        Assert.Equal((3ul, null), Assert.Single(_source.Answers));
    }

    [Fact]
    public void An_item_whose_function_threw_needs_no_worker_to_itself()
    {
        _source.MaxRetries = 1;
        _reruns.Failed(_source.Chunk(3, 1), Throw);
        Turn();
        Assert.False(Take().Alone);
    }

    [Fact]
    public void An_item_whose_budget_is_spent_is_answered_with_its_last_error_and_all_its_tries()
    {
        _reruns.Failed(_source.Chunk(3, 1), Crash);
        for (var attempt = 2; attempt <= 3; attempt++)
        {
            Turn();
            var again = Take();
            Assert.Equal(attempt, again.Attempt);
            _reruns.Failed(again, Crash);
        }

        Turn();
        var (index, error) = Assert.Single(_source.Answers);
        Assert.Equal((3ul, ErrorReasons.WorkerCrashed, 3u), (index, error?.Reason, error?.Attempts));
        Assert.True(_reruns.IsEmpty);
    }

    [Fact]
    public void What_no_retry_mends_is_answered_at_once()
    {
        _reruns.Failed(_source.Chunk(3, 1), new TryOutcome.Failure(Runs.Error(3, ErrorReasons.ItemTimeout)));
        Turn();
        Assert.Equal(ErrorReasons.ItemTimeout, Assert.Single(_source.Answers).Error?.Reason);
        Assert.True(_reruns.IsEmpty);
    }

    [Fact]
    public void An_item_that_was_due_and_did_not_run_is_due_again_uncharged()
    {
        _reruns.Failed(_source.Chunk(3, 1), Crash);
        Turn();
        var again = Take();
        _reruns.Return(again);
        Assert.Same(again, Take());
        again.Rerun!.Outcome.SetResult(new TryOutcome.Value(Runs.OfSizes(5)));
        Turn();
        Assert.Single(_source.Answers);
    }

    [Fact]
    public void Errors_may_be_tried_again_only_where_the_job_asks_for_it()
    {
        Assert.False(_reruns.Allows(_source, Runs.Error(3)));
        _source.MaxRetries = 1;
        Assert.True(_reruns.Allows(_source, Runs.Error(3)));
        Assert.False(_reruns.Allows(_source, Runs.Error(3, ErrorReasons.ItemTypeMismatch)));
        _source.Charges[3] = new SpentTries(0, 1);
        Assert.False(_reruns.Allows(_source, Runs.Error(3)));
    }

    [Fact]
    public void What_an_item_is_charged_with_is_told_each_time()
    {
        _source.MaxRetries = 1;
        _reruns.Failed(_source.Chunk(3, 1), Throw);
        Assert.Equal(new SpentTries(0, 1), _source.Charges[3]);
        Turn();
        _reruns.Failed(Take(), Crash);
        Assert.Equal(new SpentTries(1, 1), _source.Charges[3]);
        Turn();
        _reruns.Failed(Take(), new TryOutcome.Failure(Runs.Error(3, ErrorReasons.ItemTimeout)));
        Assert.Equal(new SpentTries(1, 1), _source.Charges[3]);
    }

    [Fact]
    public void An_item_that_crashed_workers_on_an_earlier_stream_runs_alone_on_what_is_left_of_its_budget()
    {
        _source.Charges[3] = new SpentTries(2, 0);
        _reruns.Resume(_source.Chunk(3, 1), new SpentTries(2, 0));
        Turn();
        var again = Take();
        Assert.Equal((3, true), (again.Attempt, again.Alone));
        _reruns.Failed(again, Crash);
        Turn();
        var (_, error) = Assert.Single(_source.Answers);
        Assert.Equal((ErrorReasons.WorkerCrashed, 3u), (error?.Reason, error?.Attempts));
    }

    [Fact]
    public void An_item_that_spent_its_budget_on_earlier_streams_is_not_run()
    {
        _reruns.Resume(_source.Chunk(3, 1), new SpentTries(3, 1));
        Turn();
        Assert.True(_reruns.IsEmpty);
        var (_, error) = Assert.Single(_source.Answers);
        Assert.Equal((ErrorReasons.WorkerCrashed, 4u), (error?.Reason, error?.Attempts));
    }

    [Fact]
    public void An_item_that_threw_on_an_earlier_stream_is_tried_on_what_is_left_of_its_budget()
    {
        _source.MaxRetries = 2;
        _source.Charges[3] = new SpentTries(0, 1);
        _reruns.Failed(_source.Chunk(3, 1), Throw);
        Turn();
        var again = Take();
        Assert.Equal(3, again.Attempt);
        _reruns.Failed(again, Throw);
        Turn();
        Assert.Equal(3u, Assert.Single(_source.Answers).Error?.Attempts);
    }

    [Fact]
    public void Nothing_of_a_job_that_is_over_is_due_or_answered()
    {
        _reruns.Failed(_source.Chunk(1, 1), Crash);
        Turn();
        _reruns.Failed(_source.Chunk(2, 1), Crash);
        _reruns.Failed(_source.Chunk(3, 1), new TryOutcome.Failure(Runs.Error(3, ErrorReasons.ItemTimeout)));
        _reruns.Close(_source);
        Turn();
        Assert.True(_reruns.IsEmpty);
        _reruns.Failed(_source.Chunk(4, 1), Crash);
        Turn();
        Assert.True(_reruns.IsEmpty);
        Assert.Empty(_source.Answers);
        _reruns.Close(_source);
    }

    private void Turn()
    {
        while (_posted.TryDequeue(out var action))
        {
            action();
        }
    }

    private WorkChunk Take()
    {
        Assert.True(_reruns.TryTake(new WorkerLoad(new FakeWorker()), _ => true, out var chunk));
        return chunk;
    }
}
