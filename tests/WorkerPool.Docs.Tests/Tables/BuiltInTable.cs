using WorkerPool.Docs.Tests.Pages;
using WorkerPool.Local;

namespace WorkerPool.Docs.Tests.Tables;

/// <summary>docs/functions.md lists the functions that every pool has.</summary>
public sealed class BuiltInTable
{
    [Fact]
    public async Task The_table_lists_what_a_pool_lists()
    {
        await using var pool = await LocalPool.StartAsync(new LocalPoolOptions { Workers = "1" }, TestContext.Current.CancellationToken);
        var functions = await pool.ListFunctionsAsync(TestContext.Current.CancellationToken);
        var rows = Page.Read("docs/functions.md").Table("Built-in functions");
        Assert.Equal(
            functions.Select(function => $"{function.Signature}: {function.Summary}"),
            rows.Select(row => $"{Cells.Code(row[0])}: {row[1]}"));
    }
}
