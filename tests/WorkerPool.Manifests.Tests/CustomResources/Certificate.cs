using k8s;
using k8s.Models;

namespace WorkerPool.Manifests.Tests.CustomResources;

/// <summary>cert-manager.io/v1 Certificate.</summary>
internal sealed class Certificate : IKubernetesObject<V1ObjectMeta>
{
    public string ApiVersion { get; set; } = "";

    public string Kind { get; set; } = "";

    public V1ObjectMeta Metadata { get; set; } = new();

    public CertificateSpec Spec { get; set; } = new();
}

/// <summary>What a certificate says.</summary>
internal sealed class CertificateSpec
{
    public bool IsCA { get; set; }

    public string CommonName { get; set; } = "";

    public string SecretName { get; set; } = "";

    public IList<string> DnsNames { get; set; } = [];

    public IList<string> Usages { get; set; } = [];

    public string Duration { get; set; } = "";

    public string RenewBefore { get; set; } = "";

    public CertificateKey PrivateKey { get; set; } = new();

    public IssuerReference IssuerRef { get; set; } = new();
}

/// <summary>Its key.</summary>
internal sealed class CertificateKey
{
    public string Algorithm { get; set; } = "";

    public int Size { get; set; }

    public string RotationPolicy { get; set; } = "";
}

/// <summary>Who signs it.</summary>
internal sealed class IssuerReference
{
    public string Name { get; set; } = "";

    public string Kind { get; set; } = "";

    public string Group { get; set; } = "";
}
