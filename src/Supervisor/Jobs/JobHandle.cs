using System.Threading.Channels;
using WorkerPool.Protocol.Errors;
using WorkerPool.Protocol.Packing;
using WorkerPool.Supervisor.Dispatch;

namespace WorkerPool.Supervisor.Jobs;

/// <summary>A job as those hold it who feed it and take its results; safe for several threads. Disposing it ends the
/// job if it is not over.</summary>
internal sealed class JobHandle : IDisposable
{
    private readonly Job _job;
    private readonly OwnerLoop _loop;

    internal JobHandle(Job job, JobLimits limits, OwnerLoop loop)
    {
        _job = job;
        _loop = loop;
        Limits = limits;
    }

    /// <summary>Its id.</summary>
    public string Id => _job.Id;

    /// <summary>What it may hold.</summary>
    public JobLimits Limits { get; }

    /// <summary>How much of it is worth sending before answers come, as of its last answer.</summary>
    public Lookahead Lookahead => _job.Lookahead;

    /// <summary>Its results. Ends before <see cref="Summary"/>; fails with <see cref="JobFailedException"/>.</summary>
    public ChannelReader<ResultRun> Output => _job.Output;

    /// <summary>Its closing account; fails with <see cref="JobFailedException"/>.</summary>
    public Task<JobSummary> Summary => _job.Summary;

    /// <summary>Gives it items.</summary>
    /// <param name="firstIndex">Index of the first.</param>
    /// <param name="items">The items.</param>
    /// <param name="spent">What some of them were charged with on earlier streams, rising by index; <c>null</c>: nothing.</param>
    /// <param name="isLast">Whether no more items come, as after <see cref="EndInput"/>.</param>
    public void Accept(ulong firstIndex, PackedRun items, IReadOnlyList<V1.SpentAttempts>? spent = null, bool isLast = false) =>
        _loop.RunOrPost(() =>
        {
            _job.Accept(firstIndex, items, spent);
            if (isLast)
            {
                _job.EndInput();
            }
        });

    /// <summary>Gives it the next bytes of its shared arguments.</summary>
    /// <param name="piece">The bytes; kept, not copied.</param>
    public void AddShared(ReadOnlyMemory<byte> piece) => _loop.Post(() => _job.AddShared(piece));

    /// <summary>No more items come.</summary>
    public void EndInput() => _loop.RunOrPost(_job.EndInput);

    /// <summary>Tells it what has been taken.</summary>
    /// <param name="results">Results since the start.</param>
    /// <param name="bytes">Bytes of their values since the start.</param>
    public void Acknowledge(ulong results, ulong bytes) => _loop.Post(() => _job.Acknowledge(results, bytes));

    /// <summary>Ends it with an error.</summary>
    /// <param name="reason">UPPER_SNAKE word for programs.</param>
    /// <param name="message">For a person.</param>
    public void Fail(string reason, string message) => _loop.Post(() => _job.Fail(reason, message));

    /// <inheritdoc/>
    public void Dispose()
    {
        if (!_job.IsOver)
        {
            Fail(ErrorReasons.JobCancelled, "The job was cancelled.");
        }
    }
}
