using k8s.Models;
using WorkerPool.Manifests.Tests.Building;

namespace WorkerPool.Manifests.Tests;

/// <summary>The autoscaler, its metric, and what serves it.</summary>
public sealed class AutoscalingTests
{
    private static Overlay Overlay => Overlay.Of("k8s/overlays/autoscaling");

    private static V2HorizontalPodAutoscalerSpec Autoscaler => Assert.Single(Overlay.All<V2HorizontalPodAutoscaler>()).Spec;

    [Fact]
    public void It_sets_the_number_of_worker_pods_and_nobody_else_does()
    {
        var target = Overlay.One<V1Deployment>(Autoscaler.ScaleTargetRef.Name);
        Assert.Equal(("apps/v1", "Deployment", "workerpool-workers"), (Autoscaler.ScaleTargetRef.ApiVersion, Autoscaler.ScaleTargetRef.Kind, target.Name()));
        Assert.Null(target.Spec.Replicas);
        Assert.InRange(Autoscaler.MinReplicas!.Value, 1, Autoscaler.MaxReplicas);
    }

    [Fact]
    public void A_pod_is_for_as_many_wanted_workers_as_it_has()
    {
        var cpus = Overlay.Pods["workerpool-workers"].Spec.Containers[0].Resources.Limits["cpu"].ToDouble();
        Assert.Equal(cpus, Assert.Single(Autoscaler.Metrics).External.Target.AverageValue.ToDouble());
    }

    [Fact]
    public void The_adapter_makes_its_metric_of_instruments_that_there_are()
    {
        var config = Overlay.Pods["workerpool-adapter"].Spec.Volumes.Single(volume => volume.ConfigMap is not null).ConfigMap;
        var rules = Overlay.One<V1ConfigMap>(config.Name).Data["config.yaml"];
        Assert.Contains($"as: {Autoscaler.Metrics[0].External.Metric.Name}", rules, StringComparison.Ordinal);
        var used = System.Text.RegularExpressions.Regex.Matches(rules, @"workerpool_(\w+)\{").Select(match => match.Value.TrimEnd('{')).Distinct().Order().ToList();
        Assert.Equal(["workerpool_backlog_time_seconds", "workerpool_workers"], used);
        var page = Repository.Read("docs/metrics.md");
        Assert.All(used, name => Assert.Contains($"`{name.Replace("_seconds", "", StringComparison.Ordinal).Replace('_', '.')}`", page, StringComparison.Ordinal));
        Assert.Contains("`busy`", page, StringComparison.Ordinal);
    }

    [Fact]
    public void The_API_server_is_led_to_the_adapter()
    {
        var service = Assert.Single(Overlay.All<V1APIService>()).Spec;
        var led = Overlay.One<V1Service>(service.Service.Name);
        Assert.Equal(led.Namespace(), service.Service.NamespaceProperty);
        Assert.Single(led.Spec.Ports, port => port.Port == service.Service.Port);
        Assert.Equal(("external.metrics.k8s.io", "v1beta1"), (service.Group, service.Version));
        Assert.Equal($"{service.Version}.{service.Group}", Assert.Single(Overlay.All<V1APIService>()).Name());
        var container = Overlay.Pods["workerpool-adapter"].Spec.Containers[0];
        Assert.Contains($"--secure-port={container.Ports[0].ContainerPort}", container.Args);
    }

    [Fact]
    public void Rights_are_these_and_no_others()
    {
        var rights = Overlay.All<V1ClusterRole>().SelectMany(role => role.Rules).Select(rule =>
            $"{string.Join(',', rule.Verbs)} {string.Join(',', rule.ApiGroups)}/{string.Join(',', rule.Resources)} {string.Join(',', rule.ResourceNames ?? [])}".Trim());
        Assert.Equal(
            [
                "create authentication.k8s.io/tokenreviews",
                "create authorization.k8s.io/subjectaccessreviews",
                "get,list external.metrics.k8s.io/workerpool_wanted_workers",
                "get,list,watch /configmaps extension-apiserver-authentication",
            ],
            rights.Order(StringComparer.Ordinal));
        Assert.Empty(Overlay.All<V1Role>());
        Assert.Empty(Overlay.All<V1RoleBinding>());
        var roles = Overlay.All<V1ClusterRole>().Select(role => role.Name()).Order();
        Assert.Equal(roles, Overlay.All<V1ClusterRoleBinding>().Select(binding => binding.RoleRef.Name).Order());
    }
}
