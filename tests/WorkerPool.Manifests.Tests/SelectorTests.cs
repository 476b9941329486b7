using k8s;
using k8s.Models;
using WorkerPool.Manifests.Tests.Building;
using WorkerPool.Manifests.Tests.CustomResources;

namespace WorkerPool.Manifests.Tests;

/// <summary>What names another object names one that is there.</summary>
public sealed class SelectorTests : OverlayTest
{
    private static readonly string[] SecretsOfUsers = ["workerpool-tls", "workerpool-worker-tls", "workerpool-callers", "workerpool-prometheus"];

    [Theory]
    [MemberData(nameof(Overlays))]
    public void Selectors_select_the_pods_they_mean_and_no_others(string path)
    {
        var overlay = Overlay.Of(path);
        Assert.All(overlay.All<V1Deployment>(), deployment => Assert.Equal([deployment.Name()], Selected(overlay, deployment.Spec.Selector.MatchLabels)));
        Assert.All(overlay.All<V1Service>(), service => Assert.Single(Selected(overlay, service.Spec.Selector)));
        Assert.All(overlay.All<V1PodDisruptionBudget>(), budget => Assert.Equal([budget.Name()], Selected(overlay, budget.Spec.Selector.MatchLabels)));
        Assert.All(overlay.All<V1NetworkPolicy>(), policy => Assert.NotEmpty(Selected(overlay, policy.Spec.PodSelector.MatchLabels)));
        Assert.All(overlay.All<V1Deployment>(), deployment => Assert.All(
            deployment.Spec.Template.Spec.TopologySpreadConstraints ?? [],
            spread => Assert.Equal([deployment.Name()], Selected(overlay, spread.LabelSelector.MatchLabels))));
    }

    [Theory]
    [MemberData(nameof(Overlays))]
    public void Ports_of_services_are_ports_of_their_pods(string path)
    {
        var overlay = Overlay.Of(path);
        Assert.All(overlay.All<V1Service>(), service =>
        {
            var container = overlay.Pods[Assert.Single(Selected(overlay, service.Spec.Selector))].Spec.Containers[0];
            Assert.All(service.Spec.Ports, port => Assert.Single(container.Ports, own => own.Name == port.TargetPort.Value));
        });
    }

    [Theory]
    [MemberData(nameof(Overlays))]
    public void Volumes_are_of_objects_that_are_there_or_said_to_be_the_users(string path)
    {
        var overlay = Overlay.Of(path);
        Assert.All(overlay.Pods.Values.SelectMany(pod => pod.Spec.Volumes), volume =>
        {
            if (volume.ConfigMap is { } config)
            {
                overlay.One<V1ConfigMap>(config.Name);
            }

            if (volume.Secret is { } secret)
            {
                Assert.Contains(secret.SecretName, SecretsOfUsers);
                Assert.Equal(0b100_100_000, secret.DefaultMode);
            }
        });
    }

    [Fact]
    public void Certificates_have_the_names_and_uses_that_they_are_asked_for()
    {
        var overlay = Overlay.Of("k8s/overlays/cert-manager");
        var issuers = overlay.All<Issuer>().Select(issuer => issuer.Name()).ToList();
        Assert.All(overlay.All<Certificate>(), certificate => Assert.Contains(certificate.Spec.IssuerRef.Name, issuers));
        Assert.Contains(overlay.All<Certificate>(), certificate => certificate.Spec.IsCA && certificate.Spec.SecretName == overlay.One<Issuer>("workerpool-ca").Spec.Ca!.SecretName);
        var made = overlay.All<Certificate>().ToDictionary(certificate => certificate.Spec.SecretName, certificate => certificate.Spec);
        var secrets = overlay.Pods.Values.SelectMany(pod => pod.Spec.Volumes).Select(volume => volume.Secret?.SecretName).OfType<string>();
        Assert.Equal(["workerpool-callers"], secrets.Except(made.Keys));

        var service = overlay.One<V1Service>("workerpool");
        Assert.Contains("workerpool-supervisor", made["workerpool-tls"].DnsNames);
        Assert.Contains($"{service.Name()}.{service.Namespace()}.svc", made["workerpool-tls"].DnsNames);
        Assert.Equal(["client auth", "digital signature", "server auth"], made["workerpool-tls"].Usages.Order());

        // Whoever has the key of a worker pod is no Supervisor to another.
        Assert.Equal(["workerpool-worker"], made["workerpool-worker-tls"].DnsNames);
        Assert.DoesNotContain("client auth", made["workerpool-worker-tls"].Usages);
    }

    [Fact]
    public void The_monitor_finds_the_measurements_and_shows_a_token()
    {
        var overlay = Overlay.Of("k8s/overlays/service-monitor");
        var monitor = Assert.Single(overlay.All<ServiceMonitor>()).Spec;
        var service = Assert.Single(overlay.All<V1Service>(), service => Matches(service.Metadata.Labels, monitor.Selector.MatchLabels));
        var endpoint = Assert.Single(monitor.Endpoints);
        Assert.Single(service.Spec.Ports, port => port.Name == endpoint.Port);
        var listens = new Uri(overlay.SettingsOf(overlay.Pods["workerpool-supervisor"])["Listen__Http"]);
        Assert.Equal((listens.Scheme, "/metrics"), (endpoint.Scheme, endpoint.Path));
        Assert.Equal("workerpool-prometheus", endpoint.Authorization!.Credentials.Name);
        Assert.Equal(("workerpool-tls", service.Name()), (endpoint.TlsConfig!.Ca.Secret!.Name, endpoint.TlsConfig.ServerName));
    }

    /// <summary>Names of the Deployments whose pods have all these labels.</summary>
    internal static IReadOnlyList<string> Selected(Overlay overlay, IDictionary<string, string> labels) =>
        [.. overlay.Pods.Where(pod => Matches(pod.Value.Metadata.Labels, labels)).Select(pod => pod.Key)];

    private static bool Matches(IDictionary<string, string> labels, IDictionary<string, string> wanted) =>
        wanted.All(label => labels.TryGetValue(label.Key, out var value) && value == label.Value);
}
