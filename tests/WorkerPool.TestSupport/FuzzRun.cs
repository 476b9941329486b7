using System.Globalization;

namespace WorkerPool.TestSupport;

/// <summary>
/// Many cases, each made by its seed. WORKERPOOL_FUZZ_CASES says how many, WORKERPOOL_FUZZ_SEED which is the first: the seed
/// of a failure, with one case, replays it.
/// </summary>
public static class FuzzRun
{
    /// <summary>Runs cases until one fails.</summary>
    /// <param name="count">How many, unless the environment says otherwise.</param>
    /// <param name="check">Runs one, and throws if it fails.</param>
    /// <param name="cost">How many cases of those that the environment asks for one of these stands for. Range: 1 and up.</param>
    /// <exception cref="InvalidOperationException">One has failed; the message has its seed.</exception>
    public static void Run(int count, Action<Random> check, int cost = 1)
    {
        var first = Setting("WORKERPOOL_FUZZ_SEED", 1);
        var cases = Math.Max(1, Setting("WORKERPOOL_FUZZ_CASES", count * cost) / cost);
        for (var seed = first; seed < first + cases; seed++)
        {
            try
            {
                check(new Random(seed));
            }
            catch (Exception error)
            {
                throw new InvalidOperationException($"The case of seed {seed} has failed: {error.Message}", error);
            }
        }
    }

    private static int Setting(string name, int otherwise) =>
        Environment.GetEnvironmentVariable(name) is { } text ? int.Parse(text, CultureInfo.InvariantCulture) : otherwise;
}
