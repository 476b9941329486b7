using WorkerPool.Tls;

namespace WorkerPool.Supervisor.Configuration;

/// <summary>Where the keepers of a pool's workers are. With any of these a pool has no workers of its own, but one in each place of its keepers.</summary>
public sealed class KeeperOptions
{
    /// <summary>Addresses of keepers: https://HOST:PORT with mutual TLS, or http://HOST:PORT. Default: none.</summary>
    public IList<string> Endpoints { get; set; } = [];

    /// <summary>HOST:PORT, where each address of the host is that of a keeper: a headless service of Kubernetes is one. Default: empty, none.</summary>
    public string Dns { get; set; } = "";

    /// <summary>How often <see cref="Dns"/> is asked. Range: above zero. Default: 5 s.</summary>
    public TimeSpan DnsInterval { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>NAME or NAMESPACE/NAME of a service of Kubernetes whose endpoints are keepers; the API server tells of them. Default: empty, none;
    /// the namespace: the pod's own, or that of the kubeconfig's context.</summary>
    public string Service { get; set; } = "";

    /// <summary>The keepers' port: its name in <see cref="Service"/>, or a number, which is taken whatever the service says. Default: keeper.</summary>
    public string ServicePort { get; set; } = "keeper";

    /// <summary>Path of a kubeconfig, whose current context leads to the API server. Default: empty, that of the cluster that this pod is in.</summary>
    public string Kubeconfig { get; set; } = "";

    /// <summary>Silence of the Supervisor after which a keeper ends its workers and is free for another one, and silence of a
    /// keeper after which it is given up. Range: above zero. Default: 10 s.</summary>
    public TimeSpan Lease { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>Path of the certificate that is shown to keepers, in PEM form, with those between it and the CA. Default: empty,
    /// keepers are spoken to in cleartext.</summary>
    public string Certificate { get; set; } = "";

    /// <summary>Path of the certificate's key in PEM form, without a passphrase. Default: empty, none.</summary>
    public string Key { get; set; } = "";

    /// <summary>Path of the certificates, in PEM form, of those who sign the certificates of keepers. Default: empty, none.</summary>
    public string Ca { get; set; } = "";

    /// <summary>The DNS name on the certificates of keepers. Default: workerpool-worker.</summary>
    public string Name { get; set; } = "workerpool-worker";

    /// <summary>Its part of mutual TLS with keepers.</summary>
    internal IdentityFiles Identity => new(Certificate, Key, Ca, Name);

    /// <summary>Whether there are keepers.</summary>
    public bool AreUsed => Endpoints.Count > 0 || Dns.Length > 0 || Service.Length > 0;
}
