using System.Reflection;
using Microsoft.Extensions.Logging;
using WorkerPool.Docs.Tests.Pages;
using WorkerPool.Docs.Tests.Programs;

namespace WorkerPool.Docs.Tests.Tables;

/// <summary>docs/logs.md lists every event that our programs log, word for word.</summary>
public sealed class EventsTable
{
    private static readonly string[] Programs = ["WorkerPool.Supervisor.dll", "WorkerPool.WorkerHost.dll", "WorkerPool.Tls.dll", "WorkerPool.Processes.dll"];

    private static readonly IReadOnlyList<string[]> Rows = Page.Read("docs/logs.md").Table("Events");

    private static readonly IReadOnlyList<LoggerMessageAttribute> Events =
    [
        .. Programs.Select(program => Assembly.LoadFrom(Path.Combine(BuiltPrograms.Folder, program)))
            .SelectMany(assembly => assembly.GetTypes())
            .SelectMany(type => type.GetMethods(BindingFlags.Static | BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly))
            .Select(method => method.GetCustomAttribute<LoggerMessageAttribute>()).OfType<LoggerMessageAttribute>(),
    ];

    [Fact]
    public void Every_event_has_a_row_with_its_level_and_its_words() => Assert.Equal(
        Events.Select(each => $"{each.EventId} {each.Level} {each.Message}").Order(StringComparer.OrdinalIgnoreCase),
        Rows.Select(row => $"{row[0]} {row[1]} {Cells.Code(row[2])}").Order(StringComparer.OrdinalIgnoreCase),
        StringComparer.OrdinalIgnoreCase);

    [Fact]
    public void No_two_events_have_one_id() => Assert.Equal(Events.Count, Events.Select(each => each.EventId).Distinct().Count());

    [Fact]
    public void A_row_says_what_its_event_means() => Assert.All(Rows, row => Assert.NotEmpty(row[3]));
}
