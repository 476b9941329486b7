using System.Collections.Concurrent;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace WorkerPool.Dashboard.Tests.Browsers;

/// <summary>
/// A tab of a browser. Disposing it fails the test if the page complained, threw, or asked anybody but its own host.
/// </summary>
public sealed class Tab : IAsyncDisposable
{
    private readonly ConcurrentQueue<string> _complaints = new();
    private readonly ConcurrentQueue<string> _hosts = new();
    private readonly IBrowserContext _context;

    private Tab(IBrowserContext context, IPage page)
    {
        _context = context;
        Page = page;
        page.SetDefaultTimeout((float)SupervisorProgram.Limit.TotalMilliseconds);
        page.Console += (_, message) => Note(message.Type is "error" or "warning", $"{message.Type}: {message.Text}");
        page.PageError += (_, error) => Note(true, $"thrown: {error}");
        page.Request += (_, request) => NoteHost(request.Url);
        page.WebSocket += (_, socket) => NoteHost(socket.Url);
    }

    /// <summary>The page.</summary>
    public IPage Page { get; }

    /// <summary>Whether the page is to complain, because that is what the test is about.</summary>
    public bool MayComplain { get; set; }

    /// <summary>Opens a tab.</summary>
    /// <param name="context">Its cookies, window and colours.</param>
    public static async Task<Tab> OpenAsync(IBrowserContext context) => new(context, await context.NewPageAsync());

    /// <summary>Goes to a page of a dashboard and waits until it shows something.</summary>
    /// <param name="http">Where the Supervisor serves HTTP.</param>
    /// <param name="path">The page, such as <c>jobs/job-1</c>. Default: the first one.</param>
    public async Task GoAsync(string http, string path = "")
    {
        await Page.GotoAsync($"{http.TrimEnd('/')}/dashboard/{path}");
        await Page.Locator("main h1").First.WaitForAsync(new LocatorWaitForOptions { State = WaitForSelectorState.Attached });
    }

    /// <summary>Fails if axe-core finds a fault that is serious or critical.</summary>
    public async Task ShouldBeAccessibleAsync()
    {
        var found = await Page.RunAxe();
        var faults = found.Violations.Where(violation => violation.Impact is "serious" or "critical");
        Assert.True(!faults.Any(), string.Join("\n", faults.SelectMany(
            fault => fault.Nodes.Select(node => $"{fault.Impact} {fault.Id}: {fault.Help}: {node.Html}"))));
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _context.CloseAsync();
        Assert.Single(_hosts.Distinct());
        if (!MayComplain)
        {
            Assert.True(_complaints.IsEmpty, string.Join("\n", _complaints));
        }
    }

    private void NoteHost(string url)
    {
        if (Uri.TryCreate(url, UriKind.Absolute, out var uri) && uri.Scheme is ("http" or "https" or "ws" or "wss"))
        {
            _hosts.Enqueue(uri.Authority);
        }
    }

    private void Note(bool isComplaint, string text)
    {
        if (isComplaint)
        {
            _complaints.Enqueue(text);
        }
    }
}
