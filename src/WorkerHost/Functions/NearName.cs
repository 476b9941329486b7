namespace WorkerPool.WorkerHost.Functions;

/// <summary>Finds what a person may have meant by a name that does not exist.</summary>
internal static class NearName
{
    /// <summary>The nearest of some names, or <c>null</c> if none is near: more than a third of it would change.</summary>
    /// <param name="name">What was written.</param>
    /// <param name="names">What there is.</param>
    public static string? Of(string name, IEnumerable<string> names) => names
        .Select(candidate => (Name: candidate, Distance: Distance(name, candidate)))
        .Where(candidate => candidate.Distance <= Math.Max(1, candidate.Name.Length / 3))
        .OrderBy(candidate => candidate.Distance)
        .Select(candidate => candidate.Name)
        .FirstOrDefault();

    /// <summary>The refusal of a name that no function has.</summary>
    /// <param name="name">What was written.</param>
    /// <param name="catalogue">The functions there are.</param>
    public static ItemRefusedException Unknown(string name, FunctionCatalogue catalogue)
    {
        var near = Of(name, catalogue.Functions.Select(f => f.Name));
        var hint = near is null ? "" : $" Did you mean \"{near}\"?";
        return new ItemRefusedException(
            Protocol.Errors.ErrorReasons.UnknownFunction, $"The worker has no function \"{name}\".{hint}", ("function", name));
    }

    /// <summary>Letters to change, insert or leave out (Levenshtein), without regard to case.</summary>
    private static int Distance(string a, string b)
    {
        // Long names are not typing mistakes of short ones, and the table is quadratic.
        if (Math.Abs(a.Length - b.Length) > 8)
        {
            return int.MaxValue;
        }

        var row = Enumerable.Range(0, b.Length + 1).ToArray();
        for (var i = 1; i <= a.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var same = char.ToUpperInvariant(a[i - 1]) == char.ToUpperInvariant(b[j - 1]);
                var replaced = diagonal + (same ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(replaced, Math.Min(row[j], row[j - 1]) + 1);
            }
        }

        return row[b.Length];
    }
}
