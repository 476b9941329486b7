using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using WorkerPool.Client;
using WorkerPool.Container.Tests.Cells;
using WorkerPool.Container.Tests.Engine;
using WorkerPool.Supervisor.Security;

namespace WorkerPool.Container.Tests;

/// <summary>Who may call a Supervisor in a container, and who may reach a keeper.</summary>
public sealed class SecurityTests(Images images) : IAsyncLifetime
{
    private readonly TestAuthority _strangers = new("Strangers");
    private Cell _cell = null!;
    private CellContainer _supervisor = null!;
    private CellContainer _keeper = null!;
    private string _address = "";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <inheritdoc/>
    public async ValueTask InitializeAsync()
    {
        var settings = new Dictionary<string, string> { ["Security__ClientCa"] = "/etc/workerpool/tls/ca.crt" };
        (_cell, _supervisor, var keepers) = await Cell.StartAsync(images, keepers: 1, settings: settings);
        _keeper = keepers[0];
        _address = await Cell.AddressAsync(_supervisor);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_cell is not null)
        {
            await _cell.DisposeAsync();
        }

        _strangers.Dispose();
    }

    [Fact]
    public async Task Callers_are_let_in_by_token_or_certificate_and_all_others_are_told_why_not()
    {
        var options = _cell.Options();
        var none = options with { Token = null };
        var authority = _cell.Authority;
        Assert.Equal(9, await SquareAsync(options));
        Assert.Equal(9, await SquareAsync(Showing(authority.Client("alice"))));

        await RefusesAsync<AccessDeniedException>("with neither a token nor a client certificate", none);
        await RefusesAsync<AccessDeniedException>("The token is not one that this pool knows", options with { Token = ApiToken.New() });
        await RefusesAsync<AccessDeniedException>("Apply takes the role submitter", _cell.Options(Role.Viewer));
        await RefusesAsync<AccessDeniedException>("mallory", Showing(authority.Client("mallory")));
        await RefusesAsync<AccessDeniedException>("expired", Showing(authority.Client("alice", isExpired: true)));
        await RefusesAsync<AccessDeniedException>("certificate", Showing(_strangers.Client("alice")));
        await RefusesAsync<PoolUnreachableException>("is not signed by a CA that is trusted here", options with { CaFile = _strangers.CaFile });
        await RefusesAsync<PoolUnreachableException>("is not signed by a CA that is trusted here", options with { CaFile = null });
        await RefusesAsync<PoolUnreachableException>("is not for \"127.0.0.1\"", options, _address.Replace("localhost", "127.0.0.1", StringComparison.Ordinal));
        await RefusesAsync<PoolUnreachableException>("begins with https://", none, _address.Replace("https", "http", StringComparison.Ordinal));

        PoolOptions Showing((string Certificate, string Key) shown) => none with { CertificateFile = shown.Certificate, KeyFile = shown.Key };
    }

    [Fact]
    public async Task A_keeper_speaks_to_nobody_but_its_Supervisor()
    {
        var port = await _keeper.PortAsync(Cell.KeeperPort);
        var authority = _cell.Authority;

        // Whoever is let in is answered, be it with an error; others are hung up on.
        Assert.True(await IsAnsweredAsync(authority.Peer("workerpool-supervisor", "a-supervisor")));
        Assert.False(await IsAnsweredAsync(null));
        Assert.False(await IsAnsweredAsync(authority.Peer("workerpool-worker", "a-worker")));
        Assert.False(await IsAnsweredAsync(authority.Client("alice")));
        Assert.False(await IsAnsweredAsync(_strangers.Peer("workerpool-supervisor")));
        Assert.Equal(9, await SquareAsync(_cell.Options()));

        async Task<bool> IsAnsweredAsync((string Certificate, string Key)? shown)
        {
            using var handler = new SocketsHttpHandler { SslOptions = Trusting(authority.CaFile) };
            if (shown is { } files)
            {
                // On some systems a key that is in no file cannot be used.
                using var read = X509Certificate2.CreateFromPemFile(files.Certificate, files.Key);
                handler.SslOptions.ClientCertificates = [X509CertificateLoader.LoadPkcs12(read.Export(X509ContentType.Pkcs12), null)];
            }

            using var client = new HttpClient(handler) { DefaultRequestVersion = new Version(2, 0), DefaultVersionPolicy = HttpVersionPolicy.RequestVersionExact };
            try
            {
                using var response = await client.GetAsync(new Uri($"https://localhost:{port}/"), Cancellation);
                return true;
            }
            catch (HttpRequestException e)
            {
                TestContext.Current.TestOutputHelper!.WriteLine($"{shown?.Certificate ?? "no certificate"}: {e.InnerException?.Message ?? e.Message}");
                return false;
            }
        }
    }

    // Its address is not on the keeper's certificate, and need not be.
    private static SslClientAuthenticationOptions Trusting(string ca)
    {
        var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        policy.CustomTrustStore.Add(X509CertificateLoader.LoadCertificateFromFile(ca));
        return new SslClientAuthenticationOptions
        {
            CertificateChainPolicy = policy,
            RemoteCertificateValidationCallback = (_, _, _, errors) => errors is SslPolicyErrors.None or SslPolicyErrors.RemoteCertificateNameMismatch,
        };
    }

    private async Task<long> SquareAsync(PoolOptions options)
    {
        await using var pool = Pool.Connect(_address, options);
        return await pool.ApplyAsync<int, long>("square", 3, cancellationToken: Cancellation);
    }

    private async Task RefusesAsync<TError>(string words, PoolOptions options, string? address = null)
        where TError : WorkerPoolException
    {
        await using var pool = Pool.Connect(address ?? _address, options with { ReconnectTimeout = TimeSpan.Zero });
        var error = await Assert.ThrowsAsync<TError>(() => pool.ApplyAsync<int, long>("square", 3, cancellationToken: Cancellation));
        Assert.Contains(words, error.Message, StringComparison.Ordinal);
    }
}
