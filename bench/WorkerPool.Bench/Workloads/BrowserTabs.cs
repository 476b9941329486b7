using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Json;
using System.Net.WebSockets;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace WorkerPool.Bench.Workloads;

/// <summary>Tabs of a real browser without a window, each with the same page, steered by the DevTools protocol.</summary>
internal sealed partial class BrowserTabs : IAsyncDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(500);
    private readonly Process _process;
    private readonly DirectoryInfo _profile;
    private readonly List<Uri> _tabs = [];

    /// <summary>The browser: chromium, or the one that WORKERPOOL_CHROMIUM names.</summary>
    public static string Program { get; } = Environment.GetEnvironmentVariable("WORKERPOOL_CHROMIUM") is { Length: > 0 } path ? path : "chromium";

    private BrowserTabs(Process process, DirectoryInfo profile) => (_process, _profile) = (process, profile);

    /// <summary>Opens a page in tabs.</summary>
    /// <param name="page">The page.</param>
    /// <param name="count">How many tabs.</param>
    /// <param name="processor">The processor that the browser has.</param>
    public static async Task<BrowserTabs> OpenAsync(Uri page, int count, int processor)
    {
        var profile = Directory.CreateTempSubdirectory("wp-browser-");
        var process = Process.Start(new ProcessStartInfo(
            "taskset",
            [
                "-c", processor.ToString(CultureInfo.InvariantCulture), Program,
                "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
                "--disable-component-update", "--disable-sync", "--remote-debugging-port=0", $"--user-data-dir={profile.FullName}",
            ])
        {
            RedirectStandardError = true,
        })!;
        var tabs = new BrowserTabs(process, profile);
        try
        {
            await tabs.FillAsync(page, count);
            return tabs;
        }
        catch
        {
            await tabs.DisposeAsync();
            throw;
        }
    }

    /// <summary>Waits until what each tab shows has changed: they are alive.</summary>
    /// <exception cref="OperationCanceledException">One has not changed in five minutes.</exception>
    public Task ChangingAsync() => Task.WhenAll(_tabs.Select(ChangingAsync));

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
        _profile.Delete(recursive: true);
    }

    [GeneratedRegex(@"DevTools listening on ws://127\.0\.0\.1:(\d+)/")]
    private static partial Regex Listening();

    private async Task FillAsync(Uri page, int count)
    {
        var port = await PortAsync();
        using var client = new HttpClient();
        for (var i = 0; i < count; i++)
        {
            using var answer = await client.PutAsync($"http://127.0.0.1:{port}/json/new?{Uri.EscapeDataString(page.AbsoluteUri)}", null);
            answer.EnsureSuccessStatusCode();
            var tab = await answer.Content.ReadFromJsonAsync<JsonElement>();
            _tabs.Add(new Uri(tab.GetProperty("webSocketDebuggerUrl").GetString()!));
        }
    }

    private async Task<string> PortAsync()
    {
        while (await _process.StandardError.ReadLineAsync() is { } line)
        {
            if (Listening().Match(line) is { Success: true, Groups: var groups })
            {
                _ = _process.StandardError.ReadToEndAsync();
                return groups[1].Value;
            }
        }

        throw new InvalidOperationException($"{Program} did not start");
    }

    private static async Task ChangingAsync(Uri tab)
    {
        using var limit = new CancellationTokenSource(Limit);
        using var socket = new ClientWebSocket();
        await socket.ConnectAsync(tab, limit.Token);
        var shown = new HashSet<string>();

        // As it was sent first, as it is when it is alive, and as it is later.
        for (var number = 1; shown.Count < 3; number++)
        {
            shown.Add(await ShownAsync(socket, number, limit.Token));
            await Task.Delay(Poll, TimeProvider.System, limit.Token);
        }

        await socket.CloseAsync(WebSocketCloseStatus.NormalClosure, null, limit.Token);
    }

    private static async Task<string> ShownAsync(ClientWebSocket socket, int number, CancellationToken cancellation)
    {
        var request = new { id = number, method = "Runtime.evaluate", @params = new { expression = "document.querySelector('main').innerText" } };
        await socket.SendAsync(JsonSerializer.SerializeToUtf8Bytes(request), WebSocketMessageType.Text, endOfMessage: true, cancellation);
        using var message = new MemoryStream();
        var buffer = new byte[1 << 16];
        for (var isWhole = false; !isWhole;)
        {
            var received = await socket.ReceiveAsync(buffer, cancellation);
            message.Write(buffer, 0, received.Count);
            isWhole = received.EndOfMessage;
        }

        // A page that is not there yet has no text.
        return JsonSerializer.Deserialize<JsonElement>(message.ToArray()).TryGetProperty("result", out var evaluated)
            && evaluated.GetProperty("result").TryGetProperty("value", out var value) ? value.GetString() ?? "" : "";
    }
}
