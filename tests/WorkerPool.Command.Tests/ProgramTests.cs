using System.Globalization;

namespace WorkerPool.Command.Tests;

public sealed class ProgramTests : IDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("wp-exec-");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Two_hundred_files_of_which_one_fails_come_in_order_with_one_error()
    {
        var files = Enumerable.Range(0, 200).Select(n => Path.Combine(_directory.FullName, $"file-{n}.txt")).ToArray();
        foreach (var (n, file) in files.Index().Where(each => each.Index != 77))
        {
            await File.WriteAllTextAsync(file, $"this is\n{n}\n", Cancellation);
        }

        var run = (await CommandRun.ToEndAsync("", ["map", "--exec", "cat {}", "--", .. files])).ShouldEndWith(1);
        Assert.Equal(Enumerable.Range(0, 200).Where(n => n != 77).Select(n => $"\"this is\\n{n}\""), run.Output);
        var error = Assert.Single(run.Errors, line => line.StartsWith("item ", StringComparison.Ordinal));
        Assert.StartsWith("item 77: PROGRAM_FAILED: cat ended with exit code 1: ", error, StringComparison.Ordinal);
        Assert.Contains("file-77.txt: No such file or directory", error, StringComparison.Ordinal);
        Assert.Single(run.Errors, line => line.Contains("file-77.txt", StringComparison.Ordinal));
        Assert.StartsWith("200 items: 199 succeeded, 1 failed, 0 cancelled; 0 restarts; ", run.Errors[^1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Words_are_items_and_not_the_name_of_a_function()
    {
        var run = await CommandRun.ToEndAsync("", "map", "--exec", "printf <%s>", "square", "-2", "a b", "'", "--workers", "1");
        Assert.Equal(["\"<square>\"", "\"<-2>\"", "\"<a b>\"", "\"<'>\""], run.ShouldEndWith(0).Output);
    }

    [Fact]
    public async Task Lines_of_stdin_can_be_read_by_programs_on_stdin_and_their_json_is_the_value()
    {
        var run = await CommandRun.ToEndAsync(
            "a\nb c\n\n", "map", "--exec", "wc -c", "--exec-input", "stdin", "--exec-output", "json", "--input", "-", "--lines", "--with-index");
        Assert.Equal(["{\"index\":0,\"value\":1}", "{\"index\":1,\"value\":3}", "{\"index\":2,\"value\":0}"], run.ShouldEndWith(0).Output);
    }

    [Fact]
    public async Task A_shell_runs_pipelines_that_end_as_they_should()
    {
        var run = (await CommandRun.ToEndAsync("", "map", "--exec", "yes \"$1\" | head -n 2", "--exec-shell", "a", "$HOME")).ShouldEndWith(0);
        Assert.Equal(["\"a\\na\"", "\"$HOME\\n$HOME\""], run.Output);
        Assert.Single(run.Errors);
    }

    [Fact]
    public async Task What_a_program_writes_to_stderr_is_shown_with_its_worker()
    {
        var run = await CommandRun.ToEndAsync("", "map", "--exec", "sh -c 'echo fine; echo careful >&2'", "a", "--workers", "1");
        Assert.Equal(["\"fine\""], run.ShouldEndWith(0).Output);
        Assert.Contains("[worker-1] careful", run.Errors);
    }

    [Fact]
    public async Task A_program_over_its_time_is_an_error_and_the_others_go_on()
    {
        var run = (await CommandRun.ToEndAsync("", "map", "--exec", "sleep {}", "0", "3600", "0", "--item-timeout", "3s")).ShouldEndWith(1);
        Assert.Equal(["\"\"", "\"\""], run.Output);
        Assert.StartsWith("item 1: ITEM_TIMEOUT: ", run.Errors[0], StringComparison.Ordinal);
        Assert.Contains("0 restarts", run.Errors[^1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_apply_runs_a_program_once()
    {
        Assert.Equal(["\"a-b\""], (await CommandRun.ToEndAsync("", "apply", "--exec", "printf %s-%s", "a", "b", "--workers", "1")).ShouldEndWith(0).Output);
        var failed = (await CommandRun.ToEndAsync("", "apply", "--exec", "false", "--workers", "1")).ShouldEndWith(1);
        Assert.Equal("workerpool: PROGRAM_FAILED: false ended with exit code 1, and wrote nothing to stderr", Assert.Single(failed.Errors));
    }

    [Theory]
    [InlineData(ProcessSignals.Interrupt)]
    [InlineData(ProcessSignals.Kill)]
    public async Task However_the_command_ends_so_does_the_program_with_all_it_has_started(int signal)
    {
        var file = Path.Combine(_directory.FullName, "pids");
        await using var run = CommandRun.Start(
            "map", "--exec", "sleep 3600 & echo $$ $! > \"$1.new\"; mv \"$1.new\" \"$1\"; wait", "--exec-shell", file);
        await Eventually.AskAsync(() => Task.FromResult(File.Exists(file)), isThere => isThere);
        var processes = (await File.ReadAllTextAsync(file, Cancellation)).Split(' ').Select(id => int.Parse(id, CultureInfo.InvariantCulture)).ToArray();
        run.Signal(signal);
        await run.EndAsync();
        Assert.DoesNotContain(processes, ProcessSignals.IsAlive);
    }

    public void Dispose() => _directory.Delete(recursive: true);
}
