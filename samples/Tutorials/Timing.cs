using System.Diagnostics;
using WorkerPool.Local;

namespace WorkerPool.Tutorials;

internal static class Timing
{
    #region timing
    public static async Task RunAsync()
    {
        int[] limits = [.. Enumerable.Repeat(500_000, 16)];
        await using var pool = await LocalPool.StartAsync();

        var alone = Stopwatch.StartNew();
        int[] here = [.. limits.Select(Primes)];
        Console.WriteLine($"one process: {alone.Elapsed.TotalSeconds:F2} s");

        var together = Stopwatch.StartNew();
        int[] there = await pool.MapAsync(Primes, limits);
        Console.WriteLine($"the pool: {together.Elapsed.TotalSeconds:F2} s");
        Console.WriteLine($"the same values: {here.SequenceEqual(there)}");
    }

    private static int Primes(int limit) => Enumerable.Range(2, limit - 2).Count(IsPrime);

    private static bool IsPrime(int number)
    {
        for (var divisor = 2; divisor <= number / divisor; divisor++)
        {
            if (number % divisor == 0)
            {
                return false;
            }
        }

        return true;
    }
    #endregion
}
