using k8s;
using k8s.Models;

namespace WorkerPool.Manifests.Tests.CustomResources;

/// <summary>cert-manager.io/v1 Issuer.</summary>
internal sealed class Issuer : IKubernetesObject<V1ObjectMeta>
{
    public string ApiVersion { get; set; } = "";

    public string Kind { get; set; } = "";

    public V1ObjectMeta Metadata { get; set; } = new();

    public IssuerSpec Spec { get; set; } = new();
}

/// <summary>How an issuer signs: by one of these.</summary>
internal sealed class IssuerSpec
{
    public SelfSignedIssuer? SelfSigned { get; set; }

    public CaIssuer? Ca { get; set; }
}

/// <summary>With the key that is certified itself.</summary>
internal sealed class SelfSignedIssuer
{
    public IList<string>? CrlDistributionPoints { get; set; }
}

/// <summary>With the key of a CA.</summary>
internal sealed class CaIssuer
{
    public string SecretName { get; set; } = "";
}
