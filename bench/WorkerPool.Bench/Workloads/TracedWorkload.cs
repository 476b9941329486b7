using System.Diagnostics;
using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using WorkerPool.Bench.Measuring;
using WorkerPool.Client;

namespace WorkerPool.Bench.Workloads;

/// <summary>Squares, while each chunk has its spans, which are sent to a collector in the client's process.</summary>
/// <param name="isTraced">Whether there are spans.</param>
internal sealed class TracedWorkload(bool isTraced) : IWorkload
{
    public const string Off = "traced-off";
    public const string On = "traced-on";

    private long _bytes;

    /// <inheritdoc/>
    public async Task RunAsync(Order order, Action<Reading> report)
    {
        await using var collector = isTraced ? await CollectAsync() : null;
        await MeasureAsync(order, report);

        // A Supervisor sends what it has before it ends.
        WrongResultException.Unless(!isTraced || Volatile.Read(ref _bytes) > 0, "no spans came");
    }

    private async Task MeasureAsync(Order order, Action<Reading> report)
    {
        await using var started = await PoolUnderTest.StartAsync(isRemote: true, Order.Workers);
        var meter = new ThroughputMeter(order);
        foreach (var name in order.Cases)
        {
            var options = new MapOptions { ChunkSize = int.Parse(name, CultureInfo.InvariantCulture) };
            meter.Add(name, async count =>
            {
                using var request = isTraced ? new Activity("request").Start() : null;
                request?.ActivityTraceFlags = ActivityTraceFlags.Recorded;
                await SquareWorkload.MapAsync(started.Pool, count, options);
            });
        }

        await meter.MeasureAsync(report);
    }

    // Supervisor and workers find it in the environment that they get from here.
    private async Task<WebApplication> CollectAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        var collector = builder.Build();
        collector.Urls.Add("http://127.0.0.1:0");
        collector.MapPost("/v1/traces", async context =>
        {
            using var body = new MemoryStream();
            await context.Request.Body.CopyToAsync(body);
            Interlocked.Add(ref _bytes, body.Length);
            context.Response.ContentType = "application/x-protobuf";
        });
        await collector.StartAsync();
        Environment.SetEnvironmentVariable("OTEL_EXPORTER_OTLP_ENDPOINT", collector.Urls.Single());
        Environment.SetEnvironmentVariable("OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf");
        Environment.SetEnvironmentVariable("OTEL_METRICS_EXPORTER", "none");
        Environment.SetEnvironmentVariable("OTEL_BSP_SCHEDULE_DELAY", "200");
        return collector;
    }
}
