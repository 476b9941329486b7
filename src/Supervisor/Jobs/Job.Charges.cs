using WorkerPool.Protocol.Packing;
using WorkerPool.Supervisor.Dispatch;
using WorkerPool.V1;

namespace WorkerPool.Supervisor.Jobs;

/// <summary>What its items are charged with: told to the client, who gives it back with the items if the stream breaks.</summary>
internal sealed partial class Job
{
    /// <inheritdoc/>
    public SpentTries SpentOn(ulong index) => _charges[index];

    /// <inheritdoc/>
    public void Charged(ulong index, SpentTries spent)
    {
        var before = _charges[index];
        _crashes += spent.Crashes - before.Crashes;
        _throws += spent.Throws - before.Throws;
        _charges[index] = spent;
        if (_spec.Key.Length > 0)
        {
            var told = new SpentAttempts { Index = index, Crashes = (uint)spent.Crashes, Throws = (uint)spent.Throws };
            _output.Writer.TryWrite(ResultRun.OfCharge(told));
        }
    }

    // Items that killed workers before go the way of reruns; the others only remember.
    private void EnqueueCharged(ulong firstIndex, PackedRun items, IReadOnlyList<SpentAttempts> charges)
    {
        var start = 0;
        foreach (var charge in charges)
        {
            var at = charge.Index - firstIndex;
            if (charge.Index < firstIndex + (ulong)start || at >= (ulong)items.Count)
            {
                Fail(
                    Protocol.Errors.ErrorReasons.InvalidArgument,
                    $"Item {charge.Index} is said to be charged; expected rising indexes of the {items.Count} items from {firstIndex}.");
                return;
            }

            var position = (int)at;
            var spent = new SpentTries(Bounded(charge.Crashes), Bounded(charge.Throws));
            _charges[charge.Index] = spent;
            if (spent.Crashes > 0 && items.SizeOf(position) <= _limits.MaxItemBytes)
            {
                Enqueue(firstIndex + (ulong)start, items.Slice(start, position - start));
                _host.Resume(new WorkChunk(this, charge.Index, new ItemSegments(items.Slice(position, 1))), spent);
                start = position + 1;
            }
        }

        Enqueue(firstIndex + (ulong)start, items.Slice(start));
    }

    // More than any limit, and far from where counting on would begin again at zero.
    private static int Bounded(uint count) => (int)Math.Min(count, 1_000_000);
}
