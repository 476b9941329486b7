using System.Security.Cryptography.X509Certificates;
using Grpc.Core;
using Grpc.Core.Interceptors;
using Grpc.Net.Client;
using WorkerPool.Supervisor.Security;

namespace WorkerPool.Functional.Tests.Security;

/// <summary>A Supervisor with TLS and callers: a token for each role, and whatever a test adds.</summary>
public sealed class SecuredSupervisor : IAsyncDisposable
{
    private readonly Dictionary<string, string> _settings;
    private readonly List<GrpcChannel> _channels = [];

    private SecuredSupervisor(Dictionary<string, string> settings, TestAuthority authority, Dictionary<Role, string> tokens)
    {
        _settings = settings;
        Authority = authority;
        Tokens = tokens;
    }

    /// <summary>Signs its certificate, and those of callers.</summary>
    public TestAuthority Authority { get; }

    /// <summary>The tokens of the callers "viewer", "submitter" and "admin".</summary>
    public IReadOnlyDictionary<Role, string> Tokens { get; }

    /// <summary>The Supervisor.</summary>
    public RunningSupervisor Running { get; private set; } = null!;

    /// <summary>Path of its file of callers.</summary>
    public string CallersFile => Authority.PathOf("callers.jsonl");

    /// <summary>How it is set up.</summary>
    public IReadOnlyDictionary<string, string> Settings => _settings;

    /// <summary>What there is, without a Supervisor that runs.</summary>
    /// <param name="limits">Fields of the submitter's line, such as <c>,"maxOpenJobs":1</c>.</param>
    /// <param name="settings">Further settings.</param>
    public static SecuredSupervisor Prepare(string limits = "", IReadOnlyDictionary<string, string>? settings = null)
    {
        var authority = new TestAuthority();
        var (certificate, key) = authority.Server();
        var tokens = Enum.GetValues<Role>().ToDictionary(role => role, _ => ApiToken.New());
        var all = new Dictionary<string, string>
        {
            ["Security__Certificate"] = certificate,
            ["Security__Key"] = key,
            ["Security__ClientCa"] = authority.CaFile,
            ["Security__Callers"] = authority.PathOf("callers.jsonl"),
            ["Security__ReloadInterval"] = "00:00:00.05",
            ["Listen__Http"] = "https://127.0.0.1:0",
        };
        foreach (var (name, value) in settings ?? new Dictionary<string, string>())
        {
            all[name] = value;
        }

        var prepared = new SecuredSupervisor(all, authority, tokens);
        File.WriteAllLines(prepared.CallersFile, tokens.Select(each => Line(each.Key, each.Value, each.Key == Role.Submitter ? limits : "")));
        return prepared;
    }

    /// <summary>Starts one.</summary>
    /// <inheritdoc cref="Prepare"/>
    public static async Task<SecuredSupervisor> StartAsync(string limits = "", IReadOnlyDictionary<string, string>? settings = null)
    {
        var prepared = Prepare(limits, settings);
        await prepared.StartAsync();
        return prepared;
    }

    /// <summary>Starts what is prepared.</summary>
    /// <param name="settings">Further settings.</param>
    public async Task StartAsync(params IEnumerable<(string Name, string Value)> settings)
    {
        foreach (var (name, value) in settings)
        {
            _settings[name] = value;
        }

        Running = await RunningSupervisor.StartAsync(
            workers: 2, [Libraries.User], _settings, "https://127.0.0.1:0", address => Open(address, Tokens[Role.Admin]));
    }

    /// <summary>A line of the file of callers, for a token.</summary>
    public static string Line(Role role, string token, string limits = "") =>
        $$"""{"name":"{{role.ToString().ToLowerInvariant()}}","role":"{{role}}","token":"{{ApiToken.HashOf(token)}}"{{limits}}}""";

    /// <summary>A line of the file of callers, for a certificate.</summary>
    public static string CertificateLine(string name, string role, string certificate) =>
        $$"""{"name":"{{name}}","role":"{{role}}","certificate":"{{certificate}}"}""";

    /// <summary>Calls with a token, a certificate, both or neither.</summary>
    public CallInvoker Invoker(string? token, (string Certificate, string Key)? shown = null)
    {
        var channel = Open(Running.Address, null, shown);
        _channels.Add(channel);
        return token is null ? channel.CreateCallInvoker() : WithToken(channel, token);
    }

    /// <summary>A client with no trust in the system's CAs.</summary>
    public HttpClientHandler Handler((string Certificate, string Key)? shown = null)
    {
        var authority = X509CertificateLoader.LoadCertificateFromFile(Authority.CaFile);
        var handler = new HttpClientHandler
        {
            ServerCertificateCustomValidationCallback = (_, certificate, chain, _) =>
            {
                chain!.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
                chain.ChainPolicy.CustomTrustStore.Add(authority);
                chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
                return chain.Build(certificate!);
            },
        };
        if (shown is { } files)
        {
            handler.ClientCertificates.Add(X509Certificate2.CreateFromPemFile(files.Certificate, files.Key));
        }

        return handler;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _channels.ForEach(channel => channel.Dispose());
        if (Running is not null)
        {
            await Running.DisposeAsync();
        }

        Authority.Dispose();
    }

    private static CallInvoker WithToken(GrpcChannel channel, string token) => channel.Intercept(headers =>
    {
        headers.Add("authorization", $"Bearer {token}");
        return headers;
    });

    private GrpcChannel Open(string address, string? token, (string Certificate, string Key)? shown = null)
    {
        var options = new GrpcChannelOptions { HttpHandler = Handler(shown), MaxReceiveMessageSize = null, MaxSendMessageSize = null };
        if (token is not null)
        {
            options.Credentials = ChannelCredentials.Create(
                ChannelCredentials.SecureSsl,
                CallCredentials.FromInterceptor((_, headers) =>
                {
                    headers.Add("authorization", $"Bearer {token}");
                    return Task.CompletedTask;
                }));
        }

        return GrpcChannel.ForAddress(address, options);
    }
}
