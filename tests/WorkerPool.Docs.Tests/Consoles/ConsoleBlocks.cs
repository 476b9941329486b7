using WorkerPool.Docs.Tests.Pages;
using WorkerPool.Docs.Tests.Programs;

namespace WorkerPool.Docs.Tests.Consoles;

/// <summary>A command on a page prints what the page shows.</summary>
public sealed class ConsoleBlocks
{
    // Run by whoever runs these tests.
    private static readonly string[] RunElsewhere = ["dotnet test"];

    public static TheoryData<string> PagesWithCommands => [.. Repository.Pages.Where(page => Commands(page).Any(command => !command.IsCall))];

    public static TheoryData<string> PagesWithCalls => [.. Repository.Pages.Where(page => Commands(page).Any(command => command.IsCall))];

    [Theory]
    [MemberData(nameof(PagesWithCommands))]
    public Task Commands_print_what_the_page_shows(string page) => TypeAllAsync(page, calls: false, buf: null);

    [Theory]
    [MemberData(nameof(PagesWithCalls))]
    public Task Calls_print_what_the_page_shows(string page) => TypeAllAsync(page, calls: true, Tools.RequireBuf());

    private static IEnumerable<ConsoleCommand> Commands(string page) => Page.Read(page).Blocks
        .Where(block => block.Language == "console")
        .SelectMany(ConsoleCommand.In)
        .Where(command => page != PackedPage.Path && !RunElsewhere.Any(start => command.Line.StartsWith(start, StringComparison.Ordinal)));

    private static async Task TypeAllAsync(string page, bool calls, string? buf)
    {
        await using var session = new PageSession(buf);
        foreach (var command in Commands(page).Where(command => command.StartsSupervisor || command.IsCall == calls))
        {
            var run = command.StartsSupervisor ? await session.StartSupervisorAsync(command)
                : command.StartsKeeper ? await session.StartKeeperAsync(command)
                : await session.TypeAsync(command);
            Assert.True(
                ExpectedOutput.Matches(command.Output, run.Output, run.Errors),
                $"{command.Place}: {command.Line}\nis to print\n{string.Join('\n', command.Output)}\nbut ended with {run}");
        }
    }
}
