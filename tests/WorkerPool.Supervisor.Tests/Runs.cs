using Google.Protobuf;
using WorkerPool.Protocol.Packing;
using WorkerPool.Supervisor.Jobs;
using WorkerPool.V1;

namespace WorkerPool.Supervisor.Tests;

/// <summary>Makes runs of items and of results.</summary>
internal static class Runs
{
    /// <summary>Items of the sizes given.</summary>
    public static PackedRun OfSizes(params int[] sizes)
    {
        var run = new PackedRunBuilder();
        foreach (var size in sizes)
        {
            run.Add(new byte[size]);
        }

        return run.Take();
    }

    /// <summary>Items of two bytes, which are the index of each.</summary>
    public static PackedRun OfIndexes(ulong first, int count)
    {
        var run = new PackedRunBuilder();
        for (var i = 0; i < count; i++)
        {
            run.Add(BitConverter.GetBytes((ushort)(first + (ulong)i)));
        }

        return run.Take();
    }

    /// <summary>The indexes that items of <see cref="OfIndexes"/> hold.</summary>
    public static IEnumerable<ulong> IndexesIn(IEnumerable<PackedRun> segments)
    {
        foreach (var segment in segments)
        {
            for (var i = 0; i < segment.Count; i++)
            {
                yield return BitConverter.ToUInt16(segment.Slice(i, 1).Data.Span);
            }
        }
    }

    /// <summary>The same items in memory that is rented, and nobody can read any more once it was given back.</summary>
    public static PackedItems Rented(PackedRun run, Action? givenBack = null)
    {
        var plain = run.ToMessage();
        var bytes = new byte[plain.Sizes.Length + plain.Data.Length];
        plain.Sizes.CopyTo(bytes, 0);
        plain.Data.CopyTo(bytes, plain.Sizes.Length);
        return new PackedItems
        {
            Sizes = UnsafeByteOperations.UnsafeWrap(bytes.AsMemory(0, plain.Sizes.Length)),
            Data = UnsafeByteOperations.UnsafeWrap(bytes.AsMemory(plain.Sizes.Length)),
            Rented = run.Count == 0 ? null : RentedMemory.Of(bytes, run.Count, GiveBack),
        };

        void GiveBack(byte[] memory)
        {
            Assert.Same(bytes, memory);
            bytes.AsSpan().Fill(0xEE);
            givenBack?.Invoke();
        }
    }

    /// <summary>Results with values of the sizes given.</summary>
    public static ResultRun Results(ulong first, params int[] sizes) => new(first, OfSizes(sizes), []);

    /// <summary>An error of an item.</summary>
    public static ItemError Error(ulong index, string reason = "FUNCTION_FAILED") =>
        new() { Index = index, Reason = reason, Message = "It failed." };
}
