using System.Buffers.Binary;
using Google.Protobuf;
using WorkerPool.Bench.Measuring;
using WorkerPool.Bench.Relay;

namespace WorkerPool.Bench.Workloads;

/// <summary>Single unary calls of gRPC, one after another.</summary>
/// <param name="hops">1: to an echo; 2: to an echo behind a relay.</param>
internal sealed class RelayApplyWorkload(int hops) : IWorkload
{
    public const string OneHop = "apply-one-hop";
    public const string TwoHops = "apply-two-hops";

    /// <inheritdoc/>
    public async Task RunAsync(Order order, Action<Reading> report)
    {
        await using var chain = await RelayChain.StartAsync(hops);
        foreach (var name in order.Cases)
        {
            var took = await new LatencyMeter(order).MeasureAsync(async number =>
            {
                var bytes = new byte[sizeof(long)];
                BinaryPrimitives.WriteInt64LittleEndian(bytes, number);
                var batch = await chain.Client.CallAsync(new Batch { Data = UnsafeByteOperations.UnsafeWrap(bytes), Sizes = { sizeof(long) } });
                WrongResultException.Unless(batch.Data.Span.SequenceEqual(bytes), "another number came back");
            });
            report(new Reading(name, Metrics.CallMedian, took.Median));
            report(new Reading(name, Metrics.CallP99, took.Quantile(0.99)));
        }
    }
}
