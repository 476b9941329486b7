using Google.Protobuf;
using WorkerPool.Bench.Measuring;
using WorkerPool.Bench.Relay;

namespace WorkerPool.Bench.Workloads;

/// <summary>Byte items there and back through a bare relay, in messages of the size that our client makes. A case is a size.</summary>
internal sealed class RelayEchoWorkload : IWorkload
{
    public const string Name = "echo-relay";
    private const int BatchBytes = 64 * 1024;

    /// <inheritdoc/>
    public async Task RunAsync(Order order, Action<Reading> report)
    {
        await using var chain = await RelayChain.StartAsync(hops: 2);
        var meter = new ThroughputMeter(order, Metrics.BytesPerSecond);
        foreach (var name in order.Cases)
        {
            var items = new ByteItems(ByteItems.SizeOf(name));
            meter.Add(name, count => EchoAsync(chain.Client, items, count), items.Size);
        }

        await meter.MeasureAsync(report);
    }

    private static async Task EchoAsync(RelayService.RelayServiceClient client, ByteItems items, int count)
    {
        using var call = client.Stream();
        var sending = SendAsync();
        var came = 0;
        while (await call.ResponseStream.MoveNext(CancellationToken.None))
        {
            var (batch, offset) = (call.ResponseStream.Current, 0);
            foreach (var size in batch.Sizes)
            {
                items.Check(came++, batch.Data.Span.Slice(offset, (int)size));
                offset += (int)size;
            }
        }

        await sending;
        WrongResultException.Unless(came == count, $"{came} of {count} items came");

        async Task SendAsync()
        {
            var batchItems = Math.Max(1, BatchBytes / items.Size);
            for (var first = 0; first < count; first += batchItems)
            {
                // Our client copies an item once into the message, and so does this one.
                var length = Math.Min(batchItems, count - first);
                var data = GC.AllocateUninitializedArray<byte>(length * items.Size);
                var batch = new Batch { Data = UnsafeByteOperations.UnsafeWrap(data) };
                for (var i = 0; i < length; i++)
                {
                    items[first + i].CopyTo(data, i * items.Size);
                    batch.Sizes.Add((uint)items.Size);
                }

                await call.RequestStream.WriteAsync(batch);
            }

            await call.RequestStream.CompleteAsync();
        }
    }
}
