using System.Runtime.CompilerServices;
using System.Threading.Channels;
using WorkerPool.Client.Connecting;
using WorkerPool.Client.Encodings;
using WorkerPool.Client.Mapping;

namespace WorkerPool.Client.Calls;

/// <summary>
/// A job whose items are the single calls of one kind that are made while it is open: a map over a channel of calls, its
/// results given to whom they belong. So calls share messages and chunks as the items of a map do, and the job's account is
/// checked like a map's.
/// </summary>
internal sealed class SharedJob
{
    private readonly Channel<SharedCall> _calls = Channel.CreateUnbounded<SharedCall>();
    private readonly Dictionary<long, SharedCall> _unanswered = [];
    private readonly Lock _lock = new();
    private readonly MapCall<ReadOnlyMemory<byte>> _job;
    private long _pulled;
    private int _quietTicks;
    private int _ticks;
    private Exception? _failure;

    /// <summary>Opens the job.</summary>
    /// <param name="connection">The pool.</param>
    /// <param name="kind">What its calls have in common.</param>
    public SharedJob(PoolConnection connection, CallKind kind)
    {
        Kind = kind;
        var request = new JobRequest<ReadOnlyMemory<byte>>(
            kind.Function,
            new ItemSender<SharedCall>(new ItemSource<SharedCall>(PullAsync()), _ => new SharedCallEncoder(kind.Encoding)),
            (_, _) => new ValueDecoder<ReadOnlyMemory<byte>>(kind.ValueEncoding, static bytes => bytes) { IsOverBytes = true },
            new MapOptions { ItemTimeout = kind.ItemTimeout, MaxRetries = kind.MaxRetries },
            Ordered: false,
            Stop: false,
            Throw: false,
            IsApply: true);
        _job = new MapCall<ReadOnlyMemory<byte>>(connection, request, CancellationToken.None, CancellationToken.None);
        Ended = Task.Run(RunAsync);
    }

    /// <summary>What its calls have in common.</summary>
    public CallKind Kind { get; }

    /// <summary>Completes when the job is over, with what went wrong and was told to no call, if anything.</summary>
    public Task<Exception?> Ended { get; }

    /// <summary>Takes a call, unless it takes no more.</summary>
    public bool TryAdd(SharedCall call)
    {
        _quietTicks = 0;
        return _calls.Writer.TryWrite(call);
    }

    /// <summary>Takes no more calls; ends when those it has are answered.</summary>
    public void EndInput() => _calls.Writer.TryComplete();

    /// <summary>Ends at once, because the pool was terminated.</summary>
    public void Terminate() => _job.Terminate();

    /// <summary>Counts a tick of the clock.</summary>
    /// <param name="maxTicks">Ticks after which it is old.</param>
    /// <returns>Whether it has been idle for a whole tick, or is old.</returns>
    public bool Tick(int maxTicks)
    {
        lock (_lock)
        {
            var isIdle = _quietTicks++ > 0 && _unanswered.Count == 0 && _calls.Reader.Count == 0;
            return isIdle || ++_ticks >= maxTicks;
        }
    }

    private async IAsyncEnumerable<SharedCall> PullAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        while (await _calls.Reader.WaitToReadAsync(cancellationToken).ConfigureAwait(false))
        {
            while (_calls.Reader.TryRead(out var call))
            {
                if (TryNote(call))
                {
                    yield return call;
                }
            }
        }
    }

    private bool TryNote(SharedCall call)
    {
        lock (_lock)
        {
            if (_failure is null)
            {
                _unanswered.Add(_pulled++, call);
                return true;
            }
        }

        call.Fail(_failure);
        return false;
    }

    private async Task<Exception?> RunAsync()
    {
        try
        {
            await using (_job.ConfigureAwait(false))
            {
                while (await _job.MoveNextAsync().ConfigureAwait(false))
                {
                    Answer(_job.Current);
                }
            }

            // None is left, unless the pool has ended the job by itself.
            FailAll(JobStream.Violation("it ended a job before the end of its input"));
            return null;
        }
        catch (Exception e)
        {
            // Which items of the job were answered is no affair of its calls.
            return FailAll(e is PoolLostException { InnerException: { } cause } ? cause : e) ? null : e;
        }
    }

    private void Answer(in Outcome<ReadOnlyMemory<byte>> outcome)
    {
        SharedCall? call;
        lock (_lock)
        {
            _unanswered.Remove(outcome.Index, out call);
        }

        call?.Answer(outcome);
    }

    // Fails the calls that are left; false if none is.
    private bool FailAll(Exception failure)
    {
        _calls.Writer.TryComplete();
        List<SharedCall> left;
        lock (_lock)
        {
            _failure = failure;
            left = [.. _unanswered.Values];
            _unanswered.Clear();
        }

        while (_calls.Reader.TryRead(out var call))
        {
            left.Add(call);
        }

        foreach (var call in left)
        {
            call.Fail(failure);
        }

        return left.Count > 0;
    }
}
