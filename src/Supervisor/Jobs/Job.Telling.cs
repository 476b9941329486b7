using System.Threading.Channels;

namespace WorkerPool.Supervisor.Jobs;

/// <summary>What those who hold the job are told of it.</summary>
internal sealed partial class Job
{
    private readonly Channel<ResultRun> _output;
    private readonly TaskCompletionSource<JobSummary> _summary = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly bool _isTakenHere;

    // Kept for the end, which comes with it, where it is taken here.
    private ResultRun? _only;

    /// <summary>Results as the client may have them. Ends before <see cref="Summary"/>; fails with
    /// <see cref="JobFailedException"/>.</summary>
    public ChannelReader<ResultRun> Output => _output.Reader;

    /// <summary>The closing account; fails with <see cref="JobFailedException"/>.</summary>
    public Task<JobSummary> Summary => _summary.Task;

    /// <summary>Whether it is over, asked from any thread: then there is nothing left to end.</summary>
    public bool IsOver => Volatile.Read(ref _over);

    private void Tell(ResultRun run)
    {
        if (_isTakenHere)
        {
            _only = run;
        }
        else
        {
            _output.Writer.TryWrite(run);
        }
    }

    private void TellEnd(JobSummary summary)
    {
        if (_isTakenHere)
        {
            AnswerAfterTurn(summary);
        }
        else
        {
            End(summary);
        }
    }

    private void TellFailure(JobFailedException failure)
    {
        if (_isTakenHere)
        {
            _host.AfterTurn(() => End(failure));
        }
        else
        {
            End(failure);
        }
    }

    // Whoever takes it goes on inside of this: not on the loop, which would wait.
    private void AnswerAfterTurn(JobSummary summary) => _host.AfterTurn(() =>
    {
        if (_only is { } run)
        {
            _output.Writer.TryWrite(run);
        }

        End(summary);
    });

    private void End(JobSummary summary)
    {
        _output.Writer.TryComplete();
        _summary.TrySetResult(summary);
    }

    private void End(JobFailedException failure)
    {
        _output.Writer.TryComplete(failure);
        _summary.TrySetException(failure);
    }
}
