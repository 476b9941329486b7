using k8s.Models;
using WorkerPool.Manifests.Tests.Building;

namespace WorkerPool.Manifests.Tests;

/// <summary>The right to watch EndpointSlices: it is this one, and only where it is used.</summary>
public sealed class EndpointSliceTests : OverlayTest
{
    [Theory]
    [MemberData(nameof(Overlays))]
    public void Only_a_Supervisor_that_watches_EndpointSlices_may_and_it_may_nothing_else(string path) => Check(Overlay.Of(path), "workerpool");

    [Fact]
    public void In_another_namespace_it_is_the_account_of_that_one()
    {
        var folder = Directory.CreateTempSubdirectory("wp-manifests-");
        try
        {
            Repository.CopyManifests(folder.FullName);
            var own = folder.CreateSubdirectory("prod");
            File.WriteAllText(Path.Combine(own.FullName, "kustomization.yaml"), """
                apiVersion: kustomize.config.k8s.io/v1beta1
                kind: Kustomization
                namespace: workerpool-b
                resources:
                  - ../k8s/base
                components:
                  - ../k8s/components/endpoint-slices
                """);
            Check(Overlay.Of(own.FullName), "workerpool-b");
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static void Check(Overlay overlay, string space)
    {
        var supervisor = overlay.Pods["workerpool-supervisor"];
        var watched = overlay.SettingsOf(supervisor).GetValueOrDefault("Pool__Keepers__Service", "");
        if (watched.Length == 0)
        {
            Assert.Empty(overlay.All<V1Role>());
            Assert.Empty(overlay.All<V1RoleBinding>());
            return;
        }

        var role = Assert.Single(overlay.All<V1Role>());
        var rule = Assert.Single(role.Rules);
        Assert.Equal(("discovery.k8s.io", "endpointslices"), (Assert.Single(rule.ApiGroups), Assert.Single(rule.Resources)));
        Assert.Equal(["list", "watch"], rule.Verbs);
        Assert.True(rule.ResourceNames is null && rule.NonResourceURLs is null);

        // Slices are those of the namespace that the Supervisor is in, where the service is.
        Assert.DoesNotContain('/', watched);
        Assert.Equal(space, overlay.One<V1Service>(watched).Namespace());
        var binding = Assert.Single(overlay.All<V1RoleBinding>());
        Assert.Equal((space, space), (role.Namespace(), binding.Namespace()));
        Assert.Equal(("rbac.authorization.k8s.io", "Role", role.Name()), (binding.RoleRef.ApiGroup, binding.RoleRef.Kind, binding.RoleRef.Name));
        var subject = Assert.Single(binding.Subjects);
        Assert.Equal(("ServiceAccount", supervisor.Spec.ServiceAccountName, space), (subject.Kind, subject.Name, subject.NamespaceProperty));
        Assert.Equal(space, overlay.One<V1ServiceAccount>(subject.Name).Namespace());
    }
}
