namespace WorkerPool.Bench.Statistics;

/// <summary>Jain's fairness index (Jain, Chiu and Hawe, 1984).</summary>
internal static class Jain
{
    /// <summary>The index: 1 when all have the same, 1/n when one has everything.</summary>
    /// <param name="shares">What each has.</param>
    public static double Index(IReadOnlyCollection<double> shares) => Math.Pow(shares.Sum(), 2) / (shares.Count * shares.Sum(share => share * share));
}
