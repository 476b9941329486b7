using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using WorkerPool.Tls;

namespace WorkerPool.Supervisor.Security;

/// <summary>The certificate that a Supervisor shows, with its key, and the CA of those that callers may show.</summary>
/// <param name="Shown">Certificate, key and the certificates between it and its CA.</param>
/// <param name="ClientCas">Who signs callers' certificates; <c>null</c>: callers are asked for none.</param>
internal sealed record ServerCertificate(SslStreamCertificateContext Shown, X509Certificate2Collection? ClientCas)
{
    /// <summary>Reads them.</summary>
    /// <param name="options">Where they are.</param>
    /// <param name="contents">What the files hold: certificate, key and, if there is one, CA; in PEM.</param>
    /// <param name="now">The time.</param>
    /// <exception cref="UnusableFileException">They do not hold what they should.</exception>
    public static ServerCertificate Read(SecurityOptions options, IReadOnlyList<byte[]> contents, DateTimeOffset now) => new(
        PemCertificate.WithKey(options.Certificate, contents[0], options.Key, contents[1], now),
        contents.Count > 2 ? PemCertificate.All(options.ClientCa, contents[2]) : null);
}
