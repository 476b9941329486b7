using System.Globalization;
using Microsoft.Playwright;
using WorkerPool.Dashboard.Tests.Browsers;
using static Microsoft.Playwright.Assertions;

namespace WorkerPool.Dashboard.Tests.Pages;

/// <summary>What the first page shows of a pool at work, and how soon.</summary>
public sealed class OverviewTests(Chromium chromium) : IClassFixture<Chromium>
{
    private static readonly LocatorAssertionsToBeVisibleOptions WithinTwoSeconds = new() { Timeout = 2000 };

    [Fact]
    public async Task A_worker_that_is_killed_shows_within_two_seconds()
    {
        await using var supervisor = await RunningSupervisor.StartAsync(workers: 2);
        var victim = await supervisor.WorkerProcessIdAsync(slot: 2);
        await using var tab = await chromium.OpenAsync();
        await tab.GoAsync(supervisor.HttpAddress);
        var row = tab.Page.Locator("tr[data-worker=worker-2]");
        await Expect(row).ToContainTextAsync($"{victim}");

        ProcessSignals.Send(victim, ProcessSignals.Kill);
        await Expect(tab.Page.Locator(".events").GetByText("worker-2 (incarnation 1) died: SIGKILL")).ToBeVisibleAsync(WithinTwoSeconds);
        await Expect(row.Locator(".death")).ToBeVisibleAsync(WithinTwoSeconds);

        var next = await supervisor.WorkerProcessIdAsync(slot: 2, incarnation: 2);
        await Expect(row).ToContainTextAsync($"{next}");
        await Expect(row).ToContainTextAsync("#2");
    }

    [Fact]
    public async Task The_bar_of_a_job_moves_and_its_rate_and_time_left_are_told()
    {
        await using var supervisor = await RunningSupervisor.StartAsync(workers: 2, [Invoices.Library]);
        await supervisor.WorkerProcessIdAsync();
        await using var tab = await chromium.OpenAsync();
        await tab.GoAsync(supervisor.HttpAddress);
        await using var invoices = Invoices.Read(supervisor, 4000);
        var job = tab.Page.Locator("tr[data-job=job-1]");
        var bar = job.GetByRole(AriaRole.Progressbar);
        await Expect(bar).ToBeVisibleAsync();
        var first = await PercentAsync(bar);
        var later = await Eventually.AskAsync(() => PercentAsync(bar), percent => percent > first);
        Assert.InRange(later, first + 1, 100);
        await Expect(job.Locator("[data-label=Rate]")).ToHaveTextAsync(new System.Text.RegularExpressions.Regex("[0-9]/s$"));
        await Expect(job.Locator("[data-label='Time left']")).Not.ToHaveTextAsync("–");
        await Expect(tab.Page.Locator("tr[data-worker=worker-1] [data-label='Runs now']")).ToContainTextAsync("job-1");
        await supervisor.Jobs.CancelJobAsync(new V1.CancelJobRequest { Id = "job-1" }, cancellationToken: TestContext.Current.CancellationToken);
        await Expect(job).ToHaveAttributeAsync("data-state", "cancelled");
    }

    [Fact]
    public async Task Charts_say_in_words_what_they_show()
    {
        await using var supervisor = await RunningSupervisor.StartAsync(workers: 1);
        await using var tab = await chromium.OpenAsync();
        await tab.GoAsync(supervisor.HttpAddress);
        foreach (var title in new[] { "Throughput", "Item time", "Waiting items", "Busy share" })
        {
            await Expect(tab.Page.GetByRole(AriaRole.Img, new PageGetByRoleOptions { Name = $"{title} in the last" })).ToBeVisibleAsync();
        }
    }

    [Fact]
    public async Task The_page_is_walked_through_by_keyboard()
    {
        await using var supervisor = await RunningSupervisor.StartAsync(workers: 1);
        await using var tab = await chromium.OpenAsync();
        await tab.GoAsync(supervisor.HttpAddress);
        await tab.Page.Locator("tr[data-worker=worker-1]").WaitForAsync();
        await tab.Page.EvaluateAsync("document.activeElement.blur()");
        await tab.Page.Keyboard.PressAsync("Tab");
        await Expect(tab.Page.GetByText("Skip to content")).ToBeFocusedAsync();
        await tab.Page.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = "worker-1" }).FocusAsync();
        await tab.Page.Keyboard.PressAsync("Enter");
        await Expect(tab.Page.GetByRole(AriaRole.Heading, new PageGetByRoleOptions { Name = "worker-1", Level = 1 })).ToBeFocusedAsync();
    }

    private static async Task<int> PercentAsync(ILocator bar) =>
        int.Parse(await bar.GetAttributeAsync("aria-valuenow") ?? "", CultureInfo.InvariantCulture);
}
