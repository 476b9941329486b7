using WorkerPool.Supervisor.Security;

namespace WorkerPool.Functional.Tests.Security;

/// <summary>What is wrong with the security of a Supervisor is told before it starts, all at once.</summary>
public sealed class StartTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Beyond_loopback_it_does_not_start_without_tls_and_callers()
    {
        var output = await RefusesAsync("--listen", "http://0.0.0.0:0");
        Assert.Contains("http://0.0.0.0:0 can be reached from other machines, and has neither TLS nor authentication", output, StringComparison.Ordinal);
        Assert.Contains("--insecure", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task With_tls_and_callers_it_starts_beyond_loopback()
    {
        await using var secured = SecuredSupervisor.Prepare();
        await using var supervisor = await RunningSupervisor.StartAsync(workers: 1, settings: secured.Settings, listen: "https://0.0.0.0:0");
        Assert.StartsWith("https://0.0.0.0:", supervisor.Address, StringComparison.Ordinal);
    }

    [Fact]
    public async Task All_faults_are_told_at_once()
    {
        using var authority = new TestAuthority();
        var (certificate, _) = authority.Server();
        var (_, otherKey) = authority.Server("other");
        var callers = authority.PathOf("callers.jsonl");
        File.WriteAllText(callers, """{"name":"ci","role":"root","token":"x"}""");
        var output = await RefusesAsync(
            "--listen", "https://127.0.0.1:0", "--http", "http://0.0.0.0:1", "--workers", "none",
            "--certificate", certificate, "--key", otherKey, "--callers", callers);
        Assert.Contains("Pool:Workers is \"none\"", output, StringComparison.Ordinal);
        Assert.Contains("does not belong to the certificate", output, StringComparison.Ordinal);
        Assert.Contains("line 1: \"role\" is \"root\"; expected viewer, submitter or admin. line 1: \"token\" is something else", output, StringComparison.Ordinal);
        Assert.Contains("http://0.0.0.0:1 can be reached from other machines, and has no TLS", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Files_that_are_missing_expired_or_something_else_are_named()
    {
        using var authority = new TestAuthority();
        var (certificate, key) = authority.Server(isExpired: true);
        Assert.Contains(" expired on ", await StartAsync(certificate, key), StringComparison.Ordinal);
        Assert.Contains("there is no file /does/not/exist", await StartAsync("/does/not/exist", key), StringComparison.Ordinal);
        Assert.Contains("holds no certificate in PEM form", await StartAsync(key, key), StringComparison.Ordinal);
        Assert.Contains("holds no private key in PEM form", await StartAsync(certificate, certificate), StringComparison.Ordinal);
        Assert.Contains("is given without Security:Key", await RefusesAsync("--certificate", certificate), StringComparison.Ordinal);
        Assert.Contains("--certificate and --key", await RefusesAsync("--listen", "https://127.0.0.1:0"), StringComparison.Ordinal);

        static Task<string> StartAsync(string certificate, string key) =>
            RefusesAsync("--listen", "https://127.0.0.1:0", "--certificate", certificate, "--key", key);
    }

    [Fact]
    public async Task A_unix_socket_is_for_its_user_alone_from_the_moment_it_is_there()
    {
        var directory = Directory.CreateTempSubdirectory("wp-socket-");
        try
        {
            var path = Path.Combine(directory.FullName, "pool.sock");
            await using var program = SupervisorProgram.Start(["--listen", $"unix://{path}", "--http", "", "--workers", "1"]);
            await program.Log.LineAsync("Application started").WaitAsync(SupervisorProgram.Limit, Cancellation);
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, new FileInfo(path).UnixFileMode);
            await using var pool = WorkerPool.Client.Pool.Connect($"unix://{path}");
            Assert.Equal(9, await pool.ApplyAsync<long, long>("square", 3, cancellationToken: Cancellation));
        }
        finally
        {
            directory.Delete(recursive: true);
        }
    }

    private static async Task<string> RefusesAsync(params string[] arguments)
    {
        await using var program = SupervisorProgram.Start(arguments);
        Assert.Equal(2, await program.Ended.WaitAsync(SupervisorProgram.Limit, Cancellation));
        Assert.Empty(program.Leftovers());
        return program.Log.Text;
    }
}
