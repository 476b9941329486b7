using System.Globalization;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;

namespace WorkerPool.Supervisor.Security;

/// <summary>The certificate that a connection's client showed.</summary>
/// <param name="Names">The names on it.</param>
/// <param name="NotAfter">When it expires.</param>
/// <param name="Problem">Why it proves nothing; <c>null</c> if it holds.</param>
internal sealed record ClientCertificate(IReadOnlyList<string> Names, DateTimeOffset NotAfter, string? Problem)
{
    /// <summary>What a handshake found out.</summary>
    /// <param name="certificate">The certificate.</param>
    /// <param name="chain">From it to a CA, as far as it goes.</param>
    /// <param name="errors">What is wrong with it.</param>
    public static ClientCertificate From(X509Certificate2 certificate, X509Chain? chain, SslPolicyErrors errors) => new(
        CertificateNames.Of(certificate),
        certificate.NotAfter,
        errors == SslPolicyErrors.None ? null : Describe(certificate, chain));

    /// <summary>Why it proves nothing; <c>null</c> if it holds.</summary>
    /// <param name="now">The time.</param>
    public string? ProblemAt(DateTimeOffset now) => Problem ?? (NotAfter <= now ? Expired(NotAfter.UtcDateTime) : null);

    private static string Expired(DateTime notAfter) =>
        string.Create(CultureInfo.InvariantCulture, $"The client certificate expired on {notAfter:yyyy-MM-dd HH:mm} UTC.");

    private static string Describe(X509Certificate2 certificate, X509Chain? chain)
    {
        var flags = (chain?.ChainStatus ?? []).Aggregate(X509ChainStatusFlags.NoError, (all, status) => all | status.Status);
        return flags.HasFlag(X509ChainStatusFlags.NotTimeValid)
            ? Expired(certificate.NotAfter.ToUniversalTime())
            : flags.HasFlag(X509ChainStatusFlags.NotValidForUsage)
                ? "The client certificate is not for clients (extended key usage clientAuth)."
                : $"The client certificate \"{certificate.Subject}\" is not signed by the CA that this pool trusts for clients; it was issued by \"{certificate.Issuer}\".";
    }
}
