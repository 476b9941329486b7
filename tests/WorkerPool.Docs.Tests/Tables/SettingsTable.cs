using System.Collections;
using System.Globalization;
using System.Reflection;
using WorkerPool.Docs.Tests.Pages;
using WorkerPool.Docs.Tests.Programs;
using WorkerPool.Supervisor.Configuration;
using WorkerPool.Supervisor.Security;

namespace WorkerPool.Docs.Tests.Tables;

/// <summary>docs/service.md lists every setting, with its default, and every option of the command line.</summary>
public sealed class SettingsTable
{
    private static readonly IReadOnlyList<string[]> Rows = Page.Read("docs/service.md").Table("Settings");

    private static readonly Dictionary<string, object?> Settings =
        Of(PoolOptions.Section, new PoolOptions()).Concat(Of(ListenOptions.Section, new ListenOptions()))
            .Concat(Of(SecurityOptions.Section, new SecurityOptions())).ToDictionary();

    [Fact]
    public async Task Every_option_of_a_keeper_is_on_its_page()
    {
        var help = await BuiltPrograms.RunAsync("WorkerPool.WorkerHost.dll", "keeper", "--help");
        var settings = Page.Read("docs/keepers.md").Table("Settings").Select(row => Cells.Code(row[0])).ToList();
        var options = OptionsTable.OptionsIn(help.Output).Select(option => option.Split(' ')[0].TrimStart('-')).ToList();
        Assert.True(options.Count >= 4, help.ToString());
        Assert.All(options, option => Assert.Contains($"Keeper:{option}", settings, StringComparer.OrdinalIgnoreCase));
    }

    [Fact]
    public void Every_setting_has_a_row_and_every_row_is_a_setting() =>
        Assert.Equal(Settings.Keys.Order(StringComparer.Ordinal), Rows.Select(row => Cells.Code(row[0])).Order(StringComparer.Ordinal));

    [Fact]
    public void A_row_says_unit_range_default_and_meaning() => Assert.All(Rows, row =>
    {
        Assert.Equal(5, row.Length);
        Assert.All(row, Assert.NotEmpty);
    });

    [Fact]
    public void Defaults_are_those_of_the_program() => Assert.All(Rows, row =>
    {
        var expected = Written(Settings[Cells.Code(row[0])]);
        Assert.True(row[3] == expected, $"{row[0]} is {expected} by default; the page says {row[3]}.");
    });

    [Fact]
    public async Task Every_option_of_the_program_has_a_row()
    {
        var help = await BuiltPrograms.RunAsync("WorkerPool.Supervisor.dll", "--help");
        Assert.Equal(OptionsTable.OptionsIn(help.Output), OptionsTable.NamesIn(Page.Read("docs/service.md").Table("Command line")));
    }

    private static string Written(object? value) => value switch
    {
        bool flag => flag ? "`true`" : "`false`",
        TimeSpan { Milliseconds: not 0 } time => $"`{time.ToString("c", CultureInfo.InvariantCulture).TrimEnd('0')}`",
        "" or (IEnumerable and not string) => "none",
        _ => string.Create(CultureInfo.InvariantCulture, $"`{value}`"),
    };

    private static IEnumerable<KeyValuePair<string, object?>> Of<T>(string section, T options) => typeof(T)
        .GetProperties(BindingFlags.Public | BindingFlags.Instance)
        .Where(property => property.SetMethod is not null)
        .SelectMany(property => property.GetValue(options) is KeeperOptions keepers
            ? Of($"{section}:{property.Name}", keepers)
            : [KeyValuePair.Create($"{section}:{property.Name}", property.GetValue(options))]);
}
