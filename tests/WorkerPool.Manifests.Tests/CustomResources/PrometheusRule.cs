using k8s;
using k8s.Models;

namespace WorkerPool.Manifests.Tests.CustomResources;

/// <summary>monitoring.coreos.com/v1 PrometheusRule.</summary>
internal sealed class PrometheusRule : IKubernetesObject<V1ObjectMeta>
{
    public string ApiVersion { get; set; } = "";

    public string Kind { get; set; } = "";

    public V1ObjectMeta Metadata { get; set; } = new();

    public RuleFile Spec { get; set; } = new();
}

/// <summary>What Prometheus itself reads: the content of a file of rules.</summary>
internal sealed class RuleFile
{
    public IList<RuleGroup> Groups { get; set; } = [];
}

/// <summary>Rules that are looked at together.</summary>
internal sealed class RuleGroup
{
    public string Name { get; set; } = "";

    public IList<AlertRule> Rules { get; set; } = [];
}

/// <summary>When somebody is called.</summary>
internal sealed class AlertRule
{
    public string Alert { get; set; } = "";

    public string Expr { get; set; } = "";

    public string? For { get; set; }

    public IDictionary<string, string> Labels { get; set; } = new Dictionary<string, string>();

    public IDictionary<string, string> Annotations { get; set; } = new Dictionary<string, string>();
}
