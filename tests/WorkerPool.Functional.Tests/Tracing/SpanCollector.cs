using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace WorkerPool.Functional.Tests.Tracing;

/// <summary>Takes spans as a collector of OpenTelemetry does, over HTTP.</summary>
internal sealed class SpanCollector : IAsyncDisposable
{
    private readonly WebApplication _app;

    private SpanCollector(WebApplication app) => _app = app;

    /// <summary>What came, with the name of the service that sent it and the process, 0 where it does not say which.</summary>
    public ConcurrentBag<(string Service, long Process, SentSpan Span)> Spans { get; } = [];

    /// <summary>Settings of programs that are to send theirs here.</summary>
    public Dictionary<string, string> Settings => new()
    {
        ["OTEL_EXPORTER_OTLP_ENDPOINT"] = _app.Urls.Single(),
        ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf",
        ["OTEL_METRICS_EXPORTER"] = "none",
        ["OTEL_BSP_SCHEDULE_DELAY"] = "100",
    };

    /// <summary>Starts one.</summary>
    public static async Task<SpanCollector> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        var app = builder.Build();
        app.Urls.Add("http://127.0.0.1:0");
        var collector = new SpanCollector(app);
        app.MapPost("/v1/traces", collector.TakeAsync);
        await app.StartAsync();
        return collector;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task TakeAsync(HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body);
        body.Position = 0;
        foreach (var resource in SentSpans.Parser.ParseFrom(body).Resources)
        {
            var service = resource.Resource.Attributes.Single(attribute => attribute.Key == "service.name").Value.Text;
            var process = resource.Resource.Attributes.SingleOrDefault(attribute => attribute.Key == "process.pid")?.Value.Number ?? 0;
            foreach (var span in resource.Scopes.SelectMany(scope => scope.Spans))
            {
                Spans.Add((service, process, span));
            }
        }

        context.Response.ContentType = "application/x-protobuf";
    }
}
