using Microsoft.Extensions.Configuration;
using WorkerPool.Processes.Programs;
using WorkerPool.Supervisor.Configuration;

namespace WorkerPool.Supervisor.Tests.Configuration;

public sealed class ProgramSettingsTests
{
    [Fact]
    public void A_command_is_a_line_or_words()
    {
        var programs = Bound(
            ("Pool:Programs:line:Command", "wc -c {}"),
            ("Pool:Programs:words:Command:0", "wc"),
            ("Pool:Programs:words:Command:1", "-c"));
        Assert.Equal("wc -c {}", programs["line"].Command.Line);
        Assert.Empty(programs["line"].Command);
        Assert.Null(programs["words"].Command.Line);
        Assert.Equal(["wc", "-c"], programs["words"].Command);
    }

    [Fact]
    public void Every_setting_is_read()
    {
        var program = Bound(
            ("Pool:Programs:p:Command", "exit 0"),
            ("Pool:Programs:p:Input", "stdin"),
            ("Pool:Programs:p:Output", "Json"),
            ("Pool:Programs:p:Summary", "Nothing."),
            ("Pool:Programs:p:Shell", "true"),
            ("Pool:Programs:p:Directory", "/tmp"),
            ("Pool:Programs:p:Environment:LANG", "C"))["p"];
        Assert.Equal((ProgramInput.Stdin, ProgramOutput.Json, "Nothing.", true, "/tmp", "C"),
            (program.Input, program.Output, program.Summary, program.Shell, program.Directory, program.Environment["LANG"]));
    }

    [Fact]
    public void Faults_are_told_with_their_settings_beside_those_of_the_pool()
    {
        var options = new PoolOptions { MaxCrashes = 0, Programs = { ["a"] = new() { Command = "{}" }, [" b"] = new() { Command = "cat" } } };
        Assert.Equal(
            [
                "Pool:MaxCrashes is \"0\"; expected 1 to 100.",
                "Pool:Programs:a:Command: the program itself cannot come from an item; it is \"{}\".",
                "Pool:Programs: b: the name of a function is not empty and has no spaces around it.",
            ],
            new PoolOptionsValidator().Validate(null, options).Failures);
    }

    private static IDictionary<string, ProgramOptions> Bound(params (string Key, string Value)[] settings)
    {
        var options = new PoolOptions();
        new ConfigurationBuilder()
            .AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create<string, string?>(setting.Key, setting.Value)))
            .Build()
            .GetSection(PoolOptions.Section)
            .Bind(options, binder => binder.ErrorOnUnknownConfiguration = true);
        return options.Programs;
    }
}
