using k8s.Models;
using WorkerPool.Manifests.Tests.Building;

namespace WorkerPool.Manifests.Tests;

/// <summary>What pods may do, at the restricted level of the Pod Security Standards and beyond, and what they may take.</summary>
public sealed class PodTests : OverlayTest
{
    // The shutdown of a program beyond its drain: two seconds for workers that do not yield, ten for callers to read.
    private static readonly TimeSpan ShutdownMargin = TimeSpan.FromSeconds(20);

    [Theory]
    [MemberData(nameof(Overlays))]
    public void Pods_run_without_rights(string path) => Each(path, (name, pod, container) =>
    {
        var (all, own) = (pod.SecurityContext, container.SecurityContext);
        Assert.True(all.RunAsNonRoot, name);
        Assert.Equal((1654, 1654, 1654), (all.RunAsUser, all.RunAsGroup, all.FsGroup));
        Assert.Equal("RuntimeDefault", all.SeccompProfile.Type);
        Assert.False(own.AllowPrivilegeEscalation, name);
        Assert.True(own.ReadOnlyRootFilesystem, name);
        Assert.Equal("ALL", Assert.Single(own.Capabilities.Drop));
        Assert.Null(own.Capabilities.Add);
        Assert.Null(own.Privileged);
        Assert.True(pod.HostNetwork is null && pod.HostPID is null && pod.HostIPC is null, name);
        Assert.All(container.Ports, port => Assert.Null(port.HostPort));
        Assert.All(pod.Volumes, volume => Assert.Null(volume.HostPath));
    });

    [Theory]
    [MemberData(nameof(Overlays))]
    public void The_namespace_holds_them_to_it(string path) =>
        Assert.Equal("restricted", Overlay.Of(path).One<V1Namespace>("workerpool").Metadata.Labels["pod-security.kubernetes.io/enforce"]);

    [Theory]
    [MemberData(nameof(Overlays))]
    public void Pods_can_write_to_temporary_files_alone_and_only_so_much(string path) => Each(path, (name, pod, container) =>
    {
        var volumes = pod.Volumes.ToDictionary(volume => volume.Name);
        Assert.Equal("/tmp", Assert.Single(container.VolumeMounts, mount => volumes[mount.Name].EmptyDir is not null).MountPath);
        Assert.All(container.VolumeMounts, mount => Assert.True(volumes[mount.Name].EmptyDir?.SizeLimit is not null || mount.ReadOnlyProperty == true, $"{name} {mount.Name}"));
        Assert.Equal(volumes.Keys.Order(), container.VolumeMounts.Select(mount => mount.Name).Order());
    });

    [Theory]
    [MemberData(nameof(Overlays))]
    public void Pods_have_requests_and_limits(string path) => Each(path, (_, _, container) =>
    {
        Assert.Equal(["cpu", "memory"], container.Resources.Requests.Keys.Order());
        Assert.Equal(["cpu", "memory"], container.Resources.Limits.Keys.Order());
        Assert.All(container.Resources.Requests, request => Assert.InRange(request.Value.ToDouble(), 0.001, container.Resources.Limits[request.Key].ToDouble()));
    });

    [Theory]
    [MemberData(nameof(Overlays))]
    public void Pods_that_run_functions_have_whole_processors_of_their_own(string path)
    {
        var overlay = Overlay.Of(path);
        Assert.All(
            overlay.Pods.Values.Where(pod => overlay.SettingsOf(pod).Any(setting => setting is { Key: "Keeper__Workers" or "Pool__Workers", Value: "cpus" })),
            pod =>
            {
                var resources = pod.Spec.Containers[0].Resources;
                var cpus = resources.Limits["cpu"].ToDouble();
                Assert.Equal(Math.Floor(cpus), cpus);
                Assert.Equal(resources.Limits.ToDictionary(limit => limit.Key, limit => limit.Value.ToDouble()), resources.Requests.ToDictionary(request => request.Key, request => request.Value.ToDouble()));
            });
    }

    [Theory]
    [MemberData(nameof(Overlays))]
    public void Pods_are_probed(string path) => Each(path, (name, _, container) =>
    {
        Assert.All(new[] { container.StartupProbe, container.ReadinessProbe, container.LivenessProbe }, Assert.NotNull);
        if (IsOurs(container))
        {
            var health = Assert.Single(container.Ports, port => port.Name == "health").ContainerPort;
            Assert.All(new[] { container.StartupProbe, container.ReadinessProbe, container.LivenessProbe }, probe => Assert.Equal(health, probe.Grpc.Port));

            // A pool that drains is not ready, and lives.
            Assert.Equal("liveness", container.StartupProbe.Grpc.Service);
            Assert.Equal("liveness", container.LivenessProbe.Grpc.Service);
            Assert.True(string.IsNullOrEmpty(container.ReadinessProbe.Grpc.Service), name);
        }
    });

    [Theory]
    [MemberData(nameof(Overlays))]
    public void Pods_are_not_killed_before_they_have_drained(string path)
    {
        var overlay = Overlay.Of(path);
        var drained = overlay.Pods.Values.Select(pod => (
            Grace: TimeSpan.FromSeconds(pod.Spec.TerminationGracePeriodSeconds ?? 30),
            Drain: overlay.SettingsOf(pod).Where(setting => setting.Key.EndsWith("__DrainGrace", StringComparison.Ordinal)).Select(setting => setting.Value).SingleOrDefault()))
            .Where(pod => pod.Drain is not null)
            .ToList();
        Assert.Equal(overlay.Pods.Values.Count(pod => IsOurs(pod.Spec.Containers[0])), drained.Count);
        Assert.All(drained, pod => Assert.True(pod.Grace >= TimeSpan.Parse(pod.Drain!, System.Globalization.CultureInfo.InvariantCulture) + ShutdownMargin, $"{pod}"));
        Assert.All(overlay.Pods.Values, pod => Assert.Null(pod.Spec.Containers[0].Lifecycle));
    }

    [Theory]
    [MemberData(nameof(Overlays))]
    public void Pods_that_ask_nothing_of_the_API_server_have_no_token_for_it(string path)
    {
        var overlay = Overlay.Of(path);
        Assert.All(overlay.All<V1ServiceAccount>(), account => Assert.False(account.AutomountServiceAccountToken));
        Each(path, (name, pod, container) =>
        {
            Assert.Equal(name, overlay.One<V1ServiceAccount>(pod.ServiceAccountName).Name());

            // The one exception of ours: a Supervisor that is told of keepers by the API server. No functions run in its pod.
            var settings = overlay.SettingsOf(overlay.Pods[name]);
            var asks = settings.GetValueOrDefault("Pool__Keepers__Service", "").Length > 0;
            Assert.Equal(!IsOurs(container) || asks, pod.AutomountServiceAccountToken);
            Assert.True(!asks || !settings.ContainsKey("Pool__Workers"), name);
            Assert.False(pod.EnableServiceLinks);
        });
        var subjects = overlay.All<V1ClusterRoleBinding>().SelectMany(binding => binding.Subjects).Select(subject => subject.Name);
        Assert.DoesNotContain("workerpool-supervisor", subjects);
        Assert.DoesNotContain("workerpool-workers", subjects);
    }

    [Theory]
    [MemberData(nameof(Overlays))]
    public void There_are_never_two_Supervisors(string path)
    {
        var supervisor = Overlay.Of(path).One<V1Deployment>("workerpool-supervisor").Spec;
        Assert.Equal((1, "Recreate"), (supervisor.Replicas, supervisor.Strategy.Type));
    }

    private static bool IsOurs(V1Container container) => container.Image.StartsWith("workerpool/", StringComparison.Ordinal);

    private static void Each(string path, Action<string, V1PodSpec, V1Container> check) => Assert.All(
        Overlay.Of(path).Pods, pod => check(pod.Key, pod.Value.Spec, Assert.Single(pod.Value.Spec.Containers)));
}
