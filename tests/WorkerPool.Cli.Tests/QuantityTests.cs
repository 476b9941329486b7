using WorkerPool.Cli.Output;

namespace WorkerPool.Cli.Tests;

public sealed class QuantityTests
{
    [Theory]
    [InlineData(0, "0")]
    [InlineData(99_999, "99999")]
    [InlineData(100_000, "100k")]
    [InlineData(999_999, "1.00M")]
    [InlineData(12_345_678, "12.3M")]
    [InlineData(long.MaxValue, "9.22E")]
    public void Counts_are_exact_while_they_are_short(long count, string text) => Assert.Equal(text, Quantity.Count(count));

    [Theory]
    [InlineData(0, "0 B")]
    [InlineData(1023, "1023 B")]
    [InlineData(1024, "1.00 KiB")]
    [InlineData(48_500_000, "46.3 MiB")]
    [InlineData(2_000_000_000, "1.86 GiB")]
    public void Sizes_have_a_unit(long bytes, string text) => Assert.Equal(text, Quantity.Bytes(bytes));

    [Theory]
    [InlineData(0, "0/s")]
    [InlineData(0.25, "0.25/s")]
    [InlineData(45, "45/s")]
    [InlineData(45.67, "45.7/s")]
    [InlineData(999.7, "1.00k/s")]
    [InlineData(123_456, "123k/s")]
    public void Rates_are_a_second(double rate, string text) => Assert.Equal(text, Quantity.Rate(rate));

    [Theory]
    [InlineData(-1, "0 ms")]
    [InlineData(0.2504, "250 ms")]
    [InlineData(0.9999, "1.0 s")]
    [InlineData(9.96, "9 s")]
    [InlineData(59.99, "59 s")]
    [InlineData(60, "1m 00s")]
    [InlineData(3599, "59m 59s")]
    [InlineData(3600, "1h 00m")]
    [InlineData(90_000, "1d 01h")]
    public void Times_have_their_two_largest_units(double seconds, string text) =>
        Assert.Equal(text, Quantity.Time(TimeSpan.FromSeconds(seconds)));
}
