using F23.StringSimilarity;
using WorkerPool.V1;

namespace WorkerPool.Supervisor.Workers;

/// <summary>The functions that a pool's workers have loaded.</summary>
public sealed class Catalogue
{
    private const int NearNameCount = 3;
    private readonly Dictionary<string, Function> _byName;

    /// <summary>A catalogue.</summary>
    /// <param name="functions">The functions, each of its own name.</param>
    public Catalogue(IEnumerable<Function> functions)
    {
        Functions = [.. functions.OrderBy(function => function.Name, StringComparer.Ordinal)];
        _byName = Functions.ToDictionary(function => function.Name, StringComparer.Ordinal);
    }

    /// <summary>The functions, by name.</summary>
    public IReadOnlyList<Function> Functions { get; }

    /// <summary>The function of a name, if there is one.</summary>
    /// <param name="name">The name.</param>
    public Function? Find(string name) => _byName.GetValueOrDefault(name);

    /// <summary>Names that someone may have meant, the likeliest first; at most three.</summary>
    /// <param name="name">What was asked for.</param>
    public IReadOnlyList<string> Near(string name)
    {
        var typos = new Damerau();
        var wanted = name.ToUpperInvariant();
        var furthest = Math.Max(2, name.Length / 3);
        return
        [
            .. Functions
                .Select(function => (function.Name, Distance: typos.Distance(wanted, function.Name.ToUpperInvariant())))
                .Where(candidate => candidate.Distance <= furthest
                    || (name.Length >= 3 && candidate.Name.Contains(name, StringComparison.OrdinalIgnoreCase)))
                .OrderBy(candidate => candidate.Distance)
                .ThenBy(candidate => candidate.Name, StringComparer.Ordinal)
                .Take(NearNameCount)
                .Select(candidate => candidate.Name),
        ];
    }
}
