using System.Globalization;
using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace WorkerPool.Client.Connecting.Security;

/// <summary>TLS to a pool: whose certificates are trusted, which one is shown, and in words what is wrong with the pool's.</summary>
internal static class ClientTls
{
    /// <summary>The TLS of some options; <c>null</c>: that of the system.</summary>
    /// <param name="endpoint">Where it is for.</param>
    /// <param name="options">The options.</param>
    /// <exception cref="ArgumentException">A file cannot be used, or the options contradict one another.</exception>
    public static SslClientAuthenticationOptions From(PoolEndpoint endpoint, PoolOptions options)
    {
        var tls = options.Tls;
        if (tls is not null)
        {
            return options is { CaFile: null, CertificateFile: null, KeyFile: null }
                ? tls
                : throw new ArgumentException("Tls says everything about TLS; leave out CaFile, CertificateFile and KeyFile.");
        }

        tls = new SslClientAuthenticationOptions
        {
            EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13,
            RemoteCertificateValidationCallback = (_, certificate, chain, errors) =>
                errors == SslPolicyErrors.None
                    ? true
                    : throw new UntrustedPoolException(Describe(endpoint, certificate as X509Certificate2, chain, errors)),
        };
        if (options.CaFile is { } ca)
        {
            tls.CertificateChainPolicy = new X509ChainPolicy
            {
                TrustMode = X509ChainTrustMode.CustomRootTrust,
                RevocationMode = X509RevocationMode.NoCheck,
            };
            tls.CertificateChainPolicy.CustomTrustStore.AddRange(Certificates(ca));
        }

        if ((options.CertificateFile is null) != (options.KeyFile is null))
        {
            throw new ArgumentException("A certificate takes its key, and a key its certificate: give both, or none.");
        }

        if (options.CertificateFile is { } certificate)
        {
            tls.ClientCertificateContext = Shown(certificate, options.KeyFile!);
        }

        return tls;
    }

    private static SslStreamCertificateContext Shown(string path, string keyPath)
    {
        var chain = Certificates(path);
        try
        {
            var leaf = X509Certificate2.CreateFromPem(chain[0].ExportCertificatePem(), File.ReadAllText(keyPath));
            var between = new X509Certificate2Collection();
            between.AddRange(chain.Skip(1).ToArray());
            return SslStreamCertificateContext.Create(leaf, between, offline: true);
        }
        catch (Exception e) when (e is CryptographicException or ArgumentException)
        {
            throw new ArgumentException($"{keyPath} does not hold the key of the certificate in {path}, in PEM form and without a passphrase.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ArgumentException($"The key cannot be read: {e.Message}");
        }
    }

    private static X509Certificate2Collection Certificates(string path)
    {
        var certificates = new X509Certificate2Collection();
        try
        {
            certificates.ImportFromPem(File.ReadAllText(path));
        }
        catch (CryptographicException)
        {
            // As good as none.
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ArgumentException($"The certificate cannot be read: {e.Message}");
        }

        return certificates.Count > 0 ? certificates : throw new ArgumentException($"{path} holds no certificate in PEM form.");
    }

    private static string Describe(PoolEndpoint endpoint, X509Certificate2? certificate, X509Chain? chain, SslPolicyErrors errors)
    {
        if (certificate is null)
        {
            return $"{endpoint.Address} showed no certificate.";
        }

        var now = (chain?.ChainStatus ?? []).Aggregate(X509ChainStatusFlags.NoError, (all, status) => all | status.Status);
        if (now.HasFlag(X509ChainStatusFlags.NotTimeValid))
        {
            return string.Create(
                CultureInfo.InvariantCulture,
                $"The certificate of {endpoint.Address} holds from {certificate.NotBefore.ToUniversalTime():yyyy-MM-dd HH:mm} to {certificate.NotAfter.ToUniversalTime():yyyy-MM-dd HH:mm} UTC: it has expired, or a clock is wrong.");
        }

        return errors.HasFlag(SslPolicyErrors.RemoteCertificateNameMismatch)
            ? $"The certificate of {endpoint.Address} is not for \"{endpoint.ChannelAddress.Host}\", but for {Names(certificate)}. Use a name it is for in the address."
            : $"The certificate of {endpoint.Address}, \"{certificate.Subject}\", is not signed by a CA that is trusted here; it was issued by \"{certificate.Issuer}\". Give the pool's CA: --ca, WORKERPOOL_CA or PoolOptions.CaFile.";
    }

    private static string Names(X509Certificate2 certificate)
    {
        var names = certificate.Extensions.OfType<X509SubjectAlternativeNameExtension>()
            .SelectMany(extension => extension.EnumerateDnsNames().Concat(extension.EnumerateIPAddresses().Select(address => address.ToString())))
            .ToList();
        return names.Count == 0 ? "no name at all" : string.Join(", ", names);
    }
}
