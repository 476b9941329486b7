using Microsoft.Playwright;
using WorkerPool.Dashboard.Tests.Browsers;
using WorkerPool.V1;

namespace WorkerPool.Dashboard.Tests.Pages;

/// <summary>
/// Every page in every look, under load and after faults: axe-core finds nothing serious, and pictures of them are taken, for
/// docs/images where WORKERPOOL_PICTURES names it.
/// </summary>
public sealed class PictureTests(Chromium chromium) : IClassFixture<Chromium>
{
    // As long as lines take to have a shape. It is for the pictures; without them a moment is enough.
    private static readonly TimeSpan Warming = TimeSpan.FromSeconds(Directory is null ? 3 : 75);

    // Below that is more of the same.
    private const int Tallest = 1600;

    private static string? Directory => Environment.GetEnvironmentVariable("WORKERPOOL_PICTURES") is { Length: > 0 } path ? path : null;

    [Fact]
    public async Task Pages_are_accessible_and_look_as_they_should()
    {
        await using var secured = await SecuredDashboard.StartAsync();
        var running = secured.Running;
        await using (var login = await chromium.OpenAsync())
        {
            await login.Page.GotoAsync($"{running.HttpAddress}/dashboard/");
            await TakeAsync(login, "login", Look.Light);
        }

        await using var watching = await chromium.OpenAsync();
        await secured.LogInAsync(watching, "admin");
        await Invoices.ScanAsync(running);
        await using var may = Invoices.Read(running, 30_000, "May");
        await using var june = Invoices.Read(running, 60_000, "June");
        await watching.Page.WaitForTimeoutAsync((float)Warming.TotalMilliseconds);
        ProcessSignals.Send((await running.Admin.GetWorkerAsync(new GetWorkerRequest { Name = "worker-2" }, cancellationToken: TestContext.Current.CancellationToken)).Worker.ProcessId, ProcessSignals.Kill);
        await watching.Page.WaitForTimeoutAsync((float)Warming.TotalMilliseconds / 5);
        var job = await Invoices.JobAsync(running, "May");
        foreach (var look in Look.All)
        {
            await using var tab = await chromium.OpenAsync(look);
            await secured.LogInAsync(tab, "admin");
            foreach (var (name, path) in new[] { ("overview", ""), ("job", $"jobs/{job.Id}"), ("worker", "workers/worker-1") })
            {
                await tab.GoAsync(running.HttpAddress, path);
                await tab.Page.Locator("main .card").First.WaitForAsync();
                await tab.ShouldBeAccessibleAsync();
                Assert.InRange(await tab.Page.EvaluateAsync<int>("document.documentElement.scrollWidth"), 1, look.Width);
                await TakeAsync(tab, name, look);
            }
        }
    }

    [Fact]
    public async Task A_dialog_is_accessible()
    {
        await using var supervisor = await RunningSupervisor.StartAsync(workers: 1);
        foreach (var look in Look.All)
        {
            await using var tab = await chromium.OpenAsync(look);
            await tab.GoAsync(supervisor.HttpAddress);
            await tab.Page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Pool" }).ClickAsync();
            await tab.Page.GetByText("Drain…").ClickAsync();
            await tab.Page.GetByRole(AriaRole.Dialog).WaitForAsync();
            await tab.ShouldBeAccessibleAsync();
            await tab.Page.Keyboard.PressAsync("Escape");
        }
    }

    private static async Task TakeAsync(Tab tab, string name, Look look)
    {
        var path = Path.Combine(Directory ?? Path.GetTempPath(), $"dashboard-{name}-{look.Name}.png");
        var height = Math.Min(Tallest, await tab.Page.EvaluateAsync<int>("document.documentElement.scrollHeight"));
        var picture = await tab.Page.ScreenshotAsync(new PageScreenshotOptions
        {
            FullPage = true,
            Clip = new Clip { Width = look.Width, Height = height },
        });
        if (Directory is not null)
        {
            await File.WriteAllBytesAsync(path, picture, TestContext.Current.CancellationToken);
        }

        Assert.NotEmpty(picture);
    }
}
