using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;
using WorkerPool.Processes;
using WorkerPool.Supervisor.Api;
using WorkerPool.Supervisor.Diagnostics;

namespace WorkerPool.Supervisor.Hosting;

/// <summary>Where measurements and spans of the service go: to whoever scrapes, and to where the standard variables of OpenTelemetry say.</summary>
internal static class Exports
{
    private const string ServiceName = "workerpool-supervisor";

    /// <summary>Adds what sends them.</summary>
    /// <param name="services">The application's services.</param>
    /// <param name="settings">Holds the variables, <c>OTEL_…</c>.</param>
    /// <param name="isScraped">Whether there is a port to scrape.</param>
    public static void AddServices(IServiceCollection services, IConfiguration settings, bool isScraped)
    {
        var areSpansSent = OtlpVariables.AreSpansWanted(name => settings[name]);
        var areMeasurementsSent = OtlpVariables.AreMeasurementsWanted(name => settings[name]);
        if (!isScraped && !areSpansSent && !areMeasurementsSent)
        {
            return;
        }

        var telemetry = services.AddOpenTelemetry().ConfigureResource(resource => resource
            .Clear()
            .AddService(ServiceName, serviceVersion: PoolStatuses.Version, autoGenerateServiceInstanceId: false)
            .AddTelemetrySdk()
            .AddEnvironmentVariableDetector());
        if (isScraped || areMeasurementsSent)
        {
            telemetry.WithMetrics(metrics =>
            {
                metrics.AddMeter(PoolMetrics.MeterName).AddRuntimeInstrumentation();
                if (isScraped)
                {
                    metrics.AddPrometheusExporter();
                }

                if (areMeasurementsSent)
                {
                    metrics.AddOtlpExporter();
                }
            });
        }

        if (areSpansSent)
        {
            telemetry.WithTracing(spans => spans.AddSource(PoolTraces.SourceName).AddOtlpExporter());
        }
    }
}
