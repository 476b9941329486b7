using k8s;
using k8s.Models;

namespace WorkerPool.Manifests.Tests.CustomResources;

/// <summary>monitoring.coreos.com/v1 ServiceMonitor.</summary>
internal sealed class ServiceMonitor : IKubernetesObject<V1ObjectMeta>
{
    public string ApiVersion { get; set; } = "";

    public string Kind { get; set; } = "";

    public V1ObjectMeta Metadata { get; set; } = new();

    public ServiceMonitorSpec Spec { get; set; } = new();
}

/// <summary>What is scraped.</summary>
internal sealed class ServiceMonitorSpec
{
    public V1LabelSelector Selector { get; set; } = new();

    public IList<MonitoredEndpoint> Endpoints { get; set; } = [];
}

/// <summary>A port of a service, and how it is asked.</summary>
internal sealed class MonitoredEndpoint
{
    public string Port { get; set; } = "";

    public string Path { get; set; } = "";

    public string Interval { get; set; } = "";

    public string Scheme { get; set; } = "";

    public MonitorAuthorization? Authorization { get; set; }

    public MonitorTls? TlsConfig { get; set; }
}

/// <summary>What it shows of itself.</summary>
internal sealed class MonitorAuthorization
{
    public string Type { get; set; } = "";

    public V1SecretKeySelector Credentials { get; set; } = new();
}

/// <summary>Whom it trusts.</summary>
internal sealed class MonitorTls
{
    public string ServerName { get; set; } = "";

    public MonitorCa Ca { get; set; } = new();
}

/// <summary>The CA of what it asks.</summary>
internal sealed class MonitorCa
{
    public V1SecretKeySelector? Secret { get; set; }
}
