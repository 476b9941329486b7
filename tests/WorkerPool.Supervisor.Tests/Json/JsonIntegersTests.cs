using System.Buffers;
using System.Text.Json;
using CsCheck;
using WorkerPool.Protocol.Json;

namespace WorkerPool.Supervisor.Tests.Json;

public sealed class JsonIntegersTests
{
    [Fact]
    public void What_is_written_is_what_the_serializer_writes() => Gen.Long.Sample(value =>
    {
        var target = new ArrayBufferWriter<byte>();
        Assert.True(JsonIntegers.TryWrite(value, target));
        Assert.True(JsonIntegers.TryWrite((int)value, target));
        Assert.Equal(
            [.. JsonSerializer.SerializeToUtf8Bytes(value), .. JsonSerializer.SerializeToUtf8Bytes((int)value)], target.WrittenSpan.ToArray());
    });

    [Fact]
    public void What_is_read_is_what_the_serializer_reads() => Gen.Char["-0123456789.eE+ a"].Array[0, 22].Sample(characters =>
    {
        var text = System.Text.Encoding.ASCII.GetBytes(characters);
        if (JsonIntegers.TryRead(text, out long integer))
        {
            Assert.Equal(JsonSerializer.Deserialize<long>(text), integer);
        }

        if (JsonIntegers.TryRead(text, out int small))
        {
            Assert.Equal(JsonSerializer.Deserialize<int>(text), small);
        }
    });

    [Theory]
    [InlineData("0", 0L)]
    [InlineData("-1", -1L)]
    [InlineData("999999999999999999", 999999999999999999L)]
    [InlineData("-999999999999999999", -999999999999999999L)]
    public void Integers_are_read(string text, long expected)
    {
        Assert.True(JsonIntegers.TryRead(System.Text.Encoding.ASCII.GetBytes(text), out long value));
        Assert.Equal(expected, value);
    }

    [Theory]
    [InlineData("")]
    [InlineData("-")]
    [InlineData("+1")]
    [InlineData("01")]
    [InlineData("-00")]
    [InlineData("1 ")]
    [InlineData("1.0")]
    [InlineData("1e3")]
    [InlineData("9223372036854775808")]
    public void The_rest_is_left_to_the_serializer(string text) =>
        Assert.False(JsonIntegers.TryRead(System.Text.Encoding.ASCII.GetBytes(text), out long _));

    [Fact]
    public void Other_types_are_left_to_the_serializer()
    {
        Assert.False(JsonIntegers.TryRead<double>("1"u8, out _));
        Assert.False(JsonIntegers.TryRead<int>("2147483648"u8, out _));
        Assert.False(JsonIntegers.TryWrite("1", new ArrayBufferWriter<byte>()));
    }
}
