using System.Globalization;
using System.Net;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace WorkerPool.TestSupport.Kubernetes;

/// <summary>
/// Stands in for the API server of a cluster, on a port of loopback: endpoint slices are listed, page by page, and watched, as Kubernetes
/// does, a line of JSON an event. It can refuse, fail, forget, fall silent, break off and be away. Safe for several threads.
/// </summary>
public sealed partial class ApiServerStandIn : IAsyncDisposable
{
    private const string ApiVersion = "discovery.k8s.io/v1";
    private readonly TestAuthority? _authority;
    private readonly Lock _lock = new();
    private readonly SortedDictionary<string, JsonObject> _slices = new(StringComparer.Ordinal);
    private readonly List<(long Version, string Service, string Line)> _history = [];
    private readonly List<ApiServerRequest> _requests = [];
    private readonly List<OpenWatch> _watches = [];
    private readonly Queue<(HttpStatusCode Status, string RetryAfter)> _failures = [];
    private readonly HashSet<string> _forbidden = [];
    private CancellationTokenSource _away = new();
    private WebApplication? _app;
    private long _version = 1000;
    private long _oldest;
    private int _port;

    private ApiServerStandIn(TestAuthority? authority) => _authority = authority;

    /// <summary>Where it listens.</summary>
    public string Address => $"{(_authority is null ? "http" : "https")}://127.0.0.1:{_port}";

    /// <summary>The token that it knows. Default: <c>null</c>, it asks for none.</summary>
    public string? Token { get; set; }

    /// <summary>Slices on a page at most. Default: as many as are asked for.</summary>
    public int PageSize { get; set; } = int.MaxValue;

    /// <summary>Whether it says with the status of its answer that a version is gone, and not with an event. Default: no.</summary>
    public bool TellsGoneByStatus { get; set; }

    /// <summary>Whether watches that begin are never ended, and told nothing. Default: no.</summary>
    public bool IsSilent { get; set; }

    /// <summary>Whether watches that begin end at once. Default: no.</summary>
    public bool EndsAtOnce { get; set; }

    /// <summary>What it was asked so far.</summary>
    public IReadOnlyList<ApiServerRequest> Requests
    {
        get
        {
            lock (_lock)
            {
                return [.. _requests];
            }
        }
    }

    /// <summary>The watches it was asked for so far.</summary>
    public IReadOnlyList<ApiServerRequest> Watches => [.. Requests.Where(request => request.Verb == "watch")];

    /// <summary>The lists it was asked for so far, a page each.</summary>
    public IReadOnlyList<ApiServerRequest> Lists => [.. Requests.Where(request => request.Verb == "list")];

    /// <summary>The version of what has happened last.</summary>
    public string Version
    {
        get
        {
            lock (_lock)
            {
                return Text(_version);
            }
        }
    }

    /// <summary>Starts one.</summary>
    /// <param name="authority">Who signs its certificate. Default: none, it speaks HTTP without TLS.</param>
    /// <param name="certificate">Its certificate. Default: a sound one.</param>
    public static async Task<ApiServerStandIn> StartAsync(TestAuthority? authority = null, (string Certificate, string Key)? certificate = null)
    {
        var server = new ApiServerStandIn(authority);
        await server.ComeAsync(certificate);
        return server;
    }

    /// <summary>A slice of endpoints that are ready.</summary>
    /// <param name="port">Their port, which is called keeper.</param>
    /// <param name="addresses">Their addresses.</param>
    public static JsonObject Slice(int port, params string[] addresses) => new()
    {
        ["addressType"] = addresses.Any(address => address.Contains(':')) ? "IPv6" : "IPv4",
        ["ports"] = new JsonArray(new JsonObject { ["name"] = "keeper", ["protocol"] = "TCP", ["port"] = port }),
        ["endpoints"] = new JsonArray(
            [.. addresses.Select(address => new JsonObject { ["addresses"] = new JsonArray(address), ["conditions"] = new JsonObject { ["ready"] = true, ["serving"] = true, ["terminating"] = false } })]),
    };

    /// <summary>Writes a kubeconfig that leads to it.</summary>
    /// <param name="path">Where.</param>
    /// <param name="space">The namespace of its context.</param>
    /// <param name="ca">Path of the CA. Default: that of its own.</param>
    public void WriteKubeconfig(string path, string space, string? ca = null) => File.WriteAllText(
        path,
        $$"""
        apiVersion: v1
        kind: Config
        current-context: test
        contexts:
        - name: test
          context: {cluster: test, user: test, namespace: {{space}}}
        clusters:
        - name: test
          cluster:
            server: {{Address}}
            {{(ca ?? _authority?.CaFile) switch { null => "", var file => $"certificate-authority: {file}" }}}
        users:
        - name: test
          user: {token: {{Token ?? "any"}}}
        """);

    /// <summary>Makes a slice, or changes one.</summary>
    /// <param name="service">The service that it is of.</param>
    /// <param name="name">Its name.</param>
    /// <param name="slice">What it says.</param>
    public void Put(string service, string name, JsonObject slice)
    {
        lock (_lock)
        {
            var isNew = !_slices.ContainsKey(name);
            slice["kind"] = "EndpointSlice";
            slice["apiVersion"] = ApiVersion;
            slice["metadata"] = new JsonObject
            {
                ["name"] = name,
                ["resourceVersion"] = Text(++_version),
                ["creationTimestamp"] = "2026-01-01T00:00:00Z",
                ["labels"] = new JsonObject { ["kubernetes.io/service-name"] = service },
            };
            _slices[name] = slice;
            Tell(isNew ? "ADDED" : "MODIFIED", slice);
        }
    }

    /// <summary>Deletes a slice.</summary>
    /// <param name="name">Its name.</param>
    public void Delete(string name)
    {
        lock (_lock)
        {
            _slices.Remove(name, out var slice);
            slice!["metadata"]!["resourceVersion"] = Text(++_version);
            Tell("DELETED", slice);
        }
    }

    /// <summary>Other things happen in the cluster; who watches is told by a bookmark alone, where bookmarks were asked for.</summary>
    public void Bookmark()
    {
        lock (_lock)
        {
            _version += 100;
            var bookmark = new JsonObject
            {
                ["kind"] = "EndpointSlice",
                ["apiVersion"] = ApiVersion,
                ["metadata"] = new JsonObject { ["resourceVersion"] = Text(_version), ["creationTimestamp"] = null },
                ["addressType"] = "",
                ["endpoints"] = null,
                ["ports"] = null,
            };
            _watches.Where(watch => watch.TakesBookmarks).ToList().ForEach(watch => watch.Send(Line("BOOKMARK", bookmark)));
        }
    }

    /// <summary>Forgets what has happened so far: nobody can watch from there any more. Watches that are open are not told.</summary>
    public void Forget()
    {
        lock (_lock)
        {
            _version += 100;
            _oldest = _version;
            _history.Clear();
        }
    }

    /// <summary>Sends a text to all watches that are open, and goes on with them in a way.</summary>
    /// <param name="text">The text; a whole event ends with a line break.</param>
    /// <param name="end">How they go on.</param>
    public void Send(string text, WatchEnd end)
    {
        lock (_lock)
        {
            _watches.ForEach(watch => watch.Send(text, end));
        }
    }

    /// <summary>Tells all watches that are open that what they watch from is gone, and ends them.</summary>
    public void SendGone() => Send(Line("ERROR", Gone()), WatchEnd.Ended);

    /// <summary>Answers the next requests with failures.</summary>
    /// <param name="count">How many.</param>
    /// <param name="status">The status.</param>
    /// <param name="retryAfter">When to ask again, in seconds. Default: it does not say.</param>
    public void Fail(int count, HttpStatusCode status, string retryAfter = "")
    {
        lock (_lock)
        {
            for (var i = 0; i < count; i++)
            {
                _failures.Enqueue((status, retryAfter));
            }
        }
    }

    /// <summary>Takes the right to do something.</summary>
    /// <param name="verb">list or watch.</param>
    public void Forbid(string verb)
    {
        lock (_lock)
        {
            _forbidden.Add(verb);
        }
    }

    /// <summary>Grants all rights.</summary>
    public void Grant()
    {
        lock (_lock)
        {
            _forbidden.Clear();
        }
    }

    /// <summary>Goes away: connections are broken off, and new ones refused. It keeps what it knows.</summary>
    public async Task GoAsync()
    {
        await _away.CancelAsync();
        await _app!.DisposeAsync();
        _app = null;
    }

    /// <summary>Comes back, to the same address.</summary>
    /// <param name="certificate">Its certificate. Default: a sound one.</param>
    public async Task ComeAsync((string Certificate, string Key)? certificate = null)
    {
        _away = new CancellationTokenSource();
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Services.AddRoutingCore();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelCore().UseKestrelHttpsConfiguration().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, _port, listen =>
        {
            if (_authority is not null)
            {
                var (path, key) = certificate ?? _authority.Server("api-server");
                using var pem = X509Certificate2.CreateFromPemFile(path, key);
                listen.UseHttps(X509CertificateLoader.LoadPkcs12(pem.Export(X509ContentType.Pkcs12), null));
            }
        }));
        _app = builder.Build();
        _app.UseRouting();
        _app.UseEndpoints(_ => { });
        _app.MapGet("/apis/discovery.k8s.io/v1/namespaces/{space}/endpointslices", AnswerAsync);
        await _app.StartAsync();
        _port = new Uri(_app.Urls.Single()).Port;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_app is not null)
        {
            await GoAsync();
        }

        _away.Dispose();
    }

    private static string Text(long version) => version.ToString(CultureInfo.InvariantCulture);

    private static string Line(string type, JsonObject content) =>
        new JsonObject { ["type"] = type, ["object"] = content.DeepClone() }.ToJsonString() + "\n";

    private static JsonObject Status(HttpStatusCode code, string reason, string message) => new()
    {
        ["kind"] = "Status",
        ["apiVersion"] = "v1",
        ["metadata"] = new JsonObject(),
        ["status"] = "Failure",
        ["message"] = message,
        ["reason"] = reason,
        ["code"] = (int)code,
    };

    private static JsonObject Gone() => Status(HttpStatusCode.Gone, "Expired", "too old resource version");

    private void Tell(string type, JsonObject slice)
    {
        var service = slice["metadata"]!["labels"]!["kubernetes.io/service-name"]!.GetValue<string>();
        var line = Line(type, slice);
        _history.Add((_version, service, line));
        _watches.Where(watch => watch.Service == service).ToList().ForEach(watch => watch.Send(line));
    }
}
