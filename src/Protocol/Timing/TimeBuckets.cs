using System.Numerics;

namespace WorkerPool.Protocol.Timing;

/// <summary>
/// The buckets that run times are counted in: one a nanosecond below 8 ns, above that eight for each power of two. A time is known to
/// an eighth by its bucket, and finding that takes a few instructions.
/// </summary>
public static class TimeBuckets
{
    private const int Bits = 3;

    /// <summary>Buckets that divide a power of two.</summary>
    public const int PerPowerOfTwo = 1 << Bits;

    /// <summary>How many there are.</summary>
    public const int Count = (64 - Bits + 1) * PerPowerOfTwo;

    /// <summary>The bucket of a time.</summary>
    /// <param name="nanoseconds">The time.</param>
    public static int Of(ulong nanoseconds)
    {
        if (nanoseconds < PerPowerOfTwo)
        {
            return (int)nanoseconds;
        }

        var shift = BitOperations.Log2(nanoseconds) - Bits;
        return (shift * PerPowerOfTwo) + (int)(nanoseconds >> shift);
    }

    /// <summary>The longest time of a bucket, in nanoseconds.</summary>
    /// <param name="bucket">The bucket. Range: 0 up to <see cref="Count"/> less one.</param>
    public static ulong Longest(int bucket)
    {
        if (bucket < PerPowerOfTwo)
        {
            return (ulong)bucket;
        }

        var shift = (bucket / PerPowerOfTwo) - 1;
        var first = (ulong)(PerPowerOfTwo + (bucket % PerPowerOfTwo)) << shift;
        return first + ((1UL << shift) - 1);
    }
}
