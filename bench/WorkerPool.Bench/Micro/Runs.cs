using WorkerPool.Protocol.Packing;
using WorkerPool.Supervisor.Jobs;

namespace WorkerPool.Bench.Micro;

/// <summary>Runs to measure with.</summary>
internal static class Runs
{
    private const int ItemBytes = 8;

    /// <summary>Items of eight bytes.</summary>
    /// <param name="count">How many.</param>
    public static PackedRun Of(int count) => PackedRun.Create(Enumerable.Repeat((uint)ItemBytes, count).ToArray(), new byte[count * ItemBytes]);

    /// <summary>Results of consecutive items.</summary>
    /// <param name="first">Index of the first.</param>
    /// <param name="count">How many.</param>
    public static ResultRun Results(int first, int count) => new((ulong)first, Of(count), []);
}
