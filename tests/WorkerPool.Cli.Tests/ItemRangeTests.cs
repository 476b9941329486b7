using CsCheck;
using WorkerPool.Cli.Input;

namespace WorkerPool.Cli.Tests;

public sealed class ItemRangeTests
{
    [Theory]
    [InlineData("1..4", "1 2 3 4")]
    [InlineData("-2..2", "-2 -1 0 1 2")]
    [InlineData("3..-3..-2", "3 1 -1 -3")]
    [InlineData("0..10..4", "0 4 8")]
    [InlineData("5..5", "5")]
    [InlineData("5..5..-1", "5")]
    [InlineData("5..1", "")]
    [InlineData("1..5..-1", "")]
    [InlineData("9223372036854775806..9223372036854775807", "9223372036854775806 9223372036854775807")]
    public void A_range_is_the_numbers_from_one_to_another(string text, string numbers)
    {
        Assert.True(ItemRange.TryParse(text, out var range));
        Assert.Equal(numbers, string.Join(' ', range));
        Assert.Equal(numbers.Split(' ', StringSplitOptions.RemoveEmptyEntries).Length, range.Count);
    }

    [Theory]
    [InlineData("")]
    [InlineData("1")]
    [InlineData("1..")]
    [InlineData("..2")]
    [InlineData("1...2")]
    [InlineData("1..2..0")]
    [InlineData("1..2..3..4")]
    [InlineData("a..b")]
    [InlineData("1.5..2")]
    [InlineData("1..9223372036854775808")]
    public void Anything_else_is_none(string text) => Assert.False(ItemRange.TryParse(text, out _));

    [Fact]
    public void The_widest_range_knows_its_length()
    {
        Assert.True(ItemRange.TryParse("-9223372036854775808..9223372036854775807", out var range));
        Assert.Equal((UInt128)ulong.MaxValue + 1, range.Length);
        Assert.Equal(int.MaxValue, range.Count);
    }

    [Fact]
    public void Both_ends_are_included_and_no_number_is_outside() =>
        Gen.Select(Gen.Int[-50, 50], Gen.Int[-50, 50], Gen.Int[-9, 9].Where(step => step != 0)).Sample((first, last, step) =>
        {
            Assert.True(ItemRange.TryParse($"{first}..{last}..{step}", out var range));
            var expected = new List<long>();
            for (var value = first; step > 0 ? value <= last : value >= last; value += step)
            {
                expected.Add(value);
            }

            Assert.Equal(expected, range);
        });
}
