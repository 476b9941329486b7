using System.Diagnostics;
using System.Globalization;
using System.Threading.Channels;
using WorkerPool.Protocol.Errors;
using WorkerPool.Protocol.Packing;
using WorkerPool.Supervisor.Diagnostics;
using WorkerPool.Supervisor.Dispatch;
using WorkerPool.V1;

namespace WorkerPool.Supervisor.Jobs;

/// <summary>
/// One map call: its input, window, chunk cutting, reordering and ledger. All of it happens on the owner loop; the
/// outside holds a <see cref="JobHandle"/>.
/// </summary>
internal sealed partial class Job : IWorkSource
{
    // A chunk of fixed size that is larger than a quarter of the window is cut short rather than waited for: the
    // rest of the window may be taken by items whose turn comes later.
    private const int WindowParts = 4;

    // Far from where adding a batch would begin again at zero.
    private const ulong LargestIndex = long.MaxValue;

    private readonly JobSpec _spec;
    private readonly JobLimits _limits;
    private readonly IJobHost _host;
    private readonly IPoolMeasurements _measurements;
    private readonly TimeProvider _time;
    private readonly StageClock _clock;
    private readonly DateTimeOffset _started;
    private readonly InputQueue _input = new();
    private readonly InputWindow _window;
    private readonly ReorderBuffer? _reorder;
    private readonly OutputGate _gate;
    private readonly ChunkSizer _sizer = new();
    private readonly ItemCharges _charges = new();
    private JobLedger _ledger;
    private ulong _nextIndex;
    private ulong _stopIndex = ulong.MaxValue;
    private bool _inputEnded;
    private bool _stopped;
    private bool _over;
    private JobFailedException? _failure;
    private int _chunkSizeNow;
    private int _workerRestarts;
    private double _busyNanoseconds;

    /// <summary>A job without items.</summary>
    /// <param name="number">Its number.</param>
    /// <param name="spec">What it is to do.</param>
    /// <param name="limits">What it may hold.</param>
    /// <param name="host">Whom it tells of itself.</param>
    /// <param name="time">Measures how long it takes.</param>
    /// <param name="measurements">Hears of its items; <c>null</c>: nobody does.</param>
    /// <param name="isTakenHere">Whether its one result is taken where it comes from (<see cref="JobRegistry.OpenAsync"/>).</param>
    public Job(
        ulong number,
        JobSpec spec,
        JobLimits limits,
        IJobHost host,
        TimeProvider time,
        IPoolMeasurements? measurements = null,
        bool isTakenHere = false)
    {
        Number = number;
        _spec = spec;
        _limits = limits;
        _host = host;
        _time = time;
        _clock = new StageClock(time);
        _acceptedAt = _readAt = _unreadSince = _answeredAt = time.GetTimestamp();
        _measurements = measurements ?? NoMeasurements.Instance;
        _started = time.GetUtcNow();
        _window = new InputWindow(limits.WindowItems, limits.WindowBytes);
        _reorder = spec.IsOrdered ? new ReorderBuffer() : null;
        _gate = new OutputGate(limits.WindowBytes);
        _isTakenHere = isTakenHere;
        _output = Channel.CreateUnbounded<ResultRun>(
            new UnboundedChannelOptions { SingleReader = true, SingleWriter = true, AllowSynchronousContinuations = isTakenHere });

        NoteLookahead();

        // Not everyone who opens a job waits for its summary.
        _ = _summary.Task.ContinueWith(static task => task.Exception, TaskScheduler.Default);
    }

    /// <inheritdoc/>
    public ulong Number { get; }

    /// <summary>Its id for clients.</summary>
    public string Id => string.Create(CultureInfo.InvariantCulture, $"job-{Number}");

    /// <inheritdoc/>
    public WorkOrder WorkOrder => _spec.WorkOrder;

    /// <inheritdoc/>
    public double? ItemNanoseconds => _sizer.ItemNanoseconds;

    /// <inheritdoc/>
    public Activity? Span { get; set; }

    /// <summary>Takes items in.</summary>
    /// <param name="firstIndex">Index of the first; above all before.</param>
    /// <param name="items">The items.</param>
    /// <param name="spent">What some of them were charged with on earlier streams, rising by index; <c>null</c>: nothing.</param>
    public void Accept(ulong firstIndex, PackedRun items, IReadOnlyList<SpentAttempts>? spent = null)
    {
        if (_over || _stopped)
        {
            return;
        }

        if (_inputEnded)
        {
            Fail(ErrorReasons.UnexpectedMessage, "Items came after the end of the input.");
        }
        else if (WorkOrder.Shared is { IsComplete: false } shared)
        {
            Fail(
                ErrorReasons.UnexpectedMessage,
                $"Items came before the shared arguments of {shared.ByteCount} bytes had come whole. Send them first.");
        }
        else if (firstIndex > LargestIndex)
        {
            Fail(ErrorReasons.InvalidArgument, $"Items came from index {firstIndex}; indexes go up to {LargestIndex}.");
        }
        else if (firstIndex < _nextIndex)
        {
            Fail(ErrorReasons.InvalidArgument, $"Items came from index {firstIndex}; indexes rise, the next is {_nextIndex} or higher.");
        }
        else if (!_window.TryAccept(items.Count, items.Data.Length, out var problem))
        {
            Fail(ErrorReasons.WindowOverrun, $"The window was overrun: {problem}. Send no more until results were acknowledged.");
        }
        else
        {
            _acceptedAt = _time.GetTimestamp();
            _nextIndex = firstIndex + (ulong)items.Count;
            _ledger = _ledger.Accept(items.Count);
            _measurements.Accepted(WorkOrder.Function, items.Count, items.Data.Length);
            _reorder?.Expect(firstIndex, items.Count);
            if (spent is { Count: > 0 })
            {
                EnqueueCharged(firstIndex, items, spent);
            }
            else
            {
                Enqueue(firstIndex, items);
            }

            _host.Wake(this);
            NoteStage();
        }
    }

    /// <summary>Takes the next bytes of the shared arguments in.</summary>
    /// <param name="piece">The bytes; kept, not copied.</param>
    public void AddShared(ReadOnlyMemory<byte> piece)
    {
        if (_over || _stopped)
        {
            return;
        }

        if (WorkOrder.Shared is not { } shared)
        {
            Fail(ErrorReasons.UnexpectedMessage, "Shared arguments came that the start of the job does not name.");
        }
        else if (shared.Add(piece) is { } problem)
        {
            Fail(ErrorReasons.InvalidArgument, problem);
        }
    }

    /// <summary>No more items come.</summary>
    public void EndInput()
    {
        _inputEnded = true;
        _host.Wake(this);
        Pump();
        NoteStage();
    }

    /// <summary>Takes note of what the client's consumer has taken.</summary>
    /// <param name="results">Results since the start.</param>
    /// <param name="bytes">Bytes of their values since the start.</param>
    public void Acknowledge(ulong results, ulong bytes)
    {
        if (_over)
        {
            return;
        }

        if (results > _gate.SentCount || bytes > (ulong)_gate.SentBytes)
        {
            Fail(
                ErrorReasons.InvalidArgument,
                $"{results} results of {bytes} bytes were acknowledged, but only {_gate.SentCount} of {_gate.SentBytes} bytes were sent.");
            return;
        }

        if (results > (ulong)_window.AcknowledgedItems)
        {
            _readAt = _time.GetTimestamp();
        }

        _window.Acknowledge((long)results);
        _gate.Acknowledge((long)bytes);
        Pump();
        _host.Wake(this);
        NoteStage();
    }

    /// <inheritdoc/>
    public WorkChunk Take(int workerCount, int maxItems = int.MaxValue)
    {
        var size = WorkOrder.ChunkSize
            ?? (IsFull ? 1 : Math.Min(
                maxItems, _sizer.Next(Remaining(), Math.Max(1, _limits.WindowItems / (WindowParts * workerCount)), workerCount)));
        size = (int)Math.Min((ulong)size, _stopIndex - _input.FirstIndex!.Value);
        var maxBytes = WorkOrder.ChunkSize is null ? ChunkSizer.MaxBytes : _limits.WindowBytes / WindowParts;
        var (firstIndex, items) = _input.Take(size, maxBytes);
        _chunkSizeNow = items.Count;
        _attempts += items.Count;
        NoteStage();
        return new WorkChunk(this, firstIndex, items);
    }

    /// <inheritdoc/>
    public void Answered(ulong firstIndex, PackedRun values, IReadOnlyList<ItemError> errors, long itemBytes)
    {
        if (_over || _stopped)
        {
            return;
        }

        NoteFailures(errors);
        var wasFull = IsFull;
        _window.Answered(itemBytes);
        _charges.Forget(firstIndex, values.Count);
        if (_spec.StopsOnError && errors.Count > 0)
        {
            _stopIndex = Math.Min(_stopIndex, errors[0].Index);
        }

        var run = new ResultRun(firstIndex, values, errors);
        if (_reorder is null)
        {
            Emit(run);
        }
        else
        {
            _reorder.Add(run);
            while (!_stopped && _reorder.TryTake(out var next))
            {
                Emit(next);
            }
        }

        Pump();
        if (wasFull)
        {
            // The turn it passed up may be due now, and a client that acknowledges nothing will not remind it.
            _host.Wake(this);
        }

        NoteStage();
    }

    /// <inheritdoc/>
    public void Returned(ulong firstIndex, ItemSegments items)
    {
        _attempts -= items.Count;
        _input.Return(firstIndex, items);
        NoteStage();
    }

    /// <inheritdoc/>
    public void Measured(int itemCount, long itemBytes, double busyNanoseconds)
    {
        _busyNanoseconds += busyNanoseconds;
        _sizer.Measure(itemCount, itemBytes, busyNanoseconds);
        NoteLookahead();
    }

    /// <inheritdoc/>
    public void WorkerLost() => _workerRestarts++;

    /// <inheritdoc/>
    public void Fail(string reason, string message)
    {
        if (_over)
        {
            return;
        }

        End();
        _failure = new JobFailedException(reason, message);
        _host.Ended(this);
        TellFailure(_failure);
    }

    private void End()
    {
        _over = true;
        _clock.Stop();
        _ledger = _ledger.Close();
        _host.Remove(this);

        // The job is kept for a while, to be listed.
        WorkOrder.Shared?.Release();
    }

    private long? Remaining() =>
        _inputEnded ? _input.Count
        : _spec.ItemCount is { } total ? Math.Max(_input.Count, total - (_ledger.Accepted - _input.Count))
        : null;

    private bool HasWholeChunk(int size) =>
        _inputEnded
        || _input.CountConsecutive(size, _nextIndex, out var isBroken) >= size
        || isBroken
        || _input.Count >= _limits.WindowItems / WindowParts
        || _input.ByteCount >= _limits.WindowBytes / WindowParts;

    private void Enqueue(ulong firstIndex, PackedRun items)
    {
        // Where all together are not too large, none is.
        var start = 0;
        for (var i = 0; i < items.Count && items.Data.Length > _limits.MaxItemBytes; i++)
        {
            if (items.SizeOf(i) <= _limits.MaxItemBytes)
            {
                continue;
            }

            _input.Append(firstIndex + (ulong)start, items.Slice(start, i - start));
            start = i + 1;
            var index = firstIndex + (ulong)i;
            var error = new ItemError
            {
                Index = index,
                Reason = ErrorReasons.ItemTooLarge,
                Message = $"Item {index} has {items.SizeOf(i)} bytes; the pool takes items of up to {_limits.MaxItemBytes} bytes.",
                Metadata = { ["max_item_bytes"] = _limits.MaxItemBytes.ToString(CultureInfo.InvariantCulture) },
            };
            Answered(index, ItemErrors.NoValue, [error], items.SizeOf(i));
        }

        _input.Append(firstIndex + (ulong)start, items.Slice(start));
    }

    private void Emit(ResultRun run)
    {
        if (_spec.StopsOnError && run.Errors.Count > 0)
        {
            run = run.Split((int)(run.Errors[0].Index - run.FirstIndex) + 1, out _);
            _stopped = true;
            _host.Remove(this);
        }

        _ledger = _ledger.Answer(run.Count, run.Errors.Count);
        _measurements.Answered(WorkOrder.Function, run.Count - run.Errors.Count, run.Errors.Count, run.ByteCount);
        _gate.Add(run);
    }

    private void Pump()
    {
        if (_over)
        {
            return;
        }

        while (_gate.TryTake(out var run))
        {
            NoteUnread(run.Count);
            Tell(run);
        }

        if (_gate.IsEmpty && (_stopped || (_inputEnded && _ledger.Open == 0)))
        {
            Finish();
        }
    }

    private void Finish()
    {
        End();

        // Whoever has the summary finds the job among those that are over, and measured.
        _host.Ended(this);
        TellEnd(new JobSummary(
            Id, _stopped ? JobOutcome.Stopped : JobOutcome.Completed, _ledger, _workerRestarts, _clock.Elapsed, Busy));
    }
}
