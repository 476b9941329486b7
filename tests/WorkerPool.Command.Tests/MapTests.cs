using System.Text.Json;

namespace WorkerPool.Command.Tests;

public sealed class MapTests
{
    [Fact]
    public async Task Items_of_the_command_line_become_lines_of_values()
    {
        var run = (await CommandRun.ToEndAsync("", "map", "square", "1", "-2", "1.5")).ShouldEndWith(0);
        Assert.Equal(["1", "4", "2.25"], run.Output);
        var closing = Assert.Single(run.Errors);
        Assert.Matches(@"^3 items: 3 succeeded, 0 failed, 0 cancelled; 0 restarts; \d+\.\d\d s elapsed, speed-up \d+\.\d$", closing);
    }

    [Fact]
    public async Task A_range_unordered_and_with_index_has_each_value_once()
    {
        var run = (await CommandRun.ToEndAsync("", "map", "square", "--range", "1..1000", "--unordered", "--with-index")).ShouldEndWith(0);
        var values = run.Output.Select(line => JsonElement.Parse(line))
            .ToDictionary(each => each.GetProperty("index").GetInt32(), each => each.GetProperty("value").GetInt32());
        Assert.Equal(Enumerable.Range(0, 1000), values.Keys.Order());
        Assert.All(values, each => Assert.Equal((each.Key + 1) * (each.Key + 1), each.Value));
    }

    [Fact]
    public async Task Stdin_is_json_lines_and_the_output_can_be_a_file()
    {
        var directory = Directory.CreateTempSubdirectory("wp-output-");
        try
        {
            var file = Path.Combine(directory.FullName, "sums.jsonl");
            var run = await CommandRun.ToEndAsync("[1, 2]\n\n{\"a\":3,\"b\":4}\n", "map", "add", "--input", "-", "--output", file);
            Assert.Empty(run.ShouldEndWith(0).Output);
            Assert.Equal(["3", "7"], await File.ReadAllLinesAsync(file, TestContext.Current.CancellationToken));
        }
        finally
        {
            directory.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task Shared_files_are_json_or_bytes_as_the_function_takes_them()
    {
        var directory = Directory.CreateTempSubdirectory("wp-shared-");
        try
        {
            var file = Path.Combine(directory.FullName, "shared");
            await File.WriteAllTextAsync(file, "{\"one\": 1}", TestContext.Current.CancellationToken);
            var asJson = await CommandRun.ToEndAsync("", "map", "look_up", "one", "--shared", $"table=@{file}", "--functions", Libraries.User);
            Assert.Equal(["1"], asJson.ShouldEndWith(0).Output);
            var asBytes = await CommandRun.ToEndAsync("", "map", "length_plus", "100", "--shared", $"bytes=@{file}", "--functions", Libraries.User);
            Assert.Equal(["110"], asBytes.ShouldEndWith(0).Output);
        }
        finally
        {
            directory.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task An_initializer_runs_before_the_items()
    {
        var run = await CommandRun.ToEndAsync(
            "", "map", "remembered", "1", "--initializer", "remember", "--initializer-args", "[\"Rosebud\"]", "--functions", Libraries.User);
        Assert.Equal(["\"Rosebud\""], run.ShouldEndWith(0).Output);
    }

    [Fact]
    public async Task An_initializer_that_throws_is_told_in_one_line()
    {
        var run = (await CommandRun.ToEndAsync(
            "", "map", "square", "1", "--initializer", "refuse", "--initializer-args", "[\"no table\"]", "--functions", Libraries.User)).ShouldEndWith(3);
        Assert.Equal("workerpool: The initializer \"refuse\" failed: System.InvalidOperationException: no table", Assert.Single(run.Errors));
    }

    [Fact]
    public async Task Lines_can_be_strings_as_they_are()
    {
        var run = await CommandRun.ToEndAsync("a b\n\n1\n", "map", "word_count", "--input", "-", "--lines");
        Assert.Equal(["2", "0", "1"], run.ShouldEndWith(0).Output);
    }

    [Fact]
    public async Task Failed_items_are_told_on_stderr_and_by_the_exit_code()
    {
        var run = (await CommandRun.ToEndAsync("", "map", "even_only", "2", "3", "4", "--functions", Libraries.User)).ShouldEndWith(1);
        Assert.Equal(["2", "4"], run.Output);
        Assert.Equal("item 1: FUNCTION_FAILED: System.FormatException: 3 is odd", run.Errors[0]);
        Assert.StartsWith("3 items: 2 succeeded, 1 failed, 0 cancelled; ", run.Errors[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_first_failure_ends_the_map_if_it_is_to()
    {
        var run = await CommandRun.ToEndAsync(
            "", "map", "even_only", "2", "3", "4", "--on-error", "stop", "--with-index", "--functions", Libraries.User);
        Assert.Equal("{\"index\":0,\"value\":2}", run.ShouldEndWith(1).Output[0]);
        Assert.StartsWith("{\"index\":1,\"error\":{\"reason\":\"FUNCTION_FAILED\",", run.Output[1], StringComparison.Ordinal);
        Assert.Equal(2, run.Output.Count);
    }

    [Fact]
    public async Task A_malformed_line_fails_alone_and_says_once_where_it_stands()
    {
        var run = (await CommandRun.ToEndAsync("1\n\noops\n3\n", "map", "square", "--input", "-")).ShouldEndWith(1);
        Assert.Equal(["1", "9"], run.Output);
        Assert.Equal(
            "item 1: ITEM_MALFORMED: stdin, line 3: not one JSON value: 'o' is an invalid start of a value, at byte 1.", run.Errors[0]);
    }

    [Fact]
    public async Task What_functions_print_goes_to_stderr_with_the_workers_name()
    {
        var run = await CommandRun.ToEndAsync("", "map", "print", "hello", "--workers", "1", "--functions", Libraries.User);
        Assert.Equal(["\"hello\""], run.ShouldEndWith(0).Output);
        Assert.Contains("[worker-1] out hello", run.Errors);
        Assert.Contains("[worker-1] err hello", run.Errors);
    }

    [Fact]
    public async Task Progress_off_a_terminal_is_plain_lines()
    {
        var run = (await CommandRun.ToEndAsync("", "map", "square", "--range", "1..10", "--progress", "always")).ShouldEndWith(0);
        Assert.Matches(@"^\[#+\] 10/10 done, 0 failed, \d+(\.\d)?/s(, \d workers?)?, 0:00 left$", run.Errors[^2]);
        Assert.DoesNotContain(run.Errors, line => line.Contains('\u001b') || line.Contains('\r'));
    }

    [Fact]
    public async Task Options_of_a_job_are_taken()
    {
        var run = await CommandRun.ToEndAsync(
            "", "map", "square", "3", "--max-workers", "1", "--weight", "2.5", "--label", "a b", "--chunk-size", "2", "--item-timeout", "1m");
        Assert.Equal(["9"], run.ShouldEndWith(0).Output);
    }

    [Fact]
    public async Task Raw_strings_are_text_and_all_else_is_json()
    {
        var run = await CommandRun.ToEndAsync("", "map", "echo", "\"a\\n\\\"b\\\"\"", "12", "[\"c\"]", "\"grüße\"", "--raw", "--workers", "1");
        Assert.Equal(["a", "\"b\"", "12", "[\"c\"]", "grüße"], run.ShouldEndWith(0).Output);

        Assert.Equal(["3.14159"], (await CommandRun.ToEndAsync("", "apply", "pi_bbp_digits", "5", "--raw", "--workers", "1")).ShouldEndWith(0).Output);
    }

    [Fact]
    public async Task Items_may_each_name_a_function_of_their_own()
    {
        var run = await CommandRun.ToEndAsync(
            "", "map", "--calls", "{\"function\":\"square\",\"item\":3}", "[\"power\",[2,10]]", "[\"sqare\",1]", "--workers", "1");
        Assert.Equal(["9", "1024"], run.ShouldEndWith(1).Output);
        Assert.StartsWith("item 2: UNKNOWN_FUNCTION: ", run.Errors[0], StringComparison.Ordinal);

        var lines = await CommandRun.ToEndAsync("[\"cube\",2]\n[\"echo\",\"x\"]\n", "map", "--calls", "--input", "-", "--workers", "1");
        Assert.Equal(["8", "\"x\""], lines.ShouldEndWith(0).Output);
    }

    [Fact]
    public async Task An_apply_writes_its_value_or_fails()
    {
        Assert.Equal(["1024"], (await CommandRun.ToEndAsync("", "apply", "power", "2", "10", "--workers", "1")).ShouldEndWith(0).Output);
        var failed = (await CommandRun.ToEndAsync("", "apply", "fail", "boom", "--workers", "1")).ShouldEndWith(1);
        Assert.Contains("FUNCTION_FAILED", Assert.Single(failed.Errors), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Functions_are_listed_as_json_lines()
    {
        var run = (await CommandRun.ToEndAsync("", "functions", "--json", "--workers", "1")).ShouldEndWith(0);
        Assert.Contains("square", run.Output.Select(line => JsonElement.Parse(line).GetProperty("name").GetString()));
        Assert.Contains("builtIn", run.Output.Select(line => JsonElement.Parse(line).GetProperty("origin").GetString()));
    }

    [Fact]
    public async Task A_function_is_described_in_full_and_a_mistyped_one_told_with_a_near_name()
    {
        var run = (await CommandRun.ToEndAsync("", "functions", "power", "--workers", "1")).ShouldEndWith(0);
        Assert.Equal("power(base: number, exponent: number) -> number", run.Output[0]);
        Assert.Contains("  { \"type\": \"number\" }", run.Output);
        Assert.Equal("from the built-in functions", run.Output[^1]);

        var unknown = (await CommandRun.ToEndAsync("", "functions", "powr", "--workers", "1")).ShouldEndWith(2);
        Assert.Contains("Did you mean \"power\"?", Assert.Single(unknown.Errors), StringComparison.Ordinal);
    }
}
