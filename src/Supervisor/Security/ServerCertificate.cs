using System.Globalization;
using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

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
    public static ServerCertificate Read(SecurityOptions options, IReadOnlyList<byte[]> contents, DateTimeOffset now)
    {
        var chain = Certificates(options.Certificate, contents[0]);
        var key = Encoding.UTF8.GetString(contents[1]);
        var leaf = WithKey(options, chain[0], key);
        if (leaf.NotAfter.ToUniversalTime() <= now.UtcDateTime)
        {
            throw new UnusableFileException(string.Create(
                CultureInfo.InvariantCulture, $"the certificate in {options.Certificate} expired on {leaf.NotAfter.ToUniversalTime():yyyy-MM-dd HH:mm} UTC"));
        }

        var between = new X509Certificate2Collection();
        between.AddRange(chain.Skip(1).ToArray());
        return new ServerCertificate(
            SslStreamCertificateContext.Create(leaf, between, offline: true),
            contents.Count > 2 ? Certificates(options.ClientCa, contents[2]) : null);
    }

    private static X509Certificate2 WithKey(SecurityOptions options, X509Certificate2 certificate, string key)
    {
        if (key.Contains("BEGIN ENCRYPTED PRIVATE KEY", StringComparison.Ordinal))
        {
            throw new UnusableFileException($"the key in {options.Key} is encrypted; expected one without a passphrase");
        }

        try
        {
            return X509Certificate2.CreateFromPem(certificate.ExportCertificatePem(), key);
        }
        catch (Exception error) when (error is CryptographicException or ArgumentException)
        {
            throw new UnusableFileException(
                key.Contains("PRIVATE KEY-----", StringComparison.Ordinal)
                    ? $"the key in {options.Key} does not belong to the certificate in {options.Certificate}"
                    : $"{options.Key} holds no private key in PEM form");
        }
    }

    private static X509Certificate2Collection Certificates(string path, byte[] content)
    {
        var certificates = new X509Certificate2Collection();
        try
        {
            certificates.ImportFromPem(Encoding.UTF8.GetString(content));
        }
        catch (CryptographicException)
        {
            // As good as none.
        }

        return certificates.Count > 0 ? certificates : throw new UnusableFileException($"{path} holds no certificate in PEM form");
    }
}
