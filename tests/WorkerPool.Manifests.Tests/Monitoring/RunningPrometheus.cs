using System.Diagnostics;
using System.Net.Sockets;
using System.Text.Json;
using WorkerPool.TestSupport;

namespace WorkerPool.Manifests.Tests.Monitoring;

/// <summary>A real Prometheus that scrapes one Supervisor every second. Disposing it ends it and deletes what it kept.</summary>
internal sealed class RunningPrometheus : IAsyncDisposable
{
    private readonly Process _process;
    private readonly DirectoryInfo _directory;
    private readonly HttpClient _http;

    private RunningPrometheus(Process process, DirectoryInfo directory, int port)
    {
        _process = process;
        _directory = directory;
        _http = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}") };
    }

    /// <summary>Starts one.</summary>
    /// <param name="target">Where the Supervisor serves HTTP.</param>
    /// <param name="rules">A file of rules.</param>
    public static async Task<RunningPrometheus> StartAsync(string target, string rules)
    {
        var program = PrometheusTool.Require("prometheus");
        var directory = Directory.CreateTempSubdirectory("wp-prometheus-");
        var configuration = Path.Combine(directory.FullName, "prometheus.yml");
        await File.WriteAllTextAsync(configuration, $$"""
            global: { scrape_interval: 1s, evaluation_interval: 1s }
            rule_files: ["{{rules}}"]
            scrape_configs:
              - job_name: workerpool
                static_configs: [{ targets: ["{{new Uri(target).Authority}}"] }]
            """);
        var port = FreePort();
        var process = Process.Start(new ProcessStartInfo(
            program,
            [
                $"--config.file={configuration}", $"--storage.tsdb.path={Path.Combine(directory.FullName, "data")}",
                $"--web.listen-address=127.0.0.1:{port}", "--log.level=error",
            ]))!;
        return new RunningPrometheus(process, directory, port);
    }

    /// <summary>Asks until the answer is as it is wanted.</summary>
    /// <param name="path">What is asked for, such as query?query=up.</param>
    /// <param name="isWanted">Whether its data are as they are wanted.</param>
    public Task<JsonElement> AskAsync(string path, Func<JsonElement, bool> isWanted) => Eventually.AskAsync(() => AskAsync(path), data =>
        data.ValueKind == JsonValueKind.Object && isWanted(data));

    /// <summary>The values of a query.</summary>
    /// <param name="query">The query; it has to be sound.</param>
    public async Task<IReadOnlyList<JsonElement>> QueryAsync(string query) =>
        [.. (await AskAsync($"query?query={Uri.EscapeDataString(query)}")).GetProperty("result").EnumerateArray()];

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        ProcessSignals.Send(_process.Id, ProcessSignals.Terminate);
        await _process.WaitForExitAsync();
        _process.Dispose();
        _directory.Delete(recursive: true);
    }

    private async Task<JsonElement> AskAsync(string path)
    {
        try
        {
            using var response = await _http.GetAsync($"/api/v1/{path}", TestContext.Current.CancellationToken);
            var text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
            if (response.StatusCode == System.Net.HttpStatusCode.ServiceUnavailable)
            {
                return default;
            }

            Assert.True(response.IsSuccessStatusCode, $"{path}: {text}");
            return JsonDocument.Parse(text).RootElement.GetProperty("data");
        }
        catch (HttpRequestException error) when (error.InnerException is SocketException)
        {
            // It does not listen yet.
            return default;
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(System.Net.IPAddress.Loopback, 0);
        listener.Start();
        return ((System.Net.IPEndPoint)listener.LocalEndpoint).Port;
    }
}
