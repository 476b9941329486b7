using Microsoft.Playwright;

namespace WorkerPool.Dashboard.Tests.Browsers;

/// <summary>A real browser, one for all tests of a class: Debian's chromium, or the one that WORKERPOOL_CHROMIUM names.</summary>
public sealed class Chromium : IAsyncLifetime
{
    private static readonly string Program =
        Environment.GetEnvironmentVariable("WORKERPOOL_CHROMIUM") is { Length: > 0 } path ? path : "/usr/bin/chromium";

    // It has no business with anybody but the Supervisor of the test.
    private static readonly string[] Arguments =
    [
        "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
        "--disable-component-update", "--disable-sync",
    ];

    private IPlaywright? _playwright;
    private IBrowser? _browser;

    /// <inheritdoc/>
    public async ValueTask InitializeAsync()
    {
        if (File.Exists(Program))
        {
            _playwright = await Playwright.CreateAsync();
            Assertions.SetDefaultExpectTimeout((float)SupervisorProgram.Limit.TotalMilliseconds);
            _browser = await _playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions { ExecutablePath = Program, Args = Arguments });
        }
    }

    /// <summary>Opens a tab of its own, with cookies of its own. Skips the running test if there is no browser, or fails it if tools are required.</summary>
    /// <param name="look">How it looks. Default: light, on a desk.</param>
    /// <param name="authorization">A token to send with every request. Default: none.</param>
    public async Task<Tab> OpenAsync(Look? look = null, string? authorization = null)
    {
        if (_browser is null)
        {
            var reason = $"needs a browser: apt-get install chromium (looked for {Program}; WORKERPOOL_CHROMIUM names another)";
            if (Environment.GetEnvironmentVariable("WORKERPOOL_REQUIRE_TOOLS") == "1")
            {
                Assert.Fail(reason);
            }

            Assert.Skip(reason);
        }

        var (_, width, height, scheme) = look ?? Look.Light;
        var context = await _browser.NewContextAsync(new BrowserNewContextOptions
        {
            ViewportSize = new ViewportSize { Width = width, Height = height },
            ColorScheme = scheme,
            ReducedMotion = ReducedMotion.Reduce,
            ExtraHTTPHeaders = authorization is null ? null : new Dictionary<string, string> { ["Authorization"] = $"Bearer {authorization}" },
        });
        return await Tab.OpenAsync(context);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_browser is not null)
        {
            await _browser.DisposeAsync();
        }

        _playwright?.Dispose();
    }
}
