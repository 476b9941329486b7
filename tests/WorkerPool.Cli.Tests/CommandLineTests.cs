using WorkerPool.Cli.Commands;
using WorkerPool.Cli.Output;
using WorkerPool.Cli.Running;
using WorkerPool.Client;

namespace WorkerPool.Cli.Tests;

public sealed class CommandLineTests
{
    private const string Nowhere = "--address=http://127.0.0.1:1";

    [Theory]
    [InlineData("map", "There is no", "echo", "1", "--frob")]
    [InlineData("map", "There is no", "echo", "-x")]
    [InlineData("map", "There are no items", "echo")]
    [InlineData("map", "in one way only", "echo", "1", "--range", "1..2")]
    [InlineData("map", "in one way only", "echo", "--input", "-", "--range", "1..2")]
    [InlineData("map", "--lines is for", "echo", "1", "--lines")]
    [InlineData("map", "--range has to be", "echo", "--range", "1-2")]
    [InlineData("map", "--chunk-size has to be", "echo", "1", "--chunk-size", "0")]
    [InlineData("map", "--item-timeout has to be", "echo", "1", "--item-timeout", "0")]
    [InlineData("map", "--retries has to be", "echo", "1", "--retries", "101")]
    [InlineData("map", "--on-error has to be", "echo", "1", "--on-error", "panic")]
    [InlineData("map", "--progress has to be", "echo", "1", "--progress", "maybe")]
    [InlineData("map", "--workers has to be", "echo", "1", "--workers", "many")]
    [InlineData("map", "cannot be given with --address", "echo", "1", "--workers", "2", Nowhere)]
    [InlineData("map", "cannot be given with --address", "echo", "1", "--functions", "x.dll", Nowhere)]
    [InlineData("map", "is not an address", "echo", "1", "--address", "pool")]
    [InlineData("map", "cannot be read", "echo", "--input", "/does/not/exist")]
    [InlineData("map", "cannot be written", "echo", "1", "--output", "/does/not/exist")]
    [InlineData("map", "FUNCTION")]
    [InlineData("map", "There are no items", "--exec", "cat {}")]
    [InlineData("map", "in one way only", "--exec", "cat {}", "a", "--range", "1..2")]
    [InlineData("map", "cannot be given with --address", "--exec", "cat {}", "a", Nowhere)]
    [InlineData("apply", "cannot be given with --address", "--exec", "cat {}", Nowhere)]
    [InlineData("map", "give one of them", "--exec", "cat {}", "a", "--functions", "x.dll")]
    [InlineData("map", "--exec-input has to be arguments or stdin; it is 'stdout'", "--exec", "cat", "a", "--exec-input", "stdout")]
    [InlineData("map", "--exec-output has to be text, json or bytes; it is '1'", "--exec", "cat", "a", "--exec-output", "1")]
    [InlineData("map", "--exec-shell is for the program of --exec.", "echo", "a", "--exec-shell")]
    [InlineData("map", "--exec-output is for the program of --exec.", "echo", "a", "--exec-output", "json")]
    [InlineData("map", "--exec: there is no program \"ehco\" in the directories of PATH. Did you mean \"echo\"?", "--exec", "ehco {}", "a")]
    [InlineData("map", "--exec: | is for a shell", "--exec", "cat {} | wc", "a")]
    [InlineData("map", "--exec: a shell has the item as \"$1\"", "--exec", "cat {} | wc", "a", "--exec-shell")]
    [InlineData("map", "--exec: the quote", "--exec", "cat '{}", "a")]
    [InlineData("apply", "There is no", "echo", "--input", "-")]
    [InlineData("map", "--max-workers has to be", "echo", "1", "--max-workers", "0")]
    [InlineData("map", "--weight has to be", "echo", "1", "--weight", "1001")]
    [InlineData("map", "--weight has to be", "echo", "1", "--weight", "-1")]
    [InlineData("jobs", "--state has to be one of running, completed, stopped, cancelled, failed; it is 'unknown'", "--state", "unknown")]
    [InlineData("jobs", "--limit has to be", "--limit", "0")]
    [InlineData("jobs", "not both", "--limit", "3", "--all")]
    [InlineData("jobs", "is not an address", "--address", "pool")]
    [InlineData("cancel", "JOB")]
    [InlineData("cancel", "JOB is empty", "")]
    [InlineData("resize", "N has to be", "0")]
    [InlineData("resize", "N has to be", "many")]
    [InlineData("recycle", "WORKER")]
    [InlineData("recycle", "WORKER is missing", " ")]
    [InlineData("recycle", "takes no WORKER", "worker-1", "--all")]
    [InlineData("drain", "--grace has to be", "--grace", "-1")]
    [InlineData("events", "--from has to be", "--from", "x")]
    [InlineData("frob", "frob")]
    public async Task Wrong_usage_is_said_before_anything_runs(string command, string message, params string[] arguments)
    {
        var thrown = await Assert.ThrowsAsync<UsageException>(() => RunAsync([command, .. arguments]));
        Assert.Contains(message, thrown.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("square", "-3", "-4.5")]
    [InlineData("echo", "--", "--frob", "-x")]
    [InlineData("echo", "@file", "-1", "a b", "{\"a\":1}")]
    [InlineData("square", "--range", "-5..5")]
    [InlineData("square", "--range=5..-5..-1", "--unordered", "--with-index", "--chunk-size", "auto")]
    [InlineData("square", "1", "2", "--retries", "3", "3", "--item-timeout", "500ms", "--on-error", "stop")]
    public async Task Right_usage_goes_on_to_the_pool(params string[] arguments)
    {
        await Assert.ThrowsAsync<PoolUnreachableException>(() => RunAsync(["map", Nowhere, "--progress", "never", .. arguments]));
    }

    [Fact]
    public async Task Several_addresses_are_all_tried()
    {
        var thrown = await Assert.ThrowsAsync<PoolUnreachableException>(
            () => RunAsync(["map", "square", "1", "--address", "http://127.0.0.1:1, unix:///nowhere/pool.sock"]));
        Assert.Contains("http://127.0.0.1:1 or unix:///nowhere/pool.sock", thrown.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("workers", "--json")]
    [InlineData("jobs", "--state", "running", "--label", "nightly", "--limit", "5")]
    [InlineData("jobs", "--all", "--json")]
    [InlineData("cancel", "job-3")]
    [InlineData("resize", "4")]
    [InlineData("recycle", "worker-2")]
    [InlineData("recycle", "--all")]
    [InlineData("drain", "--grace", "0")]
    [InlineData("events", "--follow", "--from", "12", "--json")]
    public async Task Operators_commands_go_on_to_the_pool(params string[] arguments) =>
        await Assert.ThrowsAsync<PoolUnreachableException>(() => RunAsync([.. arguments, Nowhere]));

    [Theory]
    [InlineData("workerpool map", "map", "apply")]
    [InlineData("workerpool apply", "apply", "map")]
    [InlineData("workerpool", "frob")]
    public void Help_is_of_the_command_that_was_given_first(string name, params string[] arguments) =>
        Assert.Equal(name, new CommandLine().NameOf(arguments));

    private static async Task<int> RunAsync(string[] arguments)
    {
        using var ending = new Ending();
        using var status = new StatusLine(new StringWriter(), isTerminal: false, sharesTerminal: false);
        return await new CommandLine().RunAsync(arguments, status, ending);
    }
}
