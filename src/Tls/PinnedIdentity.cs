using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;

namespace WorkerPool.Tls;

/// <summary>
/// Mutual TLS between two programs that know each other: each shows its own certificate, and lets in nobody but whose certificate is
/// signed by their CA and has the one name that is expected. The address that a connection goes to proves nothing.
/// </summary>
/// <param name="own">The certificate that is shown, with its key.</param>
/// <param name="authorities">Who signs the other's.</param>
/// <param name="peerName">The DNS name on the other's certificate.</param>
public sealed class PinnedIdentity(SslStreamCertificateContext own, X509Certificate2Collection authorities, string peerName)
{
    private static readonly SslApplicationProtocol[] Protocols = [SslApplicationProtocol.Http2];

    /// <summary>Reads it.</summary>
    /// <param name="paths">Paths of certificate, key and CA, for messages.</param>
    /// <param name="contents">What these files hold, in PEM.</param>
    /// <param name="peerName">The DNS name on the other's certificate.</param>
    /// <param name="now">The time.</param>
    /// <exception cref="UnusableFileException">They do not hold what they should.</exception>
    public static PinnedIdentity Read(IReadOnlyList<string> paths, IReadOnlyList<byte[]> contents, string peerName, DateTimeOffset now) => new(
        PemCertificate.WithKey(paths[0], contents[0], paths[1], contents[1], now),
        PemCertificate.All(paths[2], contents[2]),
        peerName);

    /// <summary>For whoever is connected to.</summary>
    public SslServerAuthenticationOptions ForServer() => new()
    {
        ServerCertificateContext = own,
        ClientCertificateRequired = true,
        EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13,
        AllowRenegotiation = false,
        ApplicationProtocols = [.. Protocols],
        CertificateChainPolicy = PemCertificate.Policy(authorities, PemCertificate.ForClients),
        RemoteCertificateValidationCallback = (_, shown, _, errors) => IsPeer(shown, errors),
    };

    /// <summary>For whoever connects.</summary>
    public SslClientAuthenticationOptions ForClient() => new()
    {
        TargetHost = peerName,
        ClientCertificateContext = own,
        EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13,
        AllowRenegotiation = false,
        ApplicationProtocols = [.. Protocols],
        CertificateChainPolicy = PemCertificate.Policy(authorities, PemCertificate.ForServers),
        RemoteCertificateValidationCallback = (_, shown, _, errors) => IsPeer(shown, errors),
    };

    private bool IsPeer(X509Certificate? shown, SslPolicyErrors errors) =>
        errors == SslPolicyErrors.None
        && shown is X509Certificate2 certificate
        && CertificateNames.Of(certificate).Contains($"DNS:{peerName}", StringComparer.OrdinalIgnoreCase);
}
