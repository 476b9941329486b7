using System.Globalization;
using System.Security.Cryptography;

namespace WorkerPool.Supervisor.Security;

/// <summary>The callers that a pool knows. Pure.</summary>
/// <param name="lines">How they show who they are.</param>
internal sealed class CallerList(IReadOnlyList<CallerLine> lines)
{
    /// <summary>How many callers there are.</summary>
    public int Count => lines.Select(line => line.Caller.Name).Distinct(StringComparer.Ordinal).Count();

    /// <summary>Whose token it is. Takes the same time whatever the token: all hashes are compared, each in constant time.</summary>
    /// <param name="token">The token.</param>
    /// <param name="now">The time.</param>
    /// <param name="problem">Why it is nobody's.</param>
    public Caller? OfToken(string token, DateTimeOffset now, out string problem) => OfDigest(ApiToken.Digest(token), now, out problem);

    /// <summary>Whose token it is that has a hash.</summary>
    /// <param name="digest">The 32 bytes of the hash.</param>
    /// <param name="now">The time.</param>
    /// <param name="problem">Why it is nobody's.</param>
    public Caller? OfDigest(byte[] digest, DateTimeOffset now, out string problem)
    {
        CallerLine? found = null;
        foreach (var line in lines)
        {
            found = CryptographicOperations.FixedTimeEquals(line.TokenDigest ?? [], digest) ? line : found;
        }

        return Holding(found, now, "token", "The token is not one that this pool knows, or no longer. Ask its operator for one.", out problem);
    }

    /// <summary>Whose certificate it is.</summary>
    /// <param name="names">The names on it, each with its kind.</param>
    /// <param name="now">The time.</param>
    /// <param name="problem">Why it is nobody's.</param>
    public Caller? OfCertificate(IReadOnlyList<string> names, DateTimeOffset now, out string problem)
    {
        var found = lines.FirstOrDefault(line => line.Certificate is { } name && names.Contains(name, StringComparer.Ordinal));
        return Holding(
            found, now, "certificate",
            $"The client certificate names {(names.Count == 0 ? "nobody" : string.Join(", ", names))}, and this pool knows no caller by that. Ask its operator.",
            out problem);
    }

    private static Caller? Holding(CallerLine? line, DateTimeOffset now, string what, string unknown, out string problem)
    {
        if (line is null)
        {
            problem = unknown;
            return null;
        }

        if (line.Expires <= now)
        {
            problem = string.Create(
                CultureInfo.InvariantCulture,
                $"The {what} of \"{line.Caller.Name}\" expired on {line.Expires.Value.UtcDateTime:yyyy-MM-dd HH:mm} UTC. Ask the pool's operator for a new one.");
            return null;
        }

        problem = "";
        return line.Caller;
    }
}
