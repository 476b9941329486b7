using F23.StringSimilarity;

namespace WorkerPool.Processes.Settings;

/// <summary>Finds what was meant by a name that there is not.</summary>
internal static class NearSetting
{
    private const int NearEnough = 2;

    /// <summary>Whether one is the other but for a typing mistake or two.</summary>
    /// <param name="written">What was written.</param>
    /// <param name="known">A name that there is.</param>
    public static bool IsNear(string written, string known) => Distance(written, known) is > 0 and var typos && typos <= Allowed(known);

    /// <summary>What to say of a name that there is not: the nearest that there is, else all of them.</summary>
    /// <param name="written">What was written.</param>
    /// <param name="known">The names that there are.</param>
    /// <param name="prefix">What stands before the names.</param>
    public static string Hint(string written, IReadOnlyCollection<string> known, string prefix)
    {
        var near = known.Where(name => Distance(written, name) <= Math.Max(NearEnough, Allowed(name))).MinBy(name => Distance(written, name))
            ?? known.FirstOrDefault(name => written.Length > NearEnough && name.Contains(written, StringComparison.OrdinalIgnoreCase));
        return near is null
            ? $" There are: {string.Join(", ", known.Order(StringComparer.Ordinal))}."
            : $" Did you mean \"{prefix}{near}\"?";
    }

    // Short names are all near one another.
    private static int Allowed(string name) => Math.Clamp(name.Length / 3, 1, NearEnough + 1);

    private static double Distance(string a, string b) => new Damerau().Distance(a.ToUpperInvariant(), b.ToUpperInvariant());
}
