using WorkerPool.Client;
using WorkerPool.Supervisor.Security;

namespace WorkerPool.Functional.Tests.Security;

/// <summary>The SDK on a Supervisor with TLS and callers: what it says when something is wrong, and that jobs survive.</summary>
public sealed class SdkTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_map_goes_on_over_tls_with_a_token_after_the_supervisor_was_killed_and_started_again()
    {
        // A small window, so that there are items to be sent when it is killed.
        await using var secured = SecuredSupervisor.Prepare(settings: new Dictionary<string, string> { ["Pool__WindowItems"] = "4096" });
        await using var supervisor = await MortalSupervisor.StartAsync(settings: secured.Settings, listen: "https://127.0.0.1:0");
        File.WriteAllText(secured.Authority.PathOf("token"), secured.Tokens[Role.Submitter] + "\n");
        await using var pool = Pool.Connect(
            supervisor.Address, new PoolOptions { CaFile = secured.Authority.CaFile, TokenFile = secured.Authority.PathOf("token") });
        var count = 0;
        var squares = pool.ImapOutcomesAsync<long, long>("square", Endless(20_000), cancellationToken: Cancellation);
        await foreach (var square in squares)
        {
            Assert.Equal((long)count * count, square.Value);
            if (++count == 5000)
            {
                supervisor.Current!.IsKilled = true;
                await supervisor.KillAsync();
                await supervisor.RestartAsync();
            }
        }

        Assert.Equal((20_000, 1), (count, squares.Summary!.Resumes));
    }

    [Fact]
    public async Task What_is_wrong_with_the_token_or_the_certificate_is_said_in_words()
    {
        await using var secured = await SecuredSupervisor.StartAsync();
        using var strangers = new TestAuthority("Strangers");
        var address = secured.Running.Address;
        var ca = secured.Authority.CaFile;
        await RefusesAsync<AccessDeniedException>("with neither a token nor a client certificate", address, new PoolOptions { CaFile = ca });
        await RefusesAsync<AccessDeniedException>("The token is not one that this pool knows", address, new PoolOptions { CaFile = ca, Token = "wpt_wrong" });
        await RefusesAsync<AccessDeniedException>(
            "Apply takes the role submitter; \"viewer\" has the role viewer.", address, new PoolOptions { CaFile = ca, Token = secured.Tokens[Role.Viewer] });
        await RefusesAsync<PoolUnreachableException>("is not signed by a CA that is trusted here", address, new PoolOptions());
        await RefusesAsync<PoolUnreachableException>("is not signed by a CA that is trusted here", address, new PoolOptions { CaFile = strangers.CaFile });
        await RefusesAsync<PoolUnreachableException>("begins with https://", address.Replace("https", "http", StringComparison.Ordinal), new PoolOptions());

        await using var pool = Pool.Connect(address, new PoolOptions { CaFile = ca, Token = secured.Tokens[Role.Submitter] });
        Assert.Equal(9, await pool.ApplyAsync<long, long>("square", 3, cancellationToken: Cancellation));
    }

    [Fact]
    public async Task A_pool_without_tls_is_told_from_one_with_it()
    {
        await using var plain = await RunningSupervisor.StartAsync(workers: 1);
        await RefusesAsync<PoolUnreachableException>("begins with http://", plain.Address.Replace("http", "https", StringComparison.Ordinal), new PoolOptions());
    }

    [Fact]
    public async Task A_certificate_for_another_name_and_a_caller_by_certificate()
    {
        await using var secured = SecuredSupervisor.Prepare();
        var (certificate, key) = secured.Authority.Server("other", "other.example", hasAddress: false);
        var alice = secured.Authority.Client("alice");
        File.AppendAllLines(secured.CallersFile, [SecuredSupervisor.CertificateLine("alice", "submitter", "CN:alice")]);
        await using var misnamed = await MortalSupervisor.StartAsync(
            settings: new Dictionary<string, string>(secured.Settings) { ["Security__Certificate"] = certificate, ["Security__Key"] = key }, listen: "https://127.0.0.1:0");
        await RefusesAsync<PoolUnreachableException>(
            "is not for \"127.0.0.1\", but for other.example", misnamed.Address, new PoolOptions { CaFile = secured.Authority.CaFile });
        await secured.StartAsync();
        await using var pool = Pool.Connect(
            secured.Running.Address,
            new PoolOptions { CaFile = secured.Authority.CaFile, CertificateFile = alice.Certificate, KeyFile = alice.Key });
        Assert.Equal(9, await pool.ApplyAsync<long, long>("square", 3, cancellationToken: Cancellation));
    }

    private static IEnumerable<long> Endless(long count)
    {
        for (var i = 0L; i < count; i++)
        {
            yield return i;
        }
    }

    private static async Task RefusesAsync<T>(string message, string address, PoolOptions options)
        where T : WorkerPoolException
    {
        await using var pool = Pool.Connect(address, options);
        var error = await Assert.ThrowsAsync<T>(() => pool.ApplyAsync<long, long>("square", 3, cancellationToken: Cancellation));
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
    }
}
