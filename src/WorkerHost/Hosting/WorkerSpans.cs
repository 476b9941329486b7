using OpenTelemetry;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;
using WorkerPool.Processes;
using WorkerPool.WorkerHost.Session;

namespace WorkerPool.WorkerHost.Hosting;

/// <summary>Sends the spans of a worker process, user code's among them, to where the standard variables of OpenTelemetry say.</summary>
internal static class WorkerSpans
{
    private const string ServiceName = "workerpool-worker";
    private const int FlushMilliseconds = 1000;

    /// <summary>Begins to send them; what is returned ends that, and sends what is left.</summary>
    /// <returns><c>null</c>: they are not wanted, and nothing is loaded for them.</returns>
    public static IDisposable? Start() => OtlpVariables.AreSpansWanted(Environment.GetEnvironmentVariable) ? new Sender() : null;

    private sealed class Sender : IDisposable
    {
        // Whatever is in the trace of a chunk, from any source, and nothing else.
        private readonly TracerProvider _provider = Sdk.CreateTracerProviderBuilder()
            .ConfigureResource(resource => resource
                .Clear()
                .AddService(ServiceName, autoGenerateServiceInstanceId: false)
                .AddAttributes([new("process.pid", (long)Environment.ProcessId)])
                .AddTelemetrySdk()
                .AddEnvironmentVariableDetector())
            .SetSampler(new ParentBasedSampler(new AlwaysOffSampler()))
            .AddSource(WorkerTraces.SourceName)
            .AddSource("*")
            .AddOtlpExporter()
            .Build();

        public void Dispose()
        {
            _provider.ForceFlush(FlushMilliseconds);
            _provider.Dispose();
        }
    }
}
