using WorkerPool.Supervisor.Security;

namespace WorkerPool.Command.Tests;

/// <summary>The command on a Supervisor with TLS and callers, and where it has all that from.</summary>
public sealed class SecurityTests : IDisposable
{
    private readonly TestAuthority _authority = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _authority.Dispose();

    [Fact]
    public async Task A_token_that_it_makes_opens_a_pool_by_options_environment_and_profile()
    {
        var made = (await CommandRun.ToEndAsync(
            "", "token", "new", "--name", "ci", "--role", "submitter", "--callers", _authority.PathOf("callers.jsonl"))).ShouldEndWith(0);
        var token = Assert.Single(made.Output);
        Assert.DoesNotContain(token, File.ReadAllText(_authority.PathOf("callers.jsonl")), StringComparison.Ordinal);
        Assert.DoesNotContain(token, string.Join('\n', made.Errors), StringComparison.Ordinal);
        await File.WriteAllTextAsync(_authority.PathOf("ci.token"), token + "\n", Cancellation);
        var (certificate, key) = _authority.Server();
        await using var supervisor = await RunningSupervisor.StartAsync(
            workers: 1,
            settings: new Dictionary<string, string>
            {
                ["Security__Certificate"] = certificate,
                ["Security__Key"] = key,
                ["Security__Callers"] = _authority.PathOf("callers.jsonl"),
            },
            listen: "https://127.0.0.1:0");
        string[] options = ["--address", supervisor.Address, "--ca", _authority.CaFile, "--token-file", _authority.PathOf("ci.token")];
        Assert.Equal(["9"], (await CommandRun.ToEndAsync("", ["apply", "square", "3", .. options])).ShouldEndWith(0).Output);

        var refused = (await CommandRun.ToEndAsync("", ["resize", "2", .. options])).ShouldEndWith(3);
        Assert.Equal("workerpool: ResizePool takes the role admin; \"ci\" has the role submitter.", Assert.Single(refused.Errors));
        var unknown = (await CommandRun.ToEndAsync("", ["jobs", .. options[..^2]])).ShouldEndWith(3);
        Assert.Contains("with neither a token nor a client certificate", Assert.Single(unknown.Errors), StringComparison.Ordinal);

        await File.WriteAllTextAsync(
            _authority.PathOf("config.json"),
            $$"""{ "profiles": { "prod": { "address": "{{supervisor.Address}}", "ca": "ca.crt", "tokenFile": "ci.token" } } }""", Cancellation);
        await ScriptAsync($"WORKERPOOL_CONFIG={_authority.PathOf("config.json")} dotnet $1 apply square 3 --profile prod", 0, "9");
        await ScriptAsync($"WORKERPOOL_CONFIG={_authority.PathOf("config.json")} dotnet $1 --profile prod apply square 3", 0, "9");
        await ScriptAsync($"WORKERPOOL_CONFIG={_authority.PathOf("config.json")} WORKERPOOL_PROFILE=prod dotnet $1 map square 3", 0, "9");
        await ScriptAsync(
            $"WORKERPOOL_ADDRESS={supervisor.Address} WORKERPOOL_CA={_authority.CaFile} WORKERPOOL_TOKEN={token} dotnet $1 apply square 3", 0, "9");
        await ScriptAsync($"WORKERPOOL_CONFIG={_authority.PathOf("config.json")} dotnet $1 apply square 3 --profile pord", 2);

        // What wants a pool of its own has one, whatever the environment says.
        await ScriptAsync("WORKERPOOL_ADDRESS=http://127.0.0.1:1 dotnet $1 apply square 3 --workers 1", 0, "9");
        Assert.DoesNotContain(token, supervisor.Program.Log.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_line_of_a_token_is_shown_beside_it()
    {
        var made = (await CommandRun.ToEndAsync("", "token", "new", "--name", "ops", "--role", "admin", "--expires", "2027-01-31")).ShouldEndWith(0);
        Assert.Equal(
            $$"""{"name":"ops","role":"admin","token":"{{ApiToken.HashOf(Assert.Single(made.Output))}}","expires":"2027-01-31"}""", made.Errors[^1]);
    }

    [Theory]
    [InlineData("Say whose token it is", "--role", "admin")]
    [InlineData("--role has to be viewer, submitter or admin.", "--name", "x")]
    [InlineData("it is 'root'", "--name", "x", "--role", "root")]
    [InlineData("--expires has to be", "--name", "x", "--role", "admin", "--expires", "soon")]
    [InlineData("cannot be written", "--name", "x", "--role", "admin", "--callers", "/does/not/exist")]
    public async Task A_token_that_cannot_be_made_is_explained(string message, params string[] arguments)
    {
        var run = (await CommandRun.ToEndAsync("", ["token", "new", .. arguments])).ShouldEndWith(2);
        Assert.Empty(run.Output);
        Assert.Contains(message, run.Errors[0], StringComparison.Ordinal);
        Assert.Equal("Try 'workerpool token new --help'.", run.Errors[1]);
    }

    [Theory]
    [InlineData("nothing says one", "apply", "square", "1", "--ca", "ca.crt")]
    [InlineData("--address", "apply", "square", "1", "--workers", "1", "--address", "http://127.0.0.1:1")]
    [InlineData("/does/not/exist", "apply", "square", "1", "--address", "https://127.0.0.1:1", "--token-file", "/does/not/exist")]
    public async Task Options_that_do_not_fit_together_are_explained(string message, params string[] arguments) =>
        Assert.Contains(message, (await CommandRun.ToEndAsync("", arguments)).ShouldEndWith(2).Errors[0], StringComparison.Ordinal);

    private static async Task ScriptAsync(string script, int exitCode, params string[] output)
    {
        await using var run = CommandRun.StartScript(script);
        Assert.Equal(output, (await run.EndAsync()).ShouldEndWith(exitCode).Output);
    }
}
