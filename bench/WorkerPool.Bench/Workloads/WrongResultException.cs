namespace WorkerPool.Bench.Workloads;

/// <summary>Results are missing, wrong, or in the wrong order.</summary>
/// <param name="message">What was wrong.</param>
internal sealed class WrongResultException(string message) : Exception(message)
{
    /// <summary>Throws, unless something holds.</summary>
    /// <param name="holds">Whether it holds.</param>
    /// <param name="otherwise">What is wrong if it does not.</param>
    public static void Unless(bool holds, string otherwise)
    {
        if (!holds)
        {
            throw new WrongResultException(otherwise);
        }
    }
}
