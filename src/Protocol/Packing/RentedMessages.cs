using System.Buffers;
using Google.Protobuf;
using Grpc.Core;
using WorkerPool.V1;
using WorkerPool.Worker.V1;

namespace WorkerPool.Protocol.Packing;

/// <summary>
/// How a Supervisor reads the messages that carry items and values: into memory that is rented, which goes back when
/// <see cref="PackedRun.Release"/> has been called for all that is in it. What is in no message that carries them, or not as we write it,
/// is read as any other message.
/// </summary>
/// <remarks>Nobody allocates for an item then, nor for its bytes, and the memory that is used again is still in the processor's cache.</remarks>
public static class RentedMessages
{
    // What is smaller costs less than its keeping. Of what is larger the pool would keep too much; up to there memory that is used again
    // spares pages that the kernel would have to make, and clear: a quarter of the throughput of items of 1 MiB.
    private const int SmallestRented = 256;
    private const int LargestRented = 4 << 20;

    /// <summary>What clients write to a Supervisor.</summary>
    public static Marshaller<MapStreamRequest> MapStreamRequests { get; } = Marshallers.Create(Write, ReadRequest);

    /// <summary>The session with a worker, whose messages are read like that.</summary>
    public static Method<SessionRequest, SessionResponse> Session { get; } = new(
        MethodType.DuplexStreaming,
        ServiceNames.Worker,
        nameof(Session),
        Marshallers.Create(Write, static context => SessionRequest.Parser.ParseFrom(context.PayloadAsReadOnlySequence())),
        Marshallers.Create(Write, ReadResponse));

    /// <summary>Reads a message of a client.</summary>
    /// <param name="payload">The message; not kept.</param>
    /// <exception cref="InvalidProtocolBufferException">It is none.</exception>
    public static MapStreamRequest ReadRequest(ReadOnlySequence<byte> payload)
    {
        // Of small ones nothing is gained.
        if (payload.Length is < SmallestRented or > LargestRented)
        {
            return MapStreamRequest.Parser.ParseFrom(payload);
        }

        var bytes = RentedMemory.Rent((int)payload.Length);
        payload.CopyTo(bytes);
        if (Batch(bytes, (int)payload.Length) is { } batch)
        {
            return new MapStreamRequest { Items = batch };
        }

        RentedMemory.Return(bytes);
        return MapStreamRequest.Parser.ParseFrom(payload);
    }

    /// <summary>Reads a message of a worker.</summary>
    /// <param name="payload">The message; not kept.</param>
    /// <exception cref="InvalidProtocolBufferException">It is none.</exception>
    public static SessionResponse ReadResponse(ReadOnlySequence<byte> payload) =>
        payload.IsSingleSegment ? ReadResponse(payload.FirstSpan) : SessionResponse.Parser.ParseFrom(payload);

    /// <summary>Reads a message of a worker.</summary>
    /// <param name="payload">The message.</param>
    /// <exception cref="InvalidProtocolBufferException">It is none.</exception>
    public static SessionResponse ReadResponse(ReadOnlySpan<byte> payload) =>
        payload.Length >= SmallestRented && Results(payload) is { } results
            ? new SessionResponse { Results = results }
            : SessionResponse.Parser.ParseFrom(payload);

    private static MapStreamRequest ReadRequest(DeserializationContext context) => ReadRequest(context.PayloadAsReadOnlySequence());

    private static SessionResponse ReadResponse(DeserializationContext context) => ReadResponse(context.PayloadAsReadOnlySequence());

    private static void Write(IMessage message, SerializationContext context)
    {
        context.SetPayloadLength(message.CalculateSize());
        message.WriteTo(context.GetBufferWriter());
        context.Complete();
    }

    // All of it in the memory that it came in.
    private static ItemBatch? Batch(byte[] bytes, int length)
    {
        var request = new WireReader(bytes.AsSpan(0, length));
        if (!request.TryReadTag(out var number, out var type)
            || (number, type) != (MapStreamRequest.ItemsFieldNumber, WireFormat.WireType.LengthDelimited)
            || !request.TryReadContent(out var start, out var content)
            || !request.IsAtEnd)
        {
            return null;
        }

        var batch = new ItemBatch();
        for (var fields = new WireReader(content); !fields.IsAtEnd;)
        {
            if (!fields.TryReadTag(out number, out type))
            {
                return null;
            }

            ReadOnlySpan<byte> field;
            switch (number, type)
            {
                case (ItemBatch.FirstIndexFieldNumber, WireFormat.WireType.Varint) when fields.TryReadVarint(out var index):
                    batch.FirstIndex = index;
                    break;
                case (ItemBatch.ItemsFieldNumber, WireFormat.WireType.LengthDelimited)
                    when batch.Items is null && fields.TryReadContent(out var at, out field) && Parts.TryRead(field, out var parts) && parts.ItemCount > 0:
                    batch.Items = Items(bytes, start + at + parts.SizesStart, parts.SizesLength, start + at + parts.DataStart, parts.DataLength, parts.ItemCount);
                    break;
                case (ItemBatch.SpentFieldNumber, WireFormat.WireType.LengthDelimited) when fields.TryReadContent(out _, out field):
                    batch.Spent.Add(SpentAttempts.Parser.ParseFrom(field));
                    break;
                default:
                    return null;
            }
        }

        return batch.Items is null ? null : batch;
    }

    private static ChunkResultsBatch? Results(ReadOnlySpan<byte> message)
    {
        var response = new WireReader(message);
        if (!response.TryReadTag(out var number, out var type)
            || (number, type) != (SessionResponse.ResultsFieldNumber, WireFormat.WireType.LengthDelimited)
            || !response.TryReadContent(out _, out var content)
            || !response.IsAtEnd)
        {
            return null;
        }

        var batch = new ChunkResultsBatch();
        for (var fields = new WireReader(content); !fields.IsAtEnd;)
        {
            if (!fields.TryReadTag(out number, out type)
                || (number, type) != (ChunkResultsBatch.ResultsFieldNumber, WireFormat.WireType.LengthDelimited)
                || !fields.TryReadContent(out _, out var field)
                || OfChunk(field) is not { } results)
            {
                return null;
            }

            batch.Results.Add(results);
        }

        return batch;
    }

    private static ChunkResults? OfChunk(ReadOnlySpan<byte> message)
    {
        var results = new ChunkResults();
        for (var fields = new WireReader(message); !fields.IsAtEnd;)
        {
            if (!fields.TryReadTag(out var number, out var type))
            {
                return null;
            }

            var value = 0UL;
            ReadOnlySpan<byte> field = [];
            if (type switch
            {
                WireFormat.WireType.Varint => !fields.TryReadVarint(out value),
                WireFormat.WireType.LengthDelimited => !fields.TryReadContent(out _, out field),
                _ => true,
            })
            {
                return null;
            }

            switch (number, type)
            {
                case (ChunkResults.LeaseFieldNumber, WireFormat.WireType.Varint):
                    results.Lease = value;
                    break;
                case (ChunkResults.ValuesFieldNumber, WireFormat.WireType.LengthDelimited) when results.Values is null && Parts.TryRead(field, out var parts):
                    results.Values = CopyOf(field, parts);
                    break;
                case (ChunkResults.ErrorsFieldNumber, WireFormat.WireType.LengthDelimited):
                    results.Errors.Add(ItemError.Parser.ParseFrom(field));
                    break;
                case (ChunkResults.BusyNanosecondsFieldNumber, WireFormat.WireType.Varint):
                    results.BusyNanoseconds = value;
                    break;
                case (ChunkResults.ReturnedFieldNumber, WireFormat.WireType.Varint):
                    results.Returned = (uint)value;
                    break;
                case (ChunkResults.TimesFieldNumber, WireFormat.WireType.LengthDelimited) when results.Times is null:
                    results.Times = Worker.V1.ItemTimes.Parser.ParseFrom(field);
                    break;
                case (ChunkResults.InitializingNanosecondsFieldNumber, WireFormat.WireType.Varint):
                    results.InitializingNanoseconds = value;
                    break;
                default:
                    return null;
            }
        }

        return results;
    }

    // Each chunk's in memory of its own: one that waits for its turn is not to keep those that came with it.
    private static PackedItems CopyOf(ReadOnlySpan<byte> message, in Parts parts)
    {
        var size = parts.SizesLength + parts.DataLength;
        var isRented = size is >= SmallestRented and <= LargestRented && parts.ItemCount > 0;
        var bytes = isRented ? RentedMemory.Rent(size) : GC.AllocateUninitializedArray<byte>(size);
        message.Slice(parts.SizesStart, parts.SizesLength).CopyTo(bytes);
        message.Slice(parts.DataStart, parts.DataLength).CopyTo(bytes.AsSpan(parts.SizesLength));
        return Items(bytes, 0, parts.SizesLength, parts.SizesLength, parts.DataLength, isRented ? parts.ItemCount : 0);
    }

    private static PackedItems Items(byte[] bytes, int sizesStart, int sizesLength, int dataStart, int dataLength, int rented) => new()
    {
        Sizes = UnsafeByteOperations.UnsafeWrap(bytes.AsMemory(sizesStart, sizesLength)),
        Data = UnsafeByteOperations.UnsafeWrap(bytes.AsMemory(dataStart, dataLength)),
        Rented = rented > 0 ? RentedMemory.Of(bytes, rented) : null,
    };

    // Where the two parts of packed items are in their message.
    private readonly record struct Parts(int SizesStart, int SizesLength, int DataStart, int DataLength)
    {
        public int ItemCount => SizesLength / sizeof(uint);

        public static bool TryRead(ReadOnlySpan<byte> message, out Parts parts)
        {
            parts = default;
            for (var fields = new WireReader(message); !fields.IsAtEnd;)
            {
                if (!fields.TryReadTag(out var number, out var type)
                    || type != WireFormat.WireType.LengthDelimited
                    || !fields.TryReadContent(out var start, out var content))
                {
                    return false;
                }

                switch (number)
                {
                    case PackedItems.SizesFieldNumber:
                        parts = parts with { SizesStart = start, SizesLength = content.Length };
                        break;
                    case PackedItems.DataFieldNumber:
                        parts = parts with { DataStart = start, DataLength = content.Length };
                        break;
                    default:
                        return false;
                }
            }

            return true;
        }
    }
}
