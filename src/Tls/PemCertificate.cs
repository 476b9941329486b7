using System.Globalization;
using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace WorkerPool.Tls;

/// <summary>Certificates and keys in PEM form.</summary>
public static class PemCertificate
{
    /// <summary>Reads a certificate with its key and the certificates between it and its CA.</summary>
    /// <param name="path">Path of the certificate, for messages.</param>
    /// <param name="certificate">What its file holds.</param>
    /// <param name="keyPath">Path of the key, for messages.</param>
    /// <param name="key">What its file holds.</param>
    /// <param name="now">The time.</param>
    /// <exception cref="UnusableFileException">They do not hold what they should, or the certificate has expired.</exception>
    public static SslStreamCertificateContext WithKey(string path, byte[] certificate, string keyPath, byte[] key, DateTimeOffset now)
    {
        var chain = All(path, certificate);
        var leaf = WithKey(path, chain[0], keyPath, Encoding.UTF8.GetString(key));
        if (leaf.NotAfter.ToUniversalTime() <= now.UtcDateTime)
        {
            throw new UnusableFileException(string.Create(
                CultureInfo.InvariantCulture, $"the certificate in {path} expired on {leaf.NotAfter.ToUniversalTime():yyyy-MM-dd HH:mm} UTC"));
        }

        var between = new X509Certificate2Collection();
        between.AddRange(chain.Skip(1).ToArray());
        return SslStreamCertificateContext.Create(leaf, between, offline: true);
    }

    /// <summary>Reads certificates, at least one.</summary>
    /// <param name="path">Their path, for messages.</param>
    /// <param name="content">What the file holds.</param>
    /// <exception cref="UnusableFileException">It holds none.</exception>
    public static X509Certificate2Collection All(string path, byte[] content)
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

    /// <summary>How a certificate that was shown is held against those who may sign it. Nothing that it names is fetched.</summary>
    /// <param name="authorities">Who may sign it.</param>
    /// <param name="usage">What it must be for, an extended key usage: <see cref="ForClients"/> or <see cref="ForServers"/>.</param>
    public static X509ChainPolicy Policy(X509Certificate2Collection authorities, string usage)
    {
        var policy = new X509ChainPolicy
        {
            TrustMode = X509ChainTrustMode.CustomRootTrust,
            RevocationMode = X509RevocationMode.NoCheck,
            DisableCertificateDownloads = true,
        };
        policy.CustomTrustStore.AddRange(authorities);
        policy.ApplicationPolicy.Add(new Oid(usage));
        return policy;
    }

    /// <summary>The usage of a client's certificate.</summary>
    public const string ForClients = "1.3.6.1.5.5.7.3.2";

    /// <summary>The usage of a server's certificate.</summary>
    public const string ForServers = "1.3.6.1.5.5.7.3.1";

    private static X509Certificate2 WithKey(string path, X509Certificate2 certificate, string keyPath, string key)
    {
        if (key.Contains("BEGIN ENCRYPTED PRIVATE KEY", StringComparison.Ordinal))
        {
            throw new UnusableFileException($"the key in {keyPath} is encrypted; expected one without a passphrase");
        }

        try
        {
            return X509Certificate2.CreateFromPem(certificate.ExportCertificatePem(), key);
        }
        catch (Exception error) when (error is CryptographicException or ArgumentException)
        {
            throw new UnusableFileException(
                key.Contains("PRIVATE KEY-----", StringComparison.Ordinal)
                    ? $"the key in {keyPath} does not belong to the certificate in {path}"
                    : $"{keyPath} holds no private key in PEM form");
        }
    }
}
