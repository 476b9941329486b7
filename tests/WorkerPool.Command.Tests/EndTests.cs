using System.Diagnostics;

namespace WorkerPool.Command.Tests;

public sealed class EndTests
{
    [Theory]
    [InlineData(ProcessSignals.Interrupt, 130)]
    [InlineData(ProcessSignals.Terminate, 143)]
    public async Task A_signal_ends_the_command_while_an_item_runs(int signal, int exitCode)
    {
        using var gate = new Gate();
        await using var run = CommandRun.Start("map", "read_file", gate.Path, "--workers", "1", "--functions", Libraries.User);
        await using var held = await gate.EnteredAsync();
        run.Signal(signal);
        var result = (await run.EndAsync()).ShouldEndWith(exitCode);
        Assert.Empty(result.Output);
        Assert.Empty(result.Errors);
    }

    [Fact]
    public async Task A_reader_that_goes_ends_a_busy_map()
    {
        await using var run = CommandRun.StartScript(
            """yes 1 | dotnet "$1" map square --input - --workers 1 | head -5; echo "${PIPESTATUS[1]}" """);
        var result = (await run.EndAsync()).ShouldEndWith(0);
        Assert.Equal(["1", "1", "1", "1", "1", "141"], result.Output);
        Assert.Empty(result.Errors);
    }

    [Fact]
    public async Task A_reader_that_goes_ends_a_map_that_has_nothing_to_write()
    {
        using var gate = new Gate();
        await using var run = CommandRun.Start("map", "read_file", gate.Path, "--workers", "1", "--functions", Libraries.User);
        await using var held = await gate.EnteredAsync();
        run.CloseOutput();
        Assert.Empty((await run.EndAsync()).ShouldEndWith(141).Errors);
    }

    [Fact]
    public async Task A_worker_killed_in_the_middle_changes_nothing_but_the_count_of_restarts()
    {
        using var gate = new Gate();
        await using var run = CommandRun.Start(
            "map", "read_file", "/dev/null", gate.Path, "/dev/null", "--workers", "1", "--functions", Libraries.User);
        Assert.Equal("\"\"", await run.OutputLineAsync());
        await using (await gate.EnteredAsync())
        {
            using var worker = Process.GetProcessById(Assert.Single(run.WorkerProcessIds));
            worker.Kill();

            // Until it is dead it would go through the gate next time as well.
            await worker.WaitForExitAsync(TestContext.Current.CancellationToken).WaitAsync(CommandRun.Limit, TestContext.Current.CancellationToken);
        }

        await gate.OpenAsync("through");
        var result = (await run.EndAsync()).ShouldEndWith(0);
        Assert.Equal(["\"\"", "\"through\"", "\"\""], result.Output);
        Assert.StartsWith("3 items: 3 succeeded, 0 failed, 0 cancelled; 1 restart; ", result.Errors[^1], StringComparison.Ordinal);
    }
}
