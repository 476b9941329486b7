using System.Diagnostics;
using System.Text.RegularExpressions;
using WorkerPool.Dashboard.Tests.Browsers;
using static Microsoft.Playwright.Assertions;

namespace WorkerPool.Dashboard.Tests;

/// <summary>What the dashboard costs those who do not look: nothing of it is loaded.</summary>
public sealed partial class LazinessTests(Chromium chromium) : IClassFixture<Chromium>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_service_loads_it_when_the_first_browser_comes()
    {
        await using var supervisor = await RunningSupervisor.StartAsync(workers: 1);
        await supervisor.WorkerProcessIdAsync();
        Assert.Empty(LoadedBy(supervisor.Program.ProcessId));
        using var client = new HttpClient();
        using var answer = await client.GetAsync($"{supervisor.HttpAddress}/dashboard/", Cancellation);
        answer.EnsureSuccessStatusCode();
        Assert.Contains("MudBlazor.dll", LoadedBy(supervisor.Program.ProcessId));
    }

    [Fact]
    public async Task A_service_without_it_has_no_such_page()
    {
        await using var supervisor = await RunningSupervisor.StartAsync(
            workers: 1, settings: new Dictionary<string, string> { ["Listen__Dashboard"] = "false" });
        using var client = new HttpClient();
        using var answer = await client.GetAsync($"{supervisor.HttpAddress}/dashboard/", Cancellation);
        Assert.Equal(System.Net.HttpStatusCode.NotFound, answer.StatusCode);
    }

    [Fact]
    public async Task A_pool_of_the_command_serves_one_to_those_who_have_its_address()
    {
        using var directory = new TemporaryGate();
        using var command = Start("map", "wait_for_file", directory.Item, "--functions", Invoices.Library, "--workers", "1", "--dashboard");
        var address = await AddressAsync(command);
        await using (var tab = await chromium.OpenAsync())
        {
            await tab.Page.GotoAsync(address);
            await Expect(tab.Page.Locator("tr[data-worker=worker-1]")).ToBeVisibleAsync();
            Assert.DoesNotContain("key=", tab.Page.Url, StringComparison.Ordinal);
        }

        await using (var stranger = await chromium.OpenAsync())
        {
            stranger.MayComplain = true;
            await stranger.Page.GotoAsync(address[..address.IndexOf('?', StringComparison.Ordinal)]);
            await Expect(stranger.Page.GetByLabel("Token")).ToBeVisibleAsync();
        }

        directory.Open();
        await command.WaitForExitAsync(Cancellation).WaitAsync(SupervisorProgram.Limit, Cancellation);
        Assert.Equal(0, command.ExitCode);
    }

    [Fact]
    public async Task A_pool_of_the_command_without_it_loads_none_of_it()
    {
        using var directory = new TemporaryGate();
        using var command = Start("map", "wait_for_file", directory.Item, "--functions", Invoices.Library, "--workers", "1");
        await Eventually.AskAsync(
            () => Task.FromResult(ChildrenOf(command.Id)), children => children.Length > 0);
        Assert.Empty(LoadedBy(command.Id));
        directory.Open();
        await command.WaitForExitAsync(Cancellation).WaitAsync(SupervisorProgram.Limit, Cancellation);
        Assert.Equal(0, command.ExitCode);
    }

    private static string ChildrenOf(int processId) => string.Concat(
        Directory.EnumerateDirectories($"/proc/{processId}/task").Select(thread => File.ReadAllText(Path.Combine(thread, "children"))));

    private static IReadOnlyList<string> LoadedBy(int processId) =>
    [
        .. File.ReadLines($"/proc/{processId}/maps")
            .Select(line => Path.GetFileName(line))
            .Where(name => name is "MudBlazor.dll" or "WorkerPool.Dashboard.dll" or "Microsoft.AspNetCore.Components.Server.dll")
            .Distinct(),
    ];

    private static Process Start(params IEnumerable<string> arguments) => Process.Start(
        new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "workerpool.dll"), .. arguments])
        {
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        })!;

    private static async Task<string> AddressAsync(Process command)
    {
        while (await command.StandardError.ReadLineAsync(Cancellation).AsTask().WaitAsync(SupervisorProgram.Limit, Cancellation) is { } line)
        {
            if (DashboardLine().Match(line) is { Success: true } match)
            {
                return match.Groups[1].Value;
            }
        }

        throw new InvalidOperationException("The command ended without an address.");
    }

    [GeneratedRegex(@"Dashboard: (http://127\.0\.0\.1:\d+/dashboard/\?key=\S+)")]
    private static partial Regex DashboardLine();

    private sealed class TemporaryGate : IDisposable
    {
        private readonly DirectoryInfo _directory = System.IO.Directory.CreateTempSubdirectory("wp-gate-");

        public string Item => $"\"{File}\"";

        private string File => Path.Combine(_directory.FullName, "open");

        public void Open() => System.IO.File.WriteAllText(File, "");

        public void Dispose() => _directory.Delete(recursive: true);
    }
}
