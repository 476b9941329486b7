using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace WorkerPool.Supervisor.Security;

/// <summary>
/// What a program shows to be known. It is 256 random bits, so that nobody guesses it, and no slow or salted hash has to
/// make guessing dear: SHA-256 is kept of it, from which it cannot be found again.
/// </summary>
public static class ApiToken
{
    /// <summary>What a hash in a file begins with.</summary>
    public const string HashPrefix = "sha256:";

    // So that those who look for secrets in the wrong places know one when they see it.
    private const string Prefix = "wpt_";
    private const int Bytes = 32;

    /// <summary>A new one.</summary>
    public static string New() => Prefix + Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(Bytes));

    /// <summary>What a file holds of one: <c>sha256:</c> and 64 hexadecimal digits.</summary>
    /// <param name="token">The token.</param>
    public static string HashOf(string token) => HashPrefix + Convert.ToHexStringLower(Digest(token));

    /// <summary>Reads a hash.</summary>
    /// <param name="text">As <see cref="HashOf"/> writes it.</param>
    /// <param name="digest">Its 32 bytes.</param>
    internal static bool TryReadHash(string text, out byte[] digest)
    {
        digest = new byte[SHA256.HashSizeInBytes];
        return text.Length == HashPrefix.Length + (2 * digest.Length)
            && text.StartsWith(HashPrefix, StringComparison.Ordinal)
            && Convert.FromHexString(text.AsSpan(HashPrefix.Length), digest, out _, out _) == System.Buffers.OperationStatus.Done;
    }

    /// <summary>The 32 bytes of a token's hash.</summary>
    /// <param name="token">The token.</param>
    internal static byte[] Digest(string token) => SHA256.HashData(Encoding.UTF8.GetBytes(token));
}
