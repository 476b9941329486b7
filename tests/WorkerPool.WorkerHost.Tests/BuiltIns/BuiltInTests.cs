using System.Globalization;
using System.Numerics;
using CsCheck;
using WorkerPool.Protocol.Errors;
using WorkerPool.WorkerHost.BuiltIns;
using WorkerPool.WorkerHost.Tests.Functions;

namespace WorkerPool.WorkerHost.Tests.BuiltIns;

public class BuiltInTests
{
    private const string Pi = "3.14159265358979323846264338327950288419716939937510";

    [Theory]
    [InlineData("square", "3", "9")]
    [InlineData("square", "-4294967296", "18446744073709551616")]
    [InlineData("square", "9007199254740993", "81129638414606699710187514626049")]
    [InlineData("square", "1.5", "2.25")]
    [InlineData("square", "123456789012345678901234567890", "15241578753238836750495351562536198787501905199875019052100")]
    [InlineData("cube", "-3", "-27")]
    [InlineData("cube", "4000000", "64000000000000000000")]
    [InlineData("add", "[9223372036854775807, 1]", "9223372036854775808")]
    [InlineData("add", "{\"a\": 1, \"b\": 0.5}", "1.5")]
    [InlineData("power", "[2, 100]", "1267650600228229401496703205376")]
    [InlineData("power", "[2, -1]", "0.5")]
    [InlineData("power", "[-1, 100000000000000000001]", "-1")]
    [InlineData("power", "[0, 0]", "1")]
    [InlineData("count_primes", "0", "0")]
    [InlineData("count_primes", "2", "0")]
    [InlineData("count_primes", "3", "1")]
    [InlineData("count_primes", "30", "10")]
    [InlineData("count_primes", "1000000", "78498")]
    [InlineData("count_primes", "10000000", "664579")]
    [InlineData("pi_bbp_digits", "0", "\"3\"")]
    [InlineData("pi_bbp_digits", "50", "\"" + Pi + "\"")]
    [InlineData("word_count", "\" one  two\\nthree \"", "3")]
    [InlineData("word_count", "\"\"", "0")]
    [InlineData("sleep", "0", "0")]
    [InlineData("sleep", "0.001", "0.001")]
    public void A_built_in_answers(string function, string item, string value) =>
        Assert.Equal((value, null), Invocation.Run(function, item));

    [Theory]
    [InlineData("sleep", "-1", "System.ArgumentException")]
    [InlineData("sleep", "1e12", "System.ArgumentException")]
    [InlineData("power", "[2, 1000000000000]", "System.ArgumentException")]
    [InlineData("power", "[0, -1]", "System.DivideByZeroException")]
    [InlineData("pi_bbp_digits", "-1", "System.ArgumentException")]
    [InlineData("pi_monte_carlo", "0", "System.ArgumentException")]
    [InlineData("count_primes", "1000000000001", "System.ArgumentException")]
    public void A_built_in_refuses_what_is_out_of_range(string function, string item, string type)
    {
        var (_, error) = Invocation.Run(function, item);
        Assert.Equal((ErrorReasons.FunctionFailed, type), (error!.Reason, error.Type));
    }

    [Fact]
    public void Every_number_of_digits_is_cut_from_the_same_pi()
    {
        for (var n = 1; n <= 50; n++)
        {
            Assert.Equal(Pi[..(n + 2)], PiFunctions.PiBbpDigits(n, CancellationToken.None));
        }

        // The Feynman point: six nines at the 762nd decimal, where rounding would show.
        Assert.EndsWith("999999", PiFunctions.PiBbpDigits(767, CancellationToken.None), StringComparison.Ordinal);
    }

    [Fact]
    public void Monte_Carlo_comes_near_and_repeats_itself()
    {
        var first = PiFunctions.PiMonteCarlo(200_000, 7, CancellationToken.None);
        Assert.InRange(first, 3.12, 3.16);
        Assert.Equal(first, PiFunctions.PiMonteCarlo(200_000, 7, CancellationToken.None));
        Assert.NotEqual(first, PiFunctions.PiMonteCarlo(200_000, 8, CancellationToken.None));
    }

    [Fact]
    public void A_sleep_yields_to_cancellation()
    {
        using var source = new CancellationTokenSource();
        source.Cancel();
        Assert.Throws<OperationCanceledException>(() => SleepFunctions.Sleep(new Number(1000), source.Token));
    }

    [Fact]
    public void Integers_are_exact() => Gen.Select(Gen.Long, Gen.Long).Sample((a, b) =>
    {
        Assert.Equal((BigInteger)a * b, (new Number(a) * new Number(b)).ToBigInteger());
        Assert.Equal((BigInteger)a + b, (new Number(a) + new Number(b)).ToBigInteger());
        Assert.Equal(
            ((BigInteger)a + b).ToString(CultureInfo.InvariantCulture), Invocation.Run("add", $"[{a},{b}]").Value);
    }, iter: 200);
}
