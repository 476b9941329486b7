using Microsoft.Playwright;
using WorkerPool.Dashboard.Tests.Browsers;
using WorkerPool.V1;
using static Microsoft.Playwright.Assertions;

namespace WorkerPool.Dashboard.Tests.Pages;

/// <summary>What visitors do to the pool, and what they may not.</summary>
public sealed class ActionTests(Chromium chromium) : IClassFixture<Chromium>
{
    [Fact]
    public async Task An_admin_cancels_a_job_after_a_question()
    {
        await using var secured = await SecuredDashboard.StartAsync();
        await using var invoices = Invoices.Read(secured.Running, 100_000, "May");
        await using var tab = await chromium.OpenAsync();
        await secured.LogInAsync(tab, "admin");
        var cancel = tab.Page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Cancel job-1" });
        await cancel.ClickAsync();
        await tab.Page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Keep it" }).ClickAsync();
        await Expect(tab.Page.GetByRole(AriaRole.Dialog)).ToHaveCountAsync(0);
        Assert.Equal(JobState.Running, (await Invoices.JobAsync(secured.Running, "May")).State);

        await cancel.ClickAsync();
        await tab.Page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Cancel the job" }).ClickAsync();
        await Expect(tab.Page.Locator("tr[data-job=job-1]")).ToHaveAttributeAsync("data-state", "cancelled");
        Assert.Equal(JobState.Cancelled, (await Invoices.JobAsync(secured.Running, "May")).State);
        Assert.Contains(secured.Running.Program.Log.Lines, line => line.Contains("admin", StringComparison.Ordinal) && line.Contains("CancelJob", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_viewer_sees_it_all_and_can_do_nothing()
    {
        await using var secured = await SecuredDashboard.StartAsync();
        await using var invoices = Invoices.Read(secured.Running, 100_000, "May");
        await using var tab = await chromium.OpenAsync();
        await secured.LogInAsync(tab, "viewer");
        await Expect(tab.Page.Locator("tr[data-job=job-1]")).ToBeVisibleAsync();
        await Expect(tab.Page.Locator("tr[data-worker=worker-1]")).ToBeVisibleAsync();
        await Expect(tab.Page.Locator(".act button")).ToHaveCountAsync(0);
        await Expect(tab.Page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Pool" })).ToHaveCountAsync(0);
        await tab.GoAsync(secured.Running.HttpAddress, "jobs/job-1");
        await Expect(tab.Page.Locator(".findings li").First).ToBeVisibleAsync();
        await Expect(tab.Page.GetByText("Cancel the job")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task An_admin_recycles_a_worker_and_resizes_the_pool()
    {
        await using var supervisor = await RunningSupervisor.StartAsync(workers: 2);
        await supervisor.WorkerProcessIdAsync(slot: 1);
        await using var tab = await chromium.OpenAsync();
        await tab.GoAsync(supervisor.HttpAddress);
        await tab.Page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Recycle worker-1" }).ClickAsync();
        await tab.Page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Recycle", Exact = true }).ClickAsync();
        await supervisor.WorkerProcessIdAsync(slot: 1, incarnation: 2);
        await Expect(tab.Page.Locator("tr[data-worker=worker-1]")).ToContainTextAsync("#2");

        await tab.Page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Pool" }).ClickAsync();
        await tab.Page.GetByText("Resize…").ClickAsync();
        await tab.Page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Spinbutton).FillAsync("3");
        await tab.Page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Resize", Exact = true }).ClickAsync();
        await Expect(tab.Page.Locator("tr[data-worker=worker-3]")).ToBeVisibleAsync();
        Assert.Equal(3u, (await supervisor.Admin.GetPoolAsync(new GetPoolRequest(), cancellationToken: TestContext.Current.CancellationToken)).Pool.SlotCount);
    }

    [Fact]
    public async Task Draining_is_seen_by_those_who_look()
    {
        await using var supervisor = await RunningSupervisor.StartAsync(workers: 1);
        await using var tab = await chromium.OpenAsync();
        await tab.GoAsync(supervisor.HttpAddress);
        await tab.Page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Pool" }).ClickAsync();
        await tab.Page.GetByText("Drain…").ClickAsync();
        await tab.Page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Drain", Exact = true }).ClickAsync();
        await Expect(tab.Page.Locator("header .badge")).ToHaveTextAsync("draining");
    }
}
