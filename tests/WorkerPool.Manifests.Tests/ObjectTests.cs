using k8s;
using k8s.Models;
using WorkerPool.Manifests.Tests.Building;

namespace WorkerPool.Manifests.Tests;

/// <summary>Every overlay is built, and every object has the fields alone that its type has.</summary>
public sealed class ObjectTests : OverlayTest
{
    [Theory]
    [MemberData(nameof(Overlays))]
    public void Every_object_is_sound_and_in_the_namespace_of_the_pool(string path)
    {
        var overlay = Overlay.Of(path);
        Assert.NotEmpty(overlay.Objects);
        Assert.All(overlay.Objects, found => Assert.Equal(IsOfTheCluster(found) ? null : "workerpool", found.Namespace()));
        Assert.Distinct(overlay.Objects.Select(found => $"{found.Kind}/{found.Name()}"));
    }

    [Theory]
    [InlineData("      containers:\n", "      container:\n")]
    [InlineData("readOnlyRootFilesystem", "readonlyRootFilesystem")]
    [InlineData("  minReadySeconds: 5\n", "  minReadySecond: 5\n")]
    public void A_field_that_does_not_exist_is_a_fault(string right, string wrong)
    {
        var sound = Overlay.Of("k8s/base").Text;
        Assert.Contains(right, sound, StringComparison.Ordinal);
        Assert.ThrowsAny<Exception>(() => Overlay.Read(sound.Replace(right, wrong, StringComparison.Ordinal)));
    }

    [Fact]
    public void A_field_that_does_not_exist_is_a_fault_of_a_custom_resource_too()
    {
        var sound = Overlay.Of("k8s/overlays/production").Text;
        Assert.Contains("dnsNames", sound, StringComparison.Ordinal);
        Assert.ThrowsAny<Exception>(() => Overlay.Read(sound.Replace("dnsNames", "dnsName", StringComparison.Ordinal)));
    }

    [Fact]
    public void Every_component_is_in_an_overlay()
    {
        var used = Repository.Overlays.SelectMany(path => Repository.Read($"{path}/kustomization.yaml").Split('\n'))
            .Where(line => line.Contains("/components/", StringComparison.Ordinal))
            .Select(line => line.Split('/')[^1])
            .ToHashSet();
        Assert.All(Directory.GetDirectories(Path.Combine(Repository.Root, "k8s/components")), component => Assert.Contains(Path.GetFileName(component), used));
    }

    private static bool IsOfTheCluster(IKubernetesObject<V1ObjectMeta> found) => found is V1Namespace or V1ClusterRole or V1ClusterRoleBinding or V1APIService;
}
