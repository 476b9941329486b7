using WorkerPool;

public static class Numbers
{
    #region cancellation
    [WorkerFunction("smallest_divisor", Summary = "The smallest divisor of a number above 1.")]
    public static long SmallestDivisor(long number, CancellationToken cancellation)
    {
        for (var divisor = 2L; divisor <= number / divisor; divisor++)
        {
            cancellation.ThrowIfCancellationRequested();
            if (number % divisor == 0)
            {
                return divisor;
            }
        }

        return number;
    }
    #endregion
}
