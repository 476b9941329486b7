using WorkerPool.Docs.Tests.Pages;
using WorkerPool.Processes.Programs;

namespace WorkerPool.Docs.Tests.Tables;

/// <summary>docs/programs.md lists every setting of a program.</summary>
public sealed class ProgramsTable
{
    [Fact]
    public void Every_setting_has_a_row_and_every_row_is_a_setting() => Assert.Equal(
        typeof(ProgramOptions).GetProperties().Select(property => property.Name).Order(StringComparer.Ordinal),
        Page.Read("docs/programs.md").Table("In a service").Select(row => Cells.Code(row[0])).Order(StringComparer.Ordinal));
}
