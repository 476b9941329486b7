namespace WorkerPool.WorkerHost.BuiltIns;

/// <summary>Work for a processor.</summary>
public static class NumberTheoryFunctions
{
    private const long MaxLimit = 1_000_000_000_000;
    private const int SegmentLength = 1 << 18;

    /// <summary>How many primes there are below a number, by a segmented sieve of Eratosthenes.</summary>
    /// <param name="n">The number. Range: up to 10¹².</param>
    /// <param name="cancellationToken">Ends the count between two segments.</param>
    /// <exception cref="ArgumentException">The number is above the range.</exception>
    [WorkerFunction("count_primes", Summary = "How many primes there are below n.")]
    public static long CountPrimes(long n, CancellationToken cancellationToken)
    {
        if (n > MaxLimit)
        {
            throw new ArgumentException($"count_primes counts up to {MaxLimit}, not to {n}.");
        }

        if (n <= 2)
        {
            return 0;
        }

        var primes = OddPrimesUpTo((int)Math.Sqrt(n) + 1);

        // Bit i of the segment that begins at the even number `low` stands for low + 2i + 1.
        var composite = new bool[SegmentLength];
        var count = 1L;
        for (var low = 0L; low < n; low += 2L * SegmentLength)
        {
            cancellationToken.ThrowIfCancellationRequested();
            Array.Clear(composite);
            var high = Math.Min(low + (2L * SegmentLength), n);
            foreach (var prime in primes)
            {
                var square = (long)prime * prime;
                if (square >= high)
                {
                    break;
                }

                Strike(composite, low, high, prime, square);
            }

            for (var odd = low + 1; odd < high; odd += 2)
            {
                if (odd > 1 && !composite[(odd - low) >> 1])
                {
                    count++;
                }
            }
        }

        return count;
    }

    private static void Strike(bool[] composite, long low, long high, int prime, long square)
    {
        var first = square;
        if (first < low)
        {
            first = (low + prime - 1) / prime * prime;
            if (first % 2 == 0)
            {
                first += prime;
            }
        }

        for (var multiple = first; multiple < high; multiple += 2L * prime)
        {
            composite[(multiple - low) >> 1] = true;
        }
    }

    private static List<int> OddPrimesUpTo(int limit)
    {
        var composite = new bool[limit + 1];
        var primes = new List<int>();
        for (var candidate = 3; candidate <= limit; candidate += 2)
        {
            if (composite[candidate])
            {
                continue;
            }

            primes.Add(candidate);
            for (var multiple = (long)candidate * candidate; multiple <= limit; multiple += 2L * candidate)
            {
                composite[multiple] = true;
            }
        }

        return primes;
    }
}
