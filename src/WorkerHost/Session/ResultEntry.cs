using WorkerPool.Protocol.Packing;
using WorkerPool.V1;
using WorkerPool.Worker.V1;

namespace WorkerPool.WorkerHost.Session;

/// <summary>Results of consecutive items of one chunk, on their way into a message.</summary>
/// <param name="lease">The chunk's lease.</param>
/// <param name="values">Takes the values. Empty when given; its memory is the message's until that is written.</param>
internal sealed class ResultEntry(ulong lease, PackedRunBuilder values)
{
    /// <summary>The chunk's lease.</summary>
    public ulong Lease { get; } = lease;

    /// <summary>The values; an empty one for each error.</summary>
    public PackedRunBuilder Values { get; } = values;

    /// <summary>The errors; <c>null</c> while there are none.</summary>
    public List<ItemError>? Errors { get; set; }

    /// <summary>Bytes it takes up, about.</summary>
    public long Bytes { get; set; }

    /// <summary>Time its items took, in ticks of the clock.</summary>
    public long BusyTicks { get; set; }

    /// <summary>How long each item took; <c>null</c> while there is one at most, whose time is <see cref="BusyTicks"/>.</summary>
    public RunTimes? Times { get; set; }

    /// <summary>Time that went before the first item of the job, in ticks of the clock.</summary>
    public long InitializingTicks { get; set; }

    /// <summary>Items of the chunk's end that are handed back.</summary>
    public int Returned { get; set; }

    /// <summary>Adds the result of an item; of the second one and those after it, there are <see cref="Times"/> for it.</summary>
    /// <param name="value">The value; empty if there is an error.</param>
    /// <param name="bytes">What it takes up.</param>
    /// <param name="busyTicks">How long the item took, in ticks of the clock.</param>
    /// <param name="nanosecondsPerTick">Of the clock.</param>
    public void Add(ReadOnlySpan<byte> value, long bytes, long busyTicks, double nanosecondsPerTick)
    {
        if (Times is { } times)
        {
            if (times.IsEmpty)
            {
                // Of the one before.
                times.Add((ulong)(BusyTicks * nanosecondsPerTick));
            }

            times.Add((ulong)(busyTicks * nanosecondsPerTick));
        }

        BusyTicks += busyTicks;
        Values.Add(value);
        Bytes += bytes;
    }

    /// <summary>As a message, over the builder's memory.</summary>
    /// <param name="ticksPerSecond">Frequency of the clock.</param>
    public ChunkResults ToMessage(long ticksPerSecond)
    {
        var message = new ChunkResults
        {
            Lease = Lease,
            BusyNanoseconds = Nanoseconds(BusyTicks, ticksPerSecond),
            InitializingNanoseconds = Nanoseconds(InitializingTicks, ticksPerSecond),
            Returned = (uint)Returned,
            Times = Times?.Take(),
        };
        if (Values.Count > 0)
        {
            message.Values = Values.Lend().ToMessage();
        }

        if (Errors is not null)
        {
            message.Errors.AddRange(Errors);
        }

        return message;
    }

    private static ulong Nanoseconds(long ticks, long ticksPerSecond) => (ulong)((Int128)ticks * 1_000_000_000 / ticksPerSecond);
}
