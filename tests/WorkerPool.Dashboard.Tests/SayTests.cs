using WorkerPool.Dashboard.Components;

namespace WorkerPool.Dashboard.Tests;

/// <summary>Quantities in words.</summary>
public sealed class SayTests
{
    [Theory]
    [InlineData(0, "0")]
    [InlineData(12345, "12,345")]
    [InlineData(1234567, "1.23 M")]
    [InlineData(12345678, "12.3 M")]
    [InlineData(1.5e9, "1.50 G")]
    public void Counts(double count, string words) => Assert.Equal(words, Say.Count(count));

    [Theory]
    [InlineData(0, "0/s")]
    [InlineData(0.44, "0.4/s")]
    [InlineData(1234.4, "1,234/s")]
    public void Rates(double rate, string words) => Assert.Equal(words, Say.Rate(rate));

    [Theory]
    [InlineData(0, "0 B")]
    [InlineData(1023, "1023 B")]
    [InlineData(1536, "1.5 KiB")]
    [InlineData(200 * 1024 * 1024, "200 MiB")]
    public void Sizes(double bytes, string words) => Assert.Equal(words, Say.Bytes(bytes));

    [Theory]
    [InlineData(0, "0 s")]
    [InlineData(0.0000123, "12.3 µs")]
    [InlineData(0.85, "850 ms")]
    [InlineData(4.24, "4.2 s")]
    [InlineData(200, "3 min 20 s")]
    [InlineData(18600, "5 h 10 min")]
    [InlineData(90000, "1 d 1 h")]
    public void Times(double seconds, string words) => Assert.Equal(words, Say.Time(TimeSpan.FromSeconds(seconds)));

    [Fact]
    public void What_is_not_known_is_a_dash() => Assert.Equal("–", Say.Time((TimeSpan?)null));
}
