using System.Globalization;
using System.Numerics;

namespace WorkerPool.WorkerHost.BuiltIns;

/// <summary>Two ways to π: exact and slow, and by chance.</summary>
public static class PiFunctions
{
    private const int MaxDigits = 100_000;
    private const int PointsBetweenChecks = 1 << 16;

    /// <summary>
    /// π with n decimals, cut and not rounded, by the series of D. Bailey, P. Borwein and S. Plouffe, "On the rapid
    /// computation of various polylogarithmic constants" (1997):
    /// π = Σ 16⁻ᵏ (4/(8k+1) − 2/(8k+4) − 1/(8k+5) − 1/(8k+6)), summed in fixed point.
    /// </summary>
    /// <param name="n">Number of decimals. Range: 0 to 100 000.</param>
    /// <param name="cancellationToken">Ends the sum between two terms.</param>
    /// <exception cref="ArgumentException">The number is out of its range.</exception>
    [WorkerFunction("pi_bbp_digits", Summary = "π with n decimals, by the Bailey–Borwein–Plouffe series, as a string.")]
    public static string PiBbpDigits(int n, CancellationToken cancellationToken)
    {
        if (n is < 0 or > MaxDigits)
        {
            throw new ArgumentException($"pi_bbp_digits gives 0 to {MaxDigits} decimals, not {n}.");
        }

        // The guard bits hold the error of the sum; should the decimals still not be certain (a long row of nines or
        // zeros), more of them are.
        for (var guardBits = 64; ; guardBits *= 2)
        {
            var bits = (int)Math.Ceiling(n * Math.Log2(10)) + guardBits;
            var sum = SumSeries(bits, out var error, cancellationToken);
            var power = BigInteger.Pow(10, n);
            var least = ((sum - error) * power) >> bits;
            var most = ((sum + error) * power) >> bits;
            if (least == most)
            {
                var digits = least.ToString(CultureInfo.InvariantCulture);
                return n == 0 ? digits : $"{digits[..1]}.{digits[1..]}";
            }
        }
    }

    /// <summary>An estimate of π: the part of n random points of a square that fall into its circle.</summary>
    /// <param name="n">Number of points. Range: 1 and up.</param>
    /// <param name="seed">Chooses the points; the same seed chooses the same. Default: 0.</param>
    /// <param name="cancellationToken">Ends the count.</param>
    /// <exception cref="ArgumentException">The number is out of its range.</exception>
    [WorkerFunction("pi_monte_carlo", Summary = "An estimate of π from n random points.")]
    public static double PiMonteCarlo(long n, long seed = 0, CancellationToken cancellationToken = default)
    {
        if (n < 1)
        {
            throw new ArgumentException($"pi_monte_carlo needs at least 1 point, not {n}.");
        }

        var random = new Random(HashCode32(seed));
        var inside = 0L;
        for (var point = 0L; point < n; point++)
        {
            if (point % PointsBetweenChecks == 0)
            {
                cancellationToken.ThrowIfCancellationRequested();
            }

            var x = random.NextDouble();
            var y = random.NextDouble();
            if ((x * x) + (y * y) <= 1)
            {
                inside++;
            }
        }

        return 4.0 * inside / n;
    }

    /// <summary>π times 2 to the power of <paramref name="bits"/>, at most <paramref name="error"/> away.</summary>
    private static BigInteger SumSeries(int bits, out BigInteger error, CancellationToken cancellationToken)
    {
        var sum = BigInteger.Zero;
        var k = 0;
        for (var shift = bits; shift >= 0; shift -= 4, k++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var one = BigInteger.One << shift;
            var eight = 8L * k;
            sum += ((one << 2) / (eight + 1)) - ((one << 1) / (eight + 4)) - (one / (eight + 5)) - (one / (eight + 6));
        }

        // Each of the four divisions of a term is off by less than one, and the terms left out are together less
        // than one.
        error = (4 * k) + 1;
        return sum;
    }

    // The generator takes 32 bits of seed; both halves of the caller's count.
    private static int HashCode32(long seed) => unchecked((int)seed ^ (int)(seed >> 32));
}
