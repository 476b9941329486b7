using Grpc.Core;
using Grpc.Net.Client;
using Microsoft.Playwright;
using WorkerPool.Dashboard.Tests.Browsers;
using WorkerPool.Supervisor.Security;

namespace WorkerPool.Dashboard.Tests;

/// <summary>A Supervisor on loopback that knows a viewer, a submitter and an admin by their tokens.</summary>
internal sealed class SecuredDashboard : IAsyncDisposable
{
    private readonly DirectoryInfo _files = Directory.CreateTempSubdirectory("wp-dashboard-");
    private readonly Dictionary<string, string> _tokens = Enum.GetNames<Role>().ToDictionary(name => name.ToLowerInvariant(), _ => ApiToken.New());

    /// <summary>The Supervisor; its clients are the admin's.</summary>
    public RunningSupervisor Running { get; private set; } = null!;

    /// <summary>Starts one.</summary>
    public static async Task<SecuredDashboard> StartAsync()
    {
        var secured = new SecuredDashboard();
        secured.Know("viewer", "submitter", "admin");
        secured.Running = await RunningSupervisor.StartAsync(
            workers: 2,
            [Invoices.Library],
            new Dictionary<string, string>
            {
                ["Security__Callers"] = secured.CallersFile,
                ["Security__ReloadInterval"] = "00:00:00.05",
            },
            connect: address => GrpcChannel.ForAddress(address, new GrpcChannelOptions
            {
                MaxReceiveMessageSize = null,
                UnsafeUseInsecureChannelCallCredentials = true,
                Credentials = ChannelCredentials.Create(ChannelCredentials.Insecure, CallCredentials.FromInterceptor((_, headers) =>
                {
                    headers.Add("authorization", $"Bearer {secured.TokenOf("admin")}");
                    return Task.CompletedTask;
                })),
            }));
        await secured.Running.WorkerProcessIdAsync();
        return secured;
    }

    /// <summary>A caller's token.</summary>
    /// <param name="caller">Its name.</param>
    public string TokenOf(string caller) => _tokens[caller];

    /// <summary>Knows these callers from now on, and no others.</summary>
    /// <param name="callers">Their names.</param>
    public void Know(params IEnumerable<string> callers) => File.WriteAllLines(
        CallersFile, callers.Select(name => $$"""{"name":"{{name}}","role":"{{name}}","token":"{{ApiToken.HashOf(_tokens[name])}}"}"""));

    /// <summary>Logs in as a person does.</summary>
    /// <param name="tab">Where.</param>
    /// <param name="caller">As whom.</param>
    public async Task LogInAsync(Tab tab, string caller)
    {
        await tab.Page.GotoAsync($"{Running.HttpAddress}/dashboard/");
        await tab.Page.GetByLabel("Token").FillAsync(TokenOf(caller));
        await tab.Page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Log in" }).ClickAsync();
        await tab.Page.Locator("main h1").First.WaitForAsync(new LocatorWaitForOptions { State = WaitForSelectorState.Attached });
        await tab.Page.Locator("header.top").WaitForAsync();
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await Running.DisposeAsync();
        _files.Delete(recursive: true);
    }

    private string CallersFile => Path.Combine(_files.FullName, "callers.jsonl");
}
