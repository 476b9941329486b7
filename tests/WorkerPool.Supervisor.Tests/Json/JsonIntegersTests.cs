using System.Buffers;
using System.Globalization;
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

    // Of each number of digits, positive and negative, with each neighbour of a power of ten.
    [Fact]
    public void Integers_of_every_length_are_written_and_read()
    {
        List<long> values = [0, long.MinValue, long.MaxValue, int.MinValue, int.MaxValue];
        for (var power = 1L; power <= 100_000_000_000_000_000; power *= 10)
        {
            values.AddRange([power - 1, power, power + 1, (power * 9) + 8, power * 12 / 10]);
        }

        Assert.All(values.Concat(values.Select(value => -value)), value =>
        {
            var target = new ArrayBufferWriter<byte>();
            JsonIntegers.Write(value, target);
            Assert.Equal(value.ToString(CultureInfo.InvariantCulture), System.Text.Encoding.ASCII.GetString(target.WrittenSpan));
            if (Math.Abs((decimal)value) < 1_000_000_000_000_000_000)
            {
                Assert.True(JsonIntegers.TryRead(target.WrittenSpan, out long read));
                Assert.Equal(value, read);
            }
        });
    }

    [Fact]
    public void What_is_no_digit_is_found_wherever_it_stands()
    {
        for (var length = 1; length <= 18; length++)
        {
            for (var at = 0; at < length; at++)
            {
                for (var other = 0; other < 256; other++)
                {
                    var text = Enumerable.Repeat((byte)'9', length).ToArray();
                    text[at] = (byte)other;
                    var isInteger = other is >= '1' and <= '9' || (other == '0' && (at > 0 || length == 1)) || (other == '-' && at == 0 && length > 1);
                    Assert.Equal(isInteger, JsonIntegers.TryRead(text, out long _));
                }
            }
        }
    }

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
