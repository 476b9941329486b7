using Microsoft.Playwright;
using WorkerPool.Dashboard.Tests.Browsers;
using WorkerPool.V1;
using static Microsoft.Playwright.Assertions;

namespace WorkerPool.Dashboard.Tests.Pages;

/// <summary>The page of a job and that of a worker, after something went wrong for real.</summary>
public sealed class JobPageTests(Chromium chromium) : IClassFixture<Chromium>
{
    [Fact]
    public async Task A_job_shows_why_it_is_where_it_is_how_long_items_take_and_which_failed()
    {
        await using var supervisor = await RunningSupervisor.StartAsync(workers: 2, [Invoices.Library]);
        await using var invoices = Invoices.Read(supervisor, 200, "May");
        await Eventually.AskAsync(async () => await Invoices.JobAsync(supervisor, "May"), job => job.State != JobState.Running);
        await using var tab = await chromium.OpenAsync();
        await tab.GoAsync(supervisor.HttpAddress, "jobs/job-1");
        await Expect(tab.Page.Locator(".findings li").First).ToBeVisibleAsync();
        await Expect(tab.Page.Locator(".histogram-bar").First).ToBeVisibleAsync();
        await Expect(tab.Page.GetByText("item 50", new PageGetByTextOptions { Exact = true })).ToBeVisibleAsync();
        var failure = tab.Page.Locator(".failure[data-index='50']");
        await failure.Locator("summary").ClickAsync();
        await Expect(failure).ToContainTextAsync("Invoice 50 has no total");
        await Expect(failure).ToContainTextAsync("System.FormatException");

        // A look later it is still open.
        await tab.Page.WaitForTimeoutAsync(1500);
        await Expect(failure.Locator(".failure-message")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task A_worker_shows_how_those_before_it_died_and_what_was_printed()
    {
        await using var supervisor = await RunningSupervisor.StartAsync(workers: 1, [Invoices.Library]);
        var map = await Invoices.ScanAsync(supervisor);
        Assert.Equal(1ul, map.Summary!.Ledger.Failed);
        await using var tab = await chromium.OpenAsync();
        await tab.GoAsync(supervisor.HttpAddress, "workers/worker-1");
        var last = tab.Page.Locator("#ends .failure").First;
        await Expect(last).ToContainTextAsync("exit code 63");
        await Expect(last.GetByText("scanner: internal error 0x3f, giving up")).ToBeVisibleAsync();
        await Expect(tab.Page.Locator("#ends .failure")).ToHaveCountAsync(3);
        await Expect(tab.Page.Locator(".output")).ToContainTextAsync("scanner: page 13: the ink is too pale");
    }

    [Fact]
    public async Task What_is_not_there_is_said_to_be_so()
    {
        await using var supervisor = await RunningSupervisor.StartAsync(workers: 1);
        await using var tab = await chromium.OpenAsync();
        await tab.GoAsync(supervisor.HttpAddress, "jobs/job-77");
        await Expect(tab.Page.GetByText("There is no such job")).ToBeVisibleAsync();
        await tab.GoAsync(supervisor.HttpAddress, "workers/worker-99");
        await Expect(tab.Page.GetByText("There is no such worker")).ToBeVisibleAsync();
    }
}
