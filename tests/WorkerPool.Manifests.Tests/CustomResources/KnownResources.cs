namespace WorkerPool.Manifests.Tests.CustomResources;

/// <summary>Kinds that are no part of Kubernetes: of each what the manifests use. <see cref="Definitions"/> holds it against the whole.</summary>
internal static class KnownResources
{
    public static IDictionary<string, Type> Types { get; } = new Dictionary<string, Type>
    {
        ["cert-manager.io/v1/Issuer"] = typeof(Issuer),
        ["cert-manager.io/v1/Certificate"] = typeof(Certificate),
        ["monitoring.coreos.com/v1/ServiceMonitor"] = typeof(ServiceMonitor),
        ["monitoring.coreos.com/v1/PrometheusRule"] = typeof(PrometheusRule),
    };
}
