using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace WorkerPool.TestSupport;

/// <summary>A CA for a test, and the certificates that it signs, as PEM files in a directory of its own.</summary>
public sealed class TestAuthority : IDisposable
{
    private const string ForServers = "1.3.6.1.5.5.7.3.1";
    private const string ForClients = "1.3.6.1.5.5.7.3.2";
    private static readonly TimeSpan Valid = TimeSpan.FromDays(30);
    private readonly X509Certificate2 _certificate;
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("wp-ca-");

    /// <summary>A CA.</summary>
    /// <param name="name">Its name.</param>
    public TestAuthority(string name = "Test CA")
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign, true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, false));
        var now = TimeProvider.System.GetUtcNow();
        _certificate = request.CreateSelfSigned(now - Valid - Valid - Valid, now + Valid);
        File.WriteAllText(CaFile, _certificate.ExportCertificatePem());
    }

    /// <summary>Its directory.</summary>
    public string Folder => _directory.FullName;

    /// <summary>Path of its certificate.</summary>
    public string CaFile => PathOf("ca.crt");

    /// <summary>A path in its directory.</summary>
    public string PathOf(string name) => System.IO.Path.Combine(Folder, name);

    /// <summary>Makes the certificate of a server.</summary>
    /// <param name="name">What its files are called.</param>
    /// <param name="host">The name it is for beside 127.0.0.1. Default: localhost.</param>
    /// <param name="isExpired">Whether it has expired. Default: no.</param>
    /// <param name="hasAddress">Whether it is for 127.0.0.1 at all. Default: yes.</param>
    public (string Certificate, string Key) Server(string name = "tls", string host = "localhost", bool isExpired = false, bool hasAddress = true)
    {
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName(host);
        if (hasAddress)
        {
            names.AddIpAddress(IPAddress.Loopback);
        }

        return Issue(name, [ForServers], names.Build(), isExpired);
    }

    /// <summary>Makes the certificate of a caller.</summary>
    /// <param name="name">What its files and its subject are called.</param>
    /// <param name="uri">A name of the kind URI. Default: none.</param>
    /// <param name="isExpired">Whether it has expired. Default: no.</param>
    public (string Certificate, string Key) Client(string name, Uri? uri = null, bool isExpired = false)
    {
        var names = new SubjectAlternativeNameBuilder();
        if (uri is not null)
        {
            names.AddUri(uri);
        }

        return Issue(name, [ForClients], uri is null ? null : names.Build(), isExpired);
    }

    /// <summary>Makes the certificate of a program that connects and is connected to.</summary>
    /// <param name="host">Its DNS name.</param>
    /// <param name="name">What its files are called. Default: as its DNS name.</param>
    /// <param name="others">Further DNS names of it.</param>
    public (string Certificate, string Key) Peer(string host, string? name = null, params IEnumerable<string> others)
    {
        var names = new SubjectAlternativeNameBuilder();
        foreach (var each in others.Prepend(host))
        {
            names.AddDnsName(each);
        }

        return Issue(name ?? host, [ForServers, ForClients], names.Build(), isExpired: false);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _certificate.Dispose();
        _directory.Delete(recursive: true);
    }

    private (string Certificate, string Key) Issue(string name, string[] usages, X509Extension? names, bool isExpired)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([.. usages.Select(usage => new Oid(usage))], false));
        if (names is not null)
        {
            request.CertificateExtensions.Add(names);
        }

        var now = TimeProvider.System.GetUtcNow();
        var end = isExpired ? now - TimeSpan.FromDays(1) : now + TimeSpan.FromDays(1);
        using var certificate = request.Create(_certificate, end - Valid, end, RandomNumberGenerator.GetBytes(16));
        var (path, keyPath) = (PathOf($"{name}.crt"), PathOf($"{name}.key"));
        File.WriteAllText(path, certificate.ExportCertificatePem());
        File.WriteAllText(keyPath, key.ExportPkcs8PrivateKeyPem());
        return (path, keyPath);
    }
}
