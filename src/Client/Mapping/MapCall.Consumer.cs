using System.Diagnostics;
using System.Runtime.ExceptionServices;
using WorkerPool.Client.Encodings;

namespace WorkerPool.Client.Mapping;

/// <summary>The consumer's side.</summary>
internal sealed partial class MapCall<TResult> : IAsyncEnumerator<Outcome<TResult>>, IAsyncEnumerator<TResult>
{
    private readonly InputOrder? _order;
    private readonly ResultCursor _cursor = new();
    private ItemFailedException? _stoppedBy;
    private bool _stoppedByThisSide;
    private bool _ended;
    private bool _disposed;

    // Delivered so far.
    private long _succeeded;
    private long _failed;

    // Of the failed, those the pool counts as succeeded, and those it never saw.
    private long _undecodable;
    private long _local;

    // Failures of this side that came after the one that stopped the job.
    private long _undelivered;

    // Taken and not yet told to the pool.
    private long _untoldResults;
    private long _untoldBytes;
    private long _untoldLocal;

    /// <summary>The closing account, once the job has ended.</summary>
    public MapSummary? Summary { get; private set; }

    /// <summary>The current outcome.</summary>
    public Outcome<TResult> Current { get; private set; }

    TResult IAsyncEnumerator<TResult>.Current => Current.Value;

    /// <inheritdoc/>
    public ValueTask<bool> MoveNextAsync() => TryTake() ? new ValueTask<bool>(true) : WaitAsync();

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _ended = true;
        if (_disposed)
        {
            return;
        }

        _disposed = true;
        await _ending.CancelAsync().ConfigureAwait(false);
        await Ended.ConfigureAwait(false);
        _ending.Dispose();
    }

    private async ValueTask<bool> WaitAsync()
    {
        while (!_ended)
        {
            ThrowIfCancelled();
            if (_stoppedBy is not null)
            {
                return await FinishStoppedAsync().ConfigureAwait(false);
            }

            Tell();
            if (!await _received.Reader.WaitToReadAsync().ConfigureAwait(false))
            {
                await EndWatchAsync().ConfigureAwait(false);
                return Finish();
            }

            if (TryTake())
            {
                return true;
            }
        }

        return false;
    }

    // The next outcome, if it is at hand. Nothing on this path allocates or waits.
    private bool TryTake()
    {
        if (_ended || _stoppedBy is not null || _endingToken.IsCancellationRequested)
        {
            return false;
        }

        while (true)
        {
            if (_order is not null && _order.TryTakeHeld(out var held))
            {
                return TakeLocal(held);
            }

            if (_cursor.MoveNext())
            {
                return TakeResult();
            }

            if (_decoder is { IsOverBytes: false })
            {
                _cursor.Release();
            }

            if (!_received.Reader.TryRead(out var run))
            {
                return false;
            }

            if (run.LocalFailure is null)
            {
                _cursor.Start(run);
            }
            else if (_order is null)
            {
                return TakeLocal(run.LocalFailure);
            }
            else
            {
                _order.Hold(run.LocalFailure);
            }
        }
    }

    private bool TakeResult()
    {
        if (_order?.Deliver(_cursor.Index) is { } problem)
        {
            _ended = true;
            _ending.Cancel();
            throw JobStream.Violation(problem);
        }

        var bytes = _cursor.Value;
        _untoldResults++;
        _untoldBytes += bytes.Length;
        if (_untoldResults >= _streams!.Window!.ItemsWorthTelling || _untoldBytes >= _streams.Window.BytesWorthTelling)
        {
            Tell();
        }

        if (_cursor.Error is { } error)
        {
            return Fail(new ItemFailedException(error), ofThisSide: false);
        }

        try
        {
            Current = new Outcome<TResult>((long)_cursor.Index, _decoder!.Decode(bytes));
        }
        catch (Exception e)
        {
            _undecodable++;
            return Fail(DecodedValue.Mismatch<TResult>((long)_cursor.Index, e), ofThisSide: true);
        }

        _succeeded++;
        return true;
    }

    private bool TakeLocal(ItemFailedException failure)
    {
        _local++;
        if (++_untoldLocal >= _streams!.Window!.ItemsWorthTelling)
        {
            Tell();
        }

        // In order, all before it is delivered and its sender has ended the input: the pool's account is at hand.
        return Fail(failure, ofThisSide: _order is null);
    }

    // False where the failure is to be thrown instead.
    private bool Fail(ItemFailedException failure, bool ofThisSide)
    {
        _failed++;
        Current = new Outcome<TResult>(failure.Index, failure);
        if (_request.Stop)
        {
            _stoppedBy = failure;
            _stoppedByThisSide = ofThisSide;
        }

        return !_request.Throw;
    }

    private async ValueTask<bool> FinishStoppedAsync()
    {
        if (_request.Throw)
        {
            _ended = true;
            ExceptionDispatchInfo.Throw(_stoppedBy!);
        }

        if (_stoppedByThisSide)
        {
            // Whatever the pool has answered meanwhile: what was not delivered is cancelled.
            _ended = true;
            await _ending.CancelAsync().ConfigureAwait(false);
            var pulled = (long)_outbox.PulledCount + _local;
            Summary = new MapSummary
            {
                JobId = await Id.ConfigureAwait(false),
                Stopped = true,
                Ledger = new JobLedger(pulled, _succeeded, _failed, pulled - _succeeded - _failed),
                WorkerRestarts = (int)(_streams?.Summary?.WorkerRestarts ?? 0),
                Resumes = _streams?.Resumes ?? 0,
                Elapsed = Stopwatch.GetElapsedTime(_startedAt),
                Busy = _streams?.Summary?.Busy?.ToTimeSpan() ?? TimeSpan.Zero,
            };
            return false;
        }

        Tell();
        while (await _received.Reader.WaitToReadAsync().ConfigureAwait(false))
        {
            while (_received.Reader.TryRead(out var run))
            {
                if (run.LocalFailure is not null)
                {
                    _undelivered++;
                }
            }
        }

        await EndWatchAsync().ConfigureAwait(false);
        return Finish();
    }

    private Task EndWatchAsync() => _watch is { } watch && _streams?.Summary is not null ? watch.EndAsync() : Task.CompletedTask;

    private bool Finish()
    {
        _ended = true;
        if (_streams?.Summary is not { } summary)
        {
            ExceptionDispatchInfo.Throw(_failure!);
            return false;
        }

        Summary = new MapSummary
        {
            JobId = summary.JobId,
            Stopped = _stoppedBy is not null || summary.Outcome == V1.JobOutcome.Stopped,
            Ledger = MergedLedger(summary.Ledger),
            WorkerRestarts = (int)summary.WorkerRestarts,
            Resumes = _streams.Resumes,
            Elapsed = _streams.HasBroken ? Stopwatch.GetElapsedTime(_startedAt) : summary.Elapsed?.ToTimeSpan() ?? TimeSpan.Zero,
            Busy = summary.Busy?.ToTimeSpan() ?? TimeSpan.Zero,
        };
        if (_stoppedBy is null && _request.Items.SourceError is { } sourceError)
        {
            ExceptionDispatchInfo.Throw(sourceError);
        }

        return false;
    }

    // The account of the last stream with what came on those before, and with what happened on this side.
    private JobLedger MergedLedger(V1.Ledger ledger)
    {
        var undelivered = _undelivered + (_order?.HeldCount ?? 0);
        return new JobLedger(
            (long)(ledger.Accepted + _streams!.EarlierValues + _streams.EarlierErrors) + _local + undelivered,
            (long)(ledger.Succeeded + _streams.EarlierValues) - _undecodable,
            (long)(ledger.Failed + _streams.EarlierErrors) + _undecodable + _local,
            (long)ledger.Cancelled + undelivered);
    }

    private void Tell()
    {
        if (_untoldResults + _untoldLocal > 0)
        {
            _outbox.Acknowledge(_untoldResults, _untoldBytes, _untoldLocal);
            _untoldResults = _untoldBytes = _untoldLocal = 0;
        }
    }

    private void ThrowIfCancelled()
    {
        if (!_endingToken.IsCancellationRequested)
        {
            return;
        }

        _ended = true;
        throw Explain(new OperationCanceledException(_endingToken));
    }
}
