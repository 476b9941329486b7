using System.Globalization;
using System.Reflection;
using WorkerPool.Client;
using WorkerPool.Docs.Tests.Pages;
using WorkerPool.Docs.Tests.Programs;
using WorkerPool.Protocol.Errors;
using WorkerPool.Supervisor.Api;
using WorkerPool.Supervisor.Jobs;

namespace WorkerPool.Docs.Tests.Tables;

/// <summary>docs/errors.md lists every reason with its status, and every exit code; docs/sdk.md every exception.</summary>
public sealed class ReasonsTable
{
    private static readonly Page Shown = Page.Read("docs/errors.md");

    private static readonly IReadOnlyList<string[]> Rows = [.. Shown.Table("Items"), .. Shown.Table("Calls"), .. Shown.Table("Workers and keepers")];

    private static readonly (string Program, string Dll, string Type)[] Programs =
    [
        ("`workerpool`", "workerpool.dll", "WorkerPool.Cli.Running.ExitCodes"),
        ("Supervisor", "WorkerPool.Supervisor.dll", "WorkerPool.Supervisor.Hosting.SupervisorCommand"),
        ("keeper", "WorkerPool.WorkerHost.dll", "WorkerPool.WorkerHost.Keeping.KeeperCommand"),
    ];

    [Fact]
    public void Every_reason_has_a_row_and_every_row_is_a_reason()
    {
        var reasons = Constants(typeof(ErrorReasons)).Where(constant => constant.Key != nameof(ErrorReasons.Domain))
            .Concat(Constants(ClientReasons)).Select(constant => constant.Value);
        Assert.Equal(reasons.Order(StringComparer.Ordinal), Rows.Select(row => Cells.Code(row[0])).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_row_says_where_the_reason_comes_what_it_means_and_what_to_do() => Assert.All(Rows, row =>
    {
        Assert.Equal(4, row.Length);
        Assert.All(row, Assert.NotEmpty);
    });

    [Fact]
    public void A_reason_of_calls_comes_with_the_status_in_its_row() => Assert.All(
        Rows.Where(row => Cells.Code(row[1]).Length > 0),
        row => Assert.Equal(
            Cells.Code(row[1]).Replace("_", "", StringComparison.Ordinal),
            ApiErrors.From(new JobFailedException(Cells.Code(row[0]), "…")).StatusCode.ToString(),
            ignoreCase: true));

    [Fact]
    public void Reasons_of_the_sdk_alone_stand_on_its_page()
    {
        var text = Repository.Read("docs/sdk.md");
        Assert.All(Constants(ClientReasons), reason => Assert.Contains($"`{reason.Value}`", text, StringComparison.Ordinal));
    }

    [Fact]
    public void Every_exit_code_of_the_programs_has_a_row() => Assert.All(Programs, program =>
    {
        // The codes of the service and of keepers are constants of their commands; that all went well is none of them.
        var type = Assembly.LoadFrom(Path.Combine(BuiltPrograms.Folder, program.Dll)).GetType(program.Type, throwOnError: true)!;
        var codes = type.GetFields(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static)
            .Where(field => field.IsLiteral && field.FieldType == typeof(int)).Select(field => (int)field.GetRawConstantValue()!);
        Assert.Equal(
            codes.Append(0).Distinct().Order(),
            Shown.Table("Exit codes").Where(row => row[0] == program.Program).Select(row => int.Parse(row[1], CultureInfo.InvariantCulture)).Order());
    });

    [Fact]
    public void Every_exception_of_the_sdk_has_a_row()
    {
        var exceptions = typeof(Pool).Assembly.GetExportedTypes().Where(type => type.IsAssignableTo(typeof(Exception))).Select(type => type.Name);
        var rows = Page.Read("docs/sdk.md").Table("Exceptions").Select(row => Cells.Code(row[0]));
        Assert.Empty(exceptions.Except(rows));
    }

    private static Type ClientReasons => typeof(Pool).Assembly.GetType("WorkerPool.Client.Errors.ClientReasons", throwOnError: true)!;

    private static IEnumerable<KeyValuePair<string, string>> Constants(Type type) => type
        .GetFields(BindingFlags.Public | BindingFlags.Static)
        .Where(field => field.IsLiteral)
        .Select(field => KeyValuePair.Create(field.Name, (string)field.GetRawConstantValue()!));
}
