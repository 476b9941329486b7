namespace WorkerPool.Command.Tests;

public sealed class MistakeTests
{
    [Theory]
    [InlineData("map", "There is no option '--frob'", "echo", "1", "--frob")]
    [InlineData("map", "There are no items", "echo")]
    [InlineData("map", "in one way only", "echo", "1", "--range", "1..2")]
    [InlineData("map", "--chunk-size has to be", "echo", "1", "--chunk-size", "0")]
    [InlineData("map", "--shared has to be NAME=JSON", "power", "1", "--shared", "base")]
    [InlineData("map", "--shared base is given twice", "power", "1", "--shared", "base=1", "--shared", "base=2")]
    [InlineData("map", "/does/not/exist cannot be read", "power", "1", "--shared", "base=@/does/not/exist")]
    [InlineData("map", "--initializer-args is for an --initializer", "echo", "1", "--initializer-args", "[]")]
    [InlineData("map", "--initializer-args has to be", "echo", "1", "--initializer", "echo", "--initializer-args", "1")]
    [InlineData("map", "--raw writes text and --with-index JSON", "echo", "1", "--raw", "--with-index")]
    [InlineData("map", "--exec runs one program on all items", "--exec", "cat", "--calls", "1")]
    [InlineData("map", "There are no items", "--calls")]
    [InlineData("map", "--weight has to be", "echo", "1", "--weight", "0")]
    [InlineData("map", "--workers has to be", "echo", "1", "--workers", "many")]
    [InlineData("map", "--concurrency has to be a number from 1 to 256; it is 'many'", "echo", "1", "--concurrency", "many")]
    [InlineData("map", "--concurrency has to be a number from 1 to 256; it is '0'", "echo", "1", "--concurrency", "0")]
    [InlineData("map", "--workers, --concurrency and --functions are for a pool the command starts", "echo", "1", "--concurrency", "2", "--address", "http://127.0.0.1:1")]
    [InlineData("map", "--input /does/not/exist cannot be read", "echo", "--input", "/does/not/exist")]
    [InlineData("jobs", "--state has to be one of", "--state", "frob")]
    [InlineData("resize", "N has to be", "none")]
    [InlineData("drain", "--grace has to be", "--grace", "soon")]
    public async Task Wrong_usage_is_explained(string command, string message, params string[] arguments)
    {
        var run = (await CommandRun.ToEndAsync("", [command, .. arguments])).ShouldEndWith(2);
        Assert.Empty(run.Output);
        Assert.Equal(2, run.Errors.Count);
        Assert.StartsWith("workerpool: ", run.Errors[0], StringComparison.Ordinal);
        Assert.Contains(message, run.Errors[0], StringComparison.Ordinal);
        Assert.Equal($"Try 'workerpool {command} --help'.", run.Errors[1]);
    }

    [Fact]
    public async Task An_unknown_command_is_explained()
    {
        var run = (await CommandRun.ToEndAsync("", "frob")).ShouldEndWith(2);
        Assert.Contains("'frob'", run.Errors[0], StringComparison.Ordinal);
        Assert.Equal("Try 'workerpool --help'.", run.Errors[1]);
    }

    [Fact]
    public async Task An_unknown_function_is_told_with_a_near_name()
    {
        var run = (await CommandRun.ToEndAsync("", "map", "sqare", "1", "--workers", "1")).ShouldEndWith(2);
        Assert.Empty(run.Output);
        Assert.Contains("\"sqare\"", run.Errors[0], StringComparison.Ordinal);
        Assert.Contains("\"square\"", run.Errors[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_function_library_that_is_not_there_is_named()
    {
        var run = (await CommandRun.ToEndAsync("", "map", "square", "1", "--functions", "/does/not/exist.dll")).ShouldEndWith(3);
        Assert.Contains("/does/not/exist.dll", string.Join('\n', run.Errors), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_function_library_that_is_none_is_named(bool isAssembly)
    {
        var library = isAssembly ? Libraries.WithoutFunctions : Path.Combine(AppContext.BaseDirectory, "workerpool.runtimeconfig.json");
        var run = (await CommandRun.ToEndAsync("", "map", "square", "1", "--functions", library)).ShouldEndWith(3);
        Assert.Contains(Path.GetFileName(library), string.Join('\n', run.Errors), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("map", "square", "1")]
    [InlineData("apply", "square", "1")]
    [InlineData("workers")]
    [InlineData("jobs")]
    [InlineData("events", "--follow")]
    [InlineData("drain")]
    public async Task A_pool_that_cannot_be_reached_is_named(params string[] arguments)
    {
        var run = (await CommandRun.ToEndAsync("", [.. arguments, "--address", "http://127.0.0.1:1"])).ShouldEndWith(3);
        Assert.Empty(run.Output);
        Assert.Contains("http://127.0.0.1:1", Assert.Single(run.Errors), StringComparison.Ordinal);
    }
}
