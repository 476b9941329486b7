using WorkerPool.Protocol.Packing;
using WorkerPool.V1;

namespace WorkerPool.Supervisor.Jobs;

/// <summary>Results of consecutive items.</summary>
/// <param name="FirstIndex">Index of the first.</param>
/// <param name="Values">One entry a result; that of a failed one is empty.</param>
/// <param name="Errors">The errors among them, rising by index.</param>
public sealed record ResultRun(ulong FirstIndex, PackedRun Values, IReadOnlyList<ItemError> Errors)
{
    /// <summary>What an item without a result was charged with; such a run has no results. <c>null</c>: nothing.</summary>
    public SpentAttempts? Spent { get; private init; }

    /// <summary>Number of results.</summary>
    public int Count => Values.Count;

    /// <summary>What they weigh in the window, in bytes.</summary>
    public int ByteCount => Values.Data.Length;

    /// <summary>Index after the last.</summary>
    public ulong EndIndex => FirstIndex + (ulong)Count;

    /// <summary>Word that an item was charged with a try.</summary>
    /// <param name="spent">What it has been charged with.</param>
    public static ResultRun OfCharge(SpentAttempts spent) => new(spent.Index, PackedRun.Empty, []) { Spent = spent };

    /// <summary>The first of them.</summary>
    /// <param name="count">How many. Range: 0 to <see cref="Count"/>.</param>
    /// <param name="rest">The others.</param>
    public ResultRun Split(int count, out ResultRun rest)
    {
        var border = FirstIndex + (ulong)count;
        rest = new ResultRun(border, Values.Slice(count), [.. Errors.Where(error => error.Index >= border)]);
        return new ResultRun(FirstIndex, Values.Slice(0, count), [.. Errors.Where(error => error.Index < border)]);
    }
}
