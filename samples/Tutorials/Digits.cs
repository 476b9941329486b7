using System.Numerics;
using WorkerPool.Local;

namespace WorkerPool.Tutorials;

internal static class Digits
{
    #region digits
    public static async Task RunAsync()
    {
        await using var pool = await LocalPool.StartAsync();

        await foreach (var pi in pool.ImapAsync(Pi, [10, 30, 50]))
        {
            Console.WriteLine(pi);
        }
    }

    // Bailey, Borwein, Plouffe: the sum over k of (4/(8k+1) - 2/(8k+4) - 1/(8k+5) - 1/(8k+6)) / 16^k.
    private static string Pi(int decimals)
    {
        var one = BigInteger.Pow(10, decimals + 10);
        var sum = BigInteger.Zero;
        for (var (k, power) = (0, one); power > 0; k++, power /= 16)
        {
            sum += (4 * power / ((8 * k) + 1)) - (2 * power / ((8 * k) + 4)) - (power / ((8 * k) + 5)) - (power / ((8 * k) + 6));
        }

        return $"3.{sum.ToString()[1..(decimals + 1)]}";
    }
    #endregion
}
