using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;

namespace WorkerPool.Supervisor.Security;

/// <summary>
/// TLS of a port: every handshake uses the certificate that is in force. Any client certificate is let in, or none: whose it
/// is, and whether it holds, is told with the call, where the caller can read what is wrong.
/// </summary>
/// <param name="certificate">The certificate.</param>
internal sealed class ServerTls(ReloadedFiles<ServerCertificate> certificate)
{
    private static readonly TimeSpan HandshakeTimeout = TimeSpan.FromSeconds(10);

    /// <summary>Makes a port speak TLS.</summary>
    /// <param name="listen">The port.</param>
    public void Use(ListenOptions listen) => listen.UseHttps(new TlsHandshakeCallbackOptions
    {
        HandshakeTimeout = HandshakeTimeout,
        OnConnection = context => ValueTask.FromResult(OptionsFor(context)),
    });

    private SslServerAuthenticationOptions OptionsFor(TlsHandshakeCallbackContext context)
    {
        var current = certificate.Current;
        var options = new SslServerAuthenticationOptions
        {
            ServerCertificateContext = current.Shown,
            EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13,
            AllowRenegotiation = false,
        };
        if (current.ClientCas is { } authorities)
        {
            var features = context.Connection.Features;
            options.ClientCertificateRequired = true;
            options.CertificateChainPolicy = ChainPolicy(authorities);
            options.RemoteCertificateValidationCallback = (_, shown, chain, errors) =>
            {
                if (shown is X509Certificate2 client)
                {
                    features.Set(ClientCertificate.From(client, chain, errors));
                }

                return shown is null or X509Certificate2;
            };
        }

        return options;
    }

    // Nothing that a stranger's certificate names is fetched.
    private static X509ChainPolicy ChainPolicy(X509Certificate2Collection authorities)
    {
        var policy = new X509ChainPolicy
        {
            TrustMode = X509ChainTrustMode.CustomRootTrust,
            RevocationMode = X509RevocationMode.NoCheck,
            DisableCertificateDownloads = true,
        };
        policy.CustomTrustStore.AddRange(authorities);
        policy.ApplicationPolicy.Add(new System.Security.Cryptography.Oid("1.3.6.1.5.5.7.3.2"));
        return policy;
    }
}
