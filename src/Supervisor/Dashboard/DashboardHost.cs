using System.Security.Cryptography;
using Grpc.Core;
using WorkerPool.Dashboard.Visitors;
using WorkerPool.Supervisor.Api.Local;
using WorkerPool.Supervisor.Security;

namespace WorkerPool.Supervisor.Dashboard;

/// <summary>The Supervisor as its dashboard knows it: the same API, callers and roles as for those who call it by gRPC.</summary>
internal sealed partial class DashboardHost : IDashboardHost
{
    private readonly LocalServices _services;
    private readonly SupervisorSecurity _security;
    private readonly Authentication _authentication;
    private readonly DashboardSessions _sessions;
    private readonly TimeProvider _time;
    private readonly ILogger<DashboardHost> _log;
    private readonly byte[]? _keyDigest;
    private readonly Caller _anyone;

    /// <summary>A Supervisor.</summary>
    /// <param name="services">Its API.</param>
    /// <param name="access">How the dashboard is served.</param>
    /// <param name="security">The callers there are.</param>
    /// <param name="authentication">Finds out who sends a request.</param>
    /// <param name="time">Tells what has expired.</param>
    /// <param name="log">Takes note of who is refused.</param>
    public DashboardHost(
        LocalServices services,
        DashboardAccess access,
        SupervisorSecurity security,
        Authentication authentication,
        TimeProvider time,
        ILogger<DashboardHost> log)
    {
        _services = services;
        _security = security;
        _authentication = authentication;
        _sessions = new DashboardSessions(time);
        _time = time;
        _log = log;
        _keyDigest = access.Key is { } key ? ApiToken.Digest(key) : null;
        _anyone = Caller.Anyone with { Role = access.RoleOfAnyone };
        var observer = new Caller("", Role.Viewer, CallerLimits.None);
        Calls = new LocalCalls(_services, () => observer, peer: "dashboard");
    }

    /// <inheritdoc/>
    public CallInvoker Calls { get; }

    /// <inheritdoc/>
    public bool AsksForTokens => _keyDigest is not null || _security.Callers is not null;

    /// <inheritdoc/>
    public IVisitor? VisitorOf(HttpContext context)
    {
        var peer = PeerOf(context);
        if (!AsksForTokens)
        {
            return new DashboardVisitor(_services, () => _anyone, peer, hasSession: false);
        }

        if (context.Request.Cookies[CookieOf(context)] is { Length: > 0 } id && OfSession(id) is not null)
        {
            return new DashboardVisitor(_services, () => OfSession(id), peer, hasSession: true);
        }

        if (_keyDigest is not null || _authentication.CallerOf(context, out _) is null)
        {
            return null;
        }

        var shown = ShownIn(context);
        return new DashboardVisitor(_services, () => _authentication.CallerOf(shown, out _), peer, hasSession: false);
    }

    /// <inheritdoc/>
    public bool TryLogIn(HttpContext context, string token, out string problem)
    {
        var digest = ApiToken.Digest(token);
        if (OfDigest(digest, out problem) is not { } caller)
        {
            LogRefused(_log, context.Connection.RemoteIpAddress, problem);
            return false;
        }

        LogLoggedIn(_log, caller.Describe(PeerOf(context)), caller.Role);
        context.Response.Cookies.Append(CookieOf(context), _sessions.Open(digest), new CookieOptions
        {
            HttpOnly = true,
            SameSite = SameSiteMode.Strict,
            Secure = context.Request.IsHttps,
            Path = DashboardPort.Path,
            IsEssential = true,
        });
        return true;
    }

    /// <inheritdoc/>
    public void LogOut(HttpContext context)
    {
        var name = CookieOf(context);
        if (context.Request.Cookies[name] is { } id)
        {
            _sessions.Close(id);
        }

        context.Response.Cookies.Delete(name, new CookieOptions { Path = DashboardPort.Path, SameSite = SameSiteMode.Strict, HttpOnly = true });
    }

    // Cookies are of a host, whichever port they came from.
    private static string CookieOf(HttpContext context) => $"workerpool-{context.Connection.LocalPort}";

    private static string PeerOf(HttpContext context) => $"{context.Connection.RemoteIpAddress}:{context.Connection.RemotePort}, dashboard";

    // What a request shows of who sent it, for as long as the connection lasts that it opens.
    private static DefaultHttpContext ShownIn(HttpContext context)
    {
        var shown = new DefaultHttpContext();
        shown.Request.Headers.Authorization = context.Request.Headers.Authorization;
        if (context.Features.Get<ClientCertificate>() is { } certificate)
        {
            shown.Features.Set(certificate);
        }

        return shown;
    }

    private Caller? OfSession(string id) => _sessions.Find(id) is { } digest ? OfDigest(digest, out _) : null;

    private Caller? OfDigest(byte[] digest, out string problem)
    {
        problem = "";
        if (_keyDigest is { } key)
        {
            if (CryptographicOperations.FixedTimeEquals(key, digest))
            {
                return Caller.Anyone;
            }

            problem = "That is not the key of this pool. Open the address that the program printed when it started.";
            return null;
        }

        if (_security.Callers is { } callers)
        {
            return callers.OfDigest(digest, _time.GetUtcNow(), out problem);
        }

        problem = "This pool asks nobody for a token.";
        return null;
    }

    [LoggerMessage(EventId = 4020, Level = LogLevel.Information, Message = "{Caller}, {Role}, logged in to the dashboard.")]
    private static partial void LogLoggedIn(ILogger log, string caller, Role role);

    [LoggerMessage(EventId = 4021, Level = LogLevel.Information, Message = "A visitor of the dashboard at {Address} was refused: {Problem}")]
    private static partial void LogRefused(ILogger log, System.Net.IPAddress? address, string problem);
}
