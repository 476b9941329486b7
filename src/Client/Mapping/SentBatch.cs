using System.Numerics;
using WorkerPool.Protocol.Packing;

namespace WorkerPool.Client.Mapping;

/// <summary>A run of items that was sent, and which of them are answered.</summary>
/// <param name="first">Index of the first.</param>
/// <param name="run">The items; kept until all are answered, since they may have to be sent again.</param>
internal sealed class SentBatch(ulong first, PackedRun run)
{
    // One bit an item.
    private readonly ulong[] _answered = new ulong[(run.Count + 63) / 64];

    public ulong First { get; } = first;

    /// <summary>Index after the last.</summary>
    public ulong End { get; } = first + (ulong)run.Count;

    public PackedRun Run { get; private set; } = run;

    public int Unanswered { get; private set; } = run.Count;

    /// <summary>Bytes it holds of the window: all of them until the last of its items is answered.</summary>
    public int Bytes { get; } = run.Data.Length;

    /// <summary>Notes answers. False if one of them had been given before; then nothing is noted.</summary>
    /// <param name="position">Position of the first in this batch.</param>
    /// <param name="count">How many.</param>
    public bool TryAnswer(int position, int count)
    {
        for (var at = position; at < position + count;)
        {
            var mask = Mask(at, position + count, out var next);
            if ((_answered[at / 64] & mask) != 0)
            {
                return false;
            }

            at = next;
        }

        for (var at = position; at < position + count;)
        {
            var mask = Mask(at, position + count, out var next);
            _answered[at / 64] |= mask;
            Unanswered -= BitOperations.PopCount(mask);
            at = next;
        }

        if (Unanswered == 0)
        {
            Run = PackedRun.Empty;
        }

        return true;
    }

    /// <summary>What is not answered, as batches that were not sent: each a run of consecutive items.</summary>
    public IEnumerable<SentBatch> UnansweredParts()
    {
        for (var at = 0; at < Run.Count;)
        {
            if (IsAnswered(at))
            {
                at++;
                continue;
            }

            var start = at;
            while (at < Run.Count && !IsAnswered(at))
            {
                at++;
            }

            yield return new SentBatch(First + (ulong)start, Run.Slice(start, at - start));
        }
    }

    /// <summary>This batch in two, where none of it is answered.</summary>
    /// <param name="count">Items of the first part.</param>
    public (SentBatch Head, SentBatch Tail) Split(int count) =>
        (new SentBatch(First, Run.Slice(0, count)), new SentBatch(First + (ulong)count, Run.Slice(count)));

    private bool IsAnswered(int position) => (_answered[position / 64] & (1UL << (position % 64))) != 0;

    // The bits from one position up to an end, as far as they lie in one word.
    private static ulong Mask(int at, int end, out int next)
    {
        next = Math.Min(end, (at / 64 * 64) + 64);
        var width = next - at;
        return (width == 64 ? ulong.MaxValue : (1UL << width) - 1) << (at % 64);
    }
}
