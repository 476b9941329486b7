using System.Net;
using System.Net.WebSockets;
using Microsoft.Playwright;
using WorkerPool.Dashboard.Tests.Browsers;
using static Microsoft.Playwright.Assertions;

namespace WorkerPool.Dashboard.Tests.Pages;

/// <summary>Who gets in where callers are known, and who does not.</summary>
public sealed class LoginTests(Chromium chromium) : IClassFixture<Chromium>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Who_has_no_token_sees_the_form_and_after_it_the_page_that_was_wanted()
    {
        await using var secured = await SecuredDashboard.StartAsync();
        await using var tab = await chromium.OpenAsync();
        tab.MayComplain = true;
        await tab.Page.GotoAsync($"{secured.Running.HttpAddress}/dashboard/workers/worker-1");
        await tab.Page.GetByLabel("Token").FillAsync("wpt_wrong");
        await tab.Page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Log in" }).ClickAsync();
        await Expect(tab.Page.GetByRole(AriaRole.Alert)).ToContainTextAsync("not one that this pool knows");
        await tab.ShouldBeAccessibleAsync();

        await tab.Page.GetByLabel("Token").FillAsync(secured.TokenOf("viewer"));
        await tab.Page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Log in" }).ClickAsync();
        await Expect(tab.Page.GetByRole(AriaRole.Heading, new PageGetByRoleOptions { Name = "worker-1", Level = 1 })).ToBeVisibleAsync();
        var cookie = Assert.Single(await tab.Page.Context.CookiesAsync(), cookie => cookie.Name.StartsWith("workerpool-", StringComparison.Ordinal) && cookie.Name != "workerpool-form");
        Assert.True(cookie.HttpOnly);
        Assert.Equal(SameSiteAttribute.Strict, cookie.SameSite);
        Assert.DoesNotContain("wpt_", cookie.Value, StringComparison.Ordinal);
        Assert.DoesNotContain(secured.TokenOf("viewer"), secured.Running.Program.Log.Text, StringComparison.Ordinal);

        await tab.Page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Log out" }).ClickAsync();
        await Expect(tab.Page.GetByLabel("Token")).ToBeVisibleAsync();
        await tab.Page.GotoAsync($"{secured.Running.HttpAddress}/dashboard/");
        await Expect(tab.Page.GetByLabel("Token")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task A_token_that_is_withdrawn_ends_the_visit()
    {
        await using var secured = await SecuredDashboard.StartAsync();
        await using var tab = await chromium.OpenAsync();
        await secured.LogInAsync(tab, "viewer");
        await Expect(tab.Page.Locator("tr[data-worker=worker-1]")).ToBeVisibleAsync();
        secured.Know("admin");
        await Expect(tab.Page.GetByLabel("Token")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task A_token_in_the_header_gets_in_without_the_form()
    {
        await using var secured = await SecuredDashboard.StartAsync();
        await using var tab = await chromium.OpenAsync(authorization: secured.TokenOf("viewer"));
        await tab.GoAsync(secured.Running.HttpAddress);
        await Expect(tab.Page.Locator("tr[data-worker=worker-1]")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Neither_strangers_nor_pages_of_strangers_get_at_the_connection_of_a_page()
    {
        await using var secured = await SecuredDashboard.StartAsync();
        var http = new Uri(secured.Running.HttpAddress);
        Assert.Equal(HttpStatusCode.Unauthorized, await ConnectAsync(null, null));
        Assert.Equal(HttpStatusCode.Unauthorized, await ConnectAsync("wpt_wrong", null));
        Assert.Equal(HttpStatusCode.Forbidden, await ConnectAsync(secured.TokenOf("admin"), "https://evil.example"));
        Assert.NotEqual(HttpStatusCode.Unauthorized, await ConnectAsync(secured.TokenOf("admin"), $"http://{http.Authority}"));

        async Task<HttpStatusCode> ConnectAsync(string? token, string? origin)
        {
            using var socket = new ClientWebSocket();
            socket.Options.CollectHttpResponseDetails = true;
            if (token is not null)
            {
                socket.Options.SetRequestHeader("Authorization", $"Bearer {token}");
            }

            if (origin is not null)
            {
                socket.Options.SetRequestHeader("Origin", origin);
            }

            try
            {
                await socket.ConnectAsync(new Uri($"ws://{http.Authority}/dashboard/_blazor"), Cancellation);
            }
            catch (WebSocketException)
            {
                // The status says why.
            }

            return socket.HttpStatusCode;
        }
    }

    [Fact]
    public async Task A_form_that_is_not_ours_logs_nobody_in()
    {
        await using var secured = await SecuredDashboard.StartAsync();
        using var client = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false });
        using var form = new FormUrlEncodedContent(new Dictionary<string, string> { ["token"] = secured.TokenOf("admin") });
        using var answer = await client.PostAsync($"{secured.Running.HttpAddress}/dashboard/login", form, Cancellation);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.DoesNotContain(
            answer.Headers.TryGetValues("Set-Cookie", out var cookies) ? cookies : [],
            cookie => cookie.StartsWith("workerpool-", StringComparison.Ordinal) && !cookie.StartsWith("workerpool-form", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Every_answer_forbids_what_pages_do_not_need()
    {
        await using var supervisor = await RunningSupervisor.StartAsync(workers: 1);
        using var client = new HttpClient();
        foreach (var path in new[] { "", "login", "assets/dashboard.css", "nothing-here" })
        {
            using var answer = await client.GetAsync($"{supervisor.HttpAddress}/dashboard/{path}", Cancellation);
            var policy = Assert.Single(answer.Headers.GetValues("Content-Security-Policy"));
            Assert.Contains("default-src 'none'", policy, StringComparison.Ordinal);
            Assert.Contains("script-src 'self';", policy, StringComparison.Ordinal);
            Assert.Contains("frame-ancestors 'none'", policy, StringComparison.Ordinal);
            Assert.DoesNotContain("http", policy, StringComparison.Ordinal);
            Assert.Equal("nosniff", Assert.Single(answer.Headers.GetValues("X-Content-Type-Options")));
        }
    }

    [Theory]
    [InlineData("/jobs/job-1", "/dashboard/jobs/job-1")]
    [InlineData("", "/dashboard/")]
    [InlineData("//evil.example", "/dashboard/")]
    [InlineData("/\\evil.example", "/dashboard/")]
    [InlineData("https://evil.example", "/dashboard/")]
    [InlineData("/a\r\nSet-Cookie: b", "/dashboard/")]
    public void The_form_leads_to_pages_of_the_dashboard_alone(string wanted, string leadsTo) =>
        Assert.Equal(leadsTo, Hosting.LoginForm.ReturnTo("/dashboard", wanted));
}
