using WorkerPool.Manifests.Tests.Building;
using WorkerPool.Manifests.Tests.CustomResources;

namespace WorkerPool.Manifests.Tests;

/// <summary>Custom resources are as the definitions of their kinds want them.</summary>
public sealed class CustomResourceTests
{
    [Fact]
    public void Every_custom_resource_is_sound_by_the_schema_of_its_definition()
    {
        var resources = Repository.Overlays.SelectMany(path => Definitions.ResourcesIn(Overlay.Of(path).Text)).Distinct().ToList();
        Assert.All(KnownResources.Types.Keys, kind => Assert.Contains(resources, resource => resource.Contains($"\"kind\": \"{kind.Split('/')[^1]}\"", StringComparison.Ordinal)));
        Assert.Empty(Definitions.FaultsOf(resources));
    }

    [Theory]
    [InlineData("dnsNames:", "dnsName:", "there is no /spec/dnsName")]
    [InlineData("algorithm: ECDSA", "algorithm: ECDSB", "/spec/privateKey/algorithm")]
    [InlineData("size: 256", "size: large", "/spec/privateKey/size")]
    [InlineData("secretName: workerpool-tls", "secret: workerpool-tls", "secretName")]
    [InlineData("interval: 15s", "interval: 15", "/spec/endpoints/0/interval")]
    [InlineData("tlsConfig:", "tls:", "there is no /spec/endpoints/0/tls")]
    [InlineData("selfSigned:", "selfsigned:", "there is no /spec/selfsigned")]
    public void What_a_definition_does_not_have_is_a_fault(string right, string wrong, string fault)
    {
        var sound = Overlay.Of("k8s/overlays/production").Text;
        Assert.Contains(right, sound, StringComparison.Ordinal);
        var faults = Definitions.FaultsOf(Definitions.ResourcesIn(sound.Replace(right, wrong, StringComparison.Ordinal)));
        Assert.Contains(faults, found => found.Contains(fault, StringComparison.Ordinal));
    }
}
