using System.Buffers;
using CsCheck;
using Google.Protobuf;
using WorkerPool.Protocol.Packing;
using WorkerPool.TestSupport;
using WorkerPool.V1;
using WorkerPool.Worker.V1;

namespace WorkerPool.Supervisor.Tests.Packing;

public sealed class RentedMessagesTests
{
    private static readonly Gen<PackedItems> AnyItems = Gen.Byte.Array[0, 90].Array[0, 20].Select(items =>
    {
        var run = new PackedRunBuilder();
        foreach (var item in items)
        {
            run.Add(item);
        }

        return run.Take().ToMessage();
    });

    private static readonly Gen<ItemError[]> AnyErrors =
        Gen.Select(Gen.ULong, Gen.String).Select((index, text) => new ItemError { Index = index, Message = text }).Array[0, 3];

    private static readonly Gen<MapStreamRequest> AnyRequest = Gen.OneOf(
        Gen.Select(Gen.ULong, AnyItems, Gen.Select(Gen.ULong, Gen.UInt).Array[0, 3]).Select((first, items, spent) =>
        {
            var batch = new ItemBatch { FirstIndex = first, Items = items };
            batch.Spent.AddRange(spent.Select(each => new SpentAttempts { Index = each.Item1, Crashes = each.Item2 }));
            return new MapStreamRequest { Items = batch };
        }),
        Gen.Byte.Array[0, 600].Select(bytes => new MapStreamRequest { Shared = new SharedPiece { Data = ByteString.CopyFrom(bytes) } }),
        Gen.Const(() => new MapStreamRequest { Items = new ItemBatch() }),
        Gen.ULong.Select(results => new MapStreamRequest { Acknowledgement = new Acknowledgement { Results = results } }));

    private static readonly Gen<ChunkResults> AnyResults =
        Gen.Select(Gen.ULong, AnyItems.Null(), AnyErrors, Gen.ULong, Gen.UInt, Gen.UInt.Array[0, 5].Null(), Gen.ULong).Select(
            (lease, values, errors, busy, returned, counts, initializing) =>
            {
                var results = new ChunkResults
                {
                    Lease = lease,
                    Values = values,
                    BusyNanoseconds = busy,
                    Returned = returned,
                    InitializingNanoseconds = initializing,
                    Times = counts is null ? null : new Worker.V1.ItemTimes { FirstBucket = 3, Counts = { counts }, SlowestNanoseconds = busy },
                };
                results.Errors.AddRange(errors);
                return results;
            });

    private static readonly Gen<SessionResponse> AnyResponse = Gen.OneOf(
        AnyResults.Array[0, 8].Select(results => new SessionResponse { Results = new ChunkResultsBatch { Results = { results } } }),
        Gen.String[200, 400].Select(text => new SessionResponse { Initialized = new Initialized { Error = text } }),
        Gen.ULong.Select(sequence => new SessionResponse { Heartbeat = new Heartbeat { Sequence = sequence } }));

    [Fact]
    public void What_clients_write_is_read_as_the_library_reads_it() => Gen.Select(AnyRequest, Gen.Int[1, 300]).Sample((request, cut) =>
    {
        var bytes = request.ToByteArray();
        Assert.Equal(MapStreamRequest.Parser.ParseFrom(bytes), RentedMessages.ReadRequest(InPieces(bytes, cut)));
    });

    [Fact]
    public void What_workers_write_is_read_as_the_library_reads_it() => AnyResponse.Sample(response =>
    {
        var bytes = response.ToByteArray();
        Assert.Equal(SessionResponse.Parser.ParseFrom(bytes), RentedMessages.ReadResponse(new ReadOnlySequence<byte>(bytes)));
    });

    [Fact]
    public void Whatever_bytes_come_they_are_read_or_refused_as_by_the_library()
    {
        var mangled = Gen.Select(Gen.OneOf(AnyRequest.Select(m => m.ToByteArray()), AnyResponse.Select(m => m.ToByteArray())), Gen.Select(Gen.Int[0, 2000], Gen.Byte).Array[1, 4]);
        mangled.Sample(
            (bytes, changes) =>
            {
                foreach (var (at, value) in changes)
                {
                    if (bytes.Length > 0)
                    {
                        bytes[at % bytes.Length] = value;
                    }
                }

                Same(() => MapStreamRequest.Parser.ParseFrom(bytes), () => RentedMessages.ReadRequest(new ReadOnlySequence<byte>(bytes)));
                Same(() => SessionResponse.Parser.ParseFrom(bytes), () => RentedMessages.ReadResponse(new ReadOnlySequence<byte>(bytes)));
            },
            iter: 20_000);

        static void Same(Func<IMessage> library, Func<IMessage> ours)
        {
            var (expected, refusal) = Try(library);
            var (read, ourRefusal) = Try(ours);
            Assert.Equal(expected, read);
            Assert.Equal(refusal, ourRefusal);
        }

        static (IMessage?, bool IsRefused) Try(Func<IMessage> read)
        {
            try
            {
                return (read(), false);
            }
            catch (InvalidProtocolBufferException)
            {
                return (null, true);
            }
        }
    }

    [Fact]
    public void Memory_is_used_again_when_all_items_were_let_go_of_and_not_before()
    {
        var request = Read(120);
        var (first, rest) = (request.Slice(0, 4), request.Slice(4));
        first.Release();
        var other = Read(120);
        Assert.False(IsSame(request, other), "memory was used again that has items");
        rest.Slice(0, 0).Release();
        rest.Release();
        Assert.True(IsSame(request, Read(120)), "memory was not used again");
    }

    [Fact]
    public void Memory_that_somebody_may_read_is_not_used_again()
    {
        var kept = Read(120);
        kept.Slice(3, 2).Keep();
        kept.Release();
        Assert.False(IsSame(kept, Read(120)), "memory was used again that is read");
    }

    // Of a size that a thread gets back which has just given it back.
    private static PackedRun Read(int items)
    {
        var request = new MapStreamRequest { Items = new ItemBatch { FirstIndex = 0, Items = Runs.OfSizes([.. Enumerable.Repeat(500, items)]).ToMessage() } };
        Assert.True(PackedRun.TryRead(RentedMessages.ReadRequest(new ReadOnlySequence<byte>(request.ToByteArray())).Items.Items, out var run, out _));
        return run;
    }

    private static bool IsSame(PackedRun a, PackedRun b) => a.Data.Span.Overlaps(b.Data.Span);

    private static ReadOnlySequence<byte> InPieces(byte[] bytes, int size)
    {
        var first = new Piece(bytes.AsMemory(0, Math.Min(size, bytes.Length)), 0);
        var last = first;
        for (var at = size; at < bytes.Length; at += size)
        {
            last = last.Then(bytes.AsMemory(at, Math.Min(size, bytes.Length - at)));
        }

        return new ReadOnlySequence<byte>(first, 0, last, last.Memory.Length);
    }

    private sealed class Piece : ReadOnlySequenceSegment<byte>
    {
        public Piece(ReadOnlyMemory<byte> memory, long start) => (Memory, RunningIndex) = (memory, start);

        public Piece Then(ReadOnlyMemory<byte> memory)
        {
            var next = new Piece(memory, RunningIndex + Memory.Length);
            Next = next;
            return next;
        }
    }
}
