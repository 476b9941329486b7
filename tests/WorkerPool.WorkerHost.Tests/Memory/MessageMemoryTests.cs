using WorkerPool.Processes.Memory;

namespace WorkerPool.WorkerHost.Tests.Memory;

public sealed class MessageMemoryTests : IDisposable
{
    private const int Mebibyte = 1 << 20;

    private readonly MessageMemory _ours = MessageMemory.TryCreate()!;
    private readonly MessageMemory _theirs;
    private readonly Queue<(ulong Position, int Size, byte Filling)> _written = new();
    private byte _filling;

    public MessageMemoryTests() => _theirs = MessageMemory.TryOpen(_ours.Path)!;

    public void Dispose()
    {
        _ours.Dispose();
        _theirs.Dispose();
    }

    [Fact]
    public void What_one_writes_the_other_reads_in_both_directions()
    {
        Assert.True(Write(_ours.Out, [1, 2, 3], out var there));
        Assert.True(Write(_theirs.Out, [4, 5], out var back));
        Assert.Equal([1, 2, 3], _theirs.In.Read(there, 3, bytes => bytes.ToArray()));
        Assert.Equal([4, 5], _ours.In.Read(back, 2, bytes => bytes.ToArray()));
    }

    [Fact]
    public void It_goes_on_when_nobody_can_open_it_any_more()
    {
        var path = _ours.Path;
        _ours.Close();
        _theirs.Close();
        Assert.Null(MessageMemory.TryOpen(path));
        Assert.True(Write(_ours.Out, [1], out var position));
        Assert.Equal([1], _theirs.In.Read(position, 1, bytes => bytes.ToArray()));
    }

    [Fact]
    public void Neither_can_change_its_size_under_the_other()
    {
        using var file = File.OpenHandle(_ours.Path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite);
        Assert.ThrowsAny<Exception>(() => RandomAccess.SetLength(file, 0));
        Assert.ThrowsAny<Exception>(() => RandomAccess.SetLength(file, 1L << 30));
        Assert.True(Write(_ours.Out, new byte[Mebibyte], out _));
    }

    [Fact]
    public void What_is_none_is_not_opened()
    {
        using var directory = new TemporaryDirectory();
        Assert.Null(MessageMemory.TryOpen(directory.File("none")));
        File.WriteAllBytes(directory.File("small"), [1, 2, 3]);
        Assert.Null(MessageMemory.TryOpen(directory.File("small")));
    }

    [Fact]
    public void A_message_without_room_is_not_written_and_one_that_is_read_makes_room()
    {
        for (var i = 0; i < 8; i++)
        {
            Assert.True(Add(Mebibyte));
        }

        Assert.False(Add(1));
        ReadNext();
        Assert.True(Add(Mebibyte));
        Assert.False(Add(1));
        while (_written.Count > 0)
        {
            ReadNext();
        }
    }

    [Fact]
    public void When_all_is_read_there_is_all_the_room_again()
    {
        for (var size = 1; size < 7 * Mebibyte; size += Mebibyte)
        {
            Assert.True(Add(size));
            ReadNext();
            Assert.True(Add(MessageRing.LeastBytes));
            Assert.True(Add(MessageMemory.RingBytes - MessageRing.LeastBytes));
            Assert.False(Add(1));
            ReadNext();
            ReadNext();
        }

        Assert.True(Add(MessageMemory.RingBytes));
        ReadNext();
        Assert.False(Add(MessageMemory.RingBytes + 1));
    }

    [Fact]
    public void Two_at_a_time_use_little_of_it()
    {
        const int Size = 64 << 10;
        Assert.True(Add(Size));
        for (var i = 0; i < 1000; i++)
        {
            Assert.True(Add(Size));
            ReadNext();
            Assert.InRange((long)(_written.Peek().Position % MessageMemory.RingBytes), 0, 2 * Mebibyte);
        }
    }

    // However writing and reading alternate: what is not read yet is never written over, and where little is not read there is room for
    // all but the largest.
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void Nothing_is_written_over_before_it_is_read(int seed)
    {
        var random = new Random(seed);
        for (var step = 0; step < 3000; step++)
        {
            if (_written.Count > 0 && random.Next(100) < 48)
            {
                ReadNext();
                continue;
            }

            var size = random.Next(4) == 0 ? random.Next(1, 3 * Mebibyte) : random.Next(1, 100_000);
            var isRoom = Add(size);
            Assert.True(isRoom || Math.Max(size, _written.Sum(message => (long)message.Size)) > MessageMemory.RingBytes / 16);
        }
    }

    [Theory]
    [InlineData(0ul, MessageMemory.RingBytes + 1u)]
    [InlineData(MessageMemory.RingBytes - 1ul, 2u)]
    [InlineData(ulong.MaxValue, 2u)]
    [InlineData(5ul, uint.MaxValue)]
    public void A_place_that_is_none_is_not_read(ulong position, uint size) =>
        Assert.Throws<InvalidDataException>(() => _ours.In.Read(position, size, _ => 0));

    [Fact]
    public void A_reader_that_lies_about_how_far_it_is_costs_messages_alone()
    {
        Assert.True(Add(100));
        _theirs.In.Read(1UL << 40, 100, _ => 0);
        Assert.False(Add(100));
        _theirs.In.Read(0, 100, _ => 0);
        Assert.True(Add(100));
    }

    [Fact]
    public void What_throws_while_it_is_written_is_not_written()
    {
        Assert.Throws<InvalidOperationException>(
            () => _ours.Out.TryWrite(0, MessageMemory.RingBytes, (_, _) => throw new InvalidOperationException(), out _));
        Assert.True(Add(MessageMemory.RingBytes));
        ReadNext();
    }

    [Fact]
    public void After_its_end_it_says_so_to_both()
    {
        _ours.Dispose();
        Assert.Throws<ObjectDisposedException>(() => Write(_ours.Out, [1], out _));
        Assert.Throws<ObjectDisposedException>(() => _ours.In.Read(0, 1, _ => 0));
        Assert.True(Write(_theirs.Out, [1], out _));
    }

    [Fact]
    public void What_is_being_read_at_its_end_can_be_read_to_its_end()
    {
        Assert.True(Write(_theirs.Out, [1, 2, 3], out var position));
        var read = _ours.In.Read(position, 3, bytes =>
        {
            _ours.Dispose();
            return bytes.ToArray();
        });
        Assert.Equal([1, 2, 3], read);
    }

    private static bool Write(MessageRing ring, byte[] message, out ulong position) =>
        ring.TryWrite(message, message.Length, static (bytes, target) => bytes.CopyTo(target), out position);

    private bool Add(int size)
    {
        var filling = ++_filling;
        if (!_ours.Out.TryWrite(filling, size, static (filling, target) => target.Fill(filling), out var position))
        {
            return false;
        }

        _written.Enqueue((position, size, filling));
        return true;
    }

    private void ReadNext()
    {
        var (position, size, filling) = _written.Dequeue();
        Assert.True(_theirs.In.Read(position, (uint)size, bytes => bytes.Length == size && !bytes.ContainsAnyExcept(filling)));
    }
}
