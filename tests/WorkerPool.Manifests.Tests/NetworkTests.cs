using k8s.Models;
using WorkerPool.Manifests.Tests.Building;

namespace WorkerPool.Manifests.Tests;

/// <summary>Network policies let through what is used, by the settings, and nothing else.</summary>
public sealed class NetworkTests : OverlayTest
{
    private const string Callers = "pods that are callers";
    private const string Prometheus = "Prometheus";
    private const string Names = "DNS";
    private const string Anyone = "anyone";

    [Theory]
    [MemberData(nameof(Overlays))]
    public void Nothing_is_let_through_but_what_another_policy_allows(string path)
    {
        var overlay = Overlay.Of(path);
        var deny = overlay.One<V1NetworkPolicy>("workerpool-default-deny").Spec;
        Assert.Equal(["Egress", "Ingress"], deny.PolicyTypes.Order());
        Assert.True(deny.Ingress is null or [] && deny.Egress is null or []);
        Assert.Equal(overlay.Pods.Keys.Order(), SelectorTests.Selected(overlay, deny.PodSelector.MatchLabels).Order());
    }

    [Theory]
    [MemberData(nameof(Overlays))]
    public void What_is_let_through_is_what_is_used(string path)
    {
        var overlay = Overlay.Of(path);
        Assert.Equal(Used(overlay).Order(StringComparer.Ordinal), Allowed(overlay).Order(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Overlays))]
    public void Without_TLS_callers_are_of_the_same_namespace(string path)
    {
        var overlay = Overlay.Of(path);
        var isOpen = overlay.SettingsOf(overlay.Pods["workerpool-supervisor"])["Listen__Grpc"].StartsWith("http://", StringComparison.Ordinal);
        var callers = Assert.Single(Assert.Single(overlay.One<V1NetworkPolicy>("workerpool-supervisor").Spec.Ingress).FromProperty);
        Assert.Equal(isOpen, callers.NamespaceSelector is null);
        Assert.Equal(path == "k8s/overlays/quickstart", isOpen);
    }

    // What the settings say is listened to and connected to.
    private static List<string> Used(Overlay overlay)
    {
        var settings = overlay.SettingsOf(overlay.Pods["workerpool-supervisor"]);
        List<string> used = [Flow("into", "workerpool-supervisor", Callers, "TCP", PortOf(settings["Listen__Grpc"]))];
        var name = settings.GetValueOrDefault("Pool__Keepers__Dns", "");
        var service = settings.GetValueOrDefault("Pool__Keepers__Service", "");
        if (name.Length + service.Length > 0)
        {
            var listens = PortOf(overlay.SettingsOf(overlay.Pods["workerpool-workers"])["Keeper__Listen"]);
            used.Add(Flow("out of", "workerpool-supervisor", "workerpool-workers", "TCP", name.Length > 0 ? name.Split(':')[1] : listens));
            used.Add(Flow("into", "workerpool-workers", "workerpool-supervisor", "TCP", listens));
            used.AddRange(name.Length > 0 ? Lookups("workerpool-supervisor") : ApiServer("workerpool-supervisor"));
        }

        if (overlay.All<CustomResources.ServiceMonitor>().Any())
        {
            used.Add(Flow("into", "workerpool-supervisor", Prometheus, "TCP", PortOf(settings["Listen__Http"])));
        }

        if (overlay.Pods.TryGetValue("workerpool-adapter", out var adapter))
        {
            var url = adapter.Spec.Containers[0].Args.Single(argument => argument.StartsWith("--prometheus-url=", StringComparison.Ordinal)).Split('=')[1];
            used.Add(Flow("into", "workerpool-adapter", Anyone, "TCP", $"{adapter.Spec.Containers[0].Ports[0].ContainerPort}"));
            used.Add(Flow("out of", "workerpool-adapter", Prometheus, "TCP", PortOf(url)));
            used.AddRange(ApiServer("workerpool-adapter"));
            used.AddRange(Lookups("workerpool-adapter"));
        }

        return used;
    }

    private static IEnumerable<string> Allowed(Overlay overlay) => overlay.All<V1NetworkPolicy>().SelectMany(policy =>
        SelectorTests.Selected(overlay, policy.Spec.PodSelector.MatchLabels).SelectMany(pod =>
            (policy.Spec.Ingress ?? []).SelectMany(rule => Flows("into", pod, rule.FromProperty, rule.Ports)).Concat(
                (policy.Spec.Egress ?? []).SelectMany(rule => Flows("out of", pod, rule.To, rule.Ports)))));

    private static IEnumerable<string> Flows(string direction, string pod, IList<V1NetworkPolicyPeer>? peers, IList<V1NetworkPolicyPort>? ports) =>
        from peer in peers is null or [] ? [Anyone] : peers.Select(NameOf)
        from port in ports is null or [] ? [("any", "any")] : ports.Select(port => (port.Protocol, port.Port.Value))
        select Flow(direction, pod, peer, port.Item1, port.Item2);

    private static string NameOf(V1NetworkPolicyPeer peer)
    {
        var pods = peer.PodSelector?.MatchLabels?.Select(label => $"{label.Key}={label.Value}").SingleOrDefault();
        var spaces = peer.NamespaceSelector is null ? "here" : peer.NamespaceSelector.MatchLabels?.Select(label => label.Value).SingleOrDefault() ?? "everywhere";
        return (pods, spaces, peer.IpBlock) switch
        {
            ("workerpool/caller=true", "everywhere" or "here", null) => Callers,
            ("app.kubernetes.io/name=prometheus", "monitoring", null) => Prometheus,
            ("k8s-app=kube-dns", "kube-system", null) => Names,
            ("app.kubernetes.io/name=workerpool-worker", "here", null) => "workerpool-workers",
            ("app.kubernetes.io/name=workerpool-supervisor", "here", null) => "workerpool-supervisor",
            var other => $"{other}",
        };
    }

    private static string PortOf(string address) => $"{new Uri(address).Port}";

    private static string[] Lookups(string pod) => [Flow("out of", pod, Names, "UDP", "53"), Flow("out of", pod, Names, "TCP", "53")];

    // No selector names it, and it has either port.
    private static string[] ApiServer(string pod) => [Flow("out of", pod, Anyone, "TCP", "443"), Flow("out of", pod, Anyone, "TCP", "6443")];

    private static string Flow(string direction, string pod, string peer, string protocol, string port) => $"{direction} {pod}: {peer} {protocol} {port}";
}
