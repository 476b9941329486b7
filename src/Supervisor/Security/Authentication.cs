using Microsoft.Net.Http.Headers;

namespace WorkerPool.Supervisor.Security;

/// <summary>Finds out who makes a call: by its token, else by the certificate of its connection.</summary>
/// <param name="security">The callers there are.</param>
/// <param name="time">Tells what has expired.</param>
internal sealed class Authentication(SupervisorSecurity security, TimeProvider time)
{
    private const string Scheme = "Bearer ";

    private const string Nothing =
        "This pool serves callers that it knows, and the call came with neither a token nor a client certificate. " +
        "Send a token as \"authorization: Bearer TOKEN\"; for the SDK and the command name its file, or set WORKERPOOL_TOKEN.";

    /// <summary>Who makes a call; <c>null</c> if that is not known.</summary>
    /// <param name="context">The call.</param>
    /// <param name="problem">Why it is not known.</param>
    public Caller? CallerOf(HttpContext context, out string problem)
    {
        problem = "";
        if (security.Callers is not { } callers)
        {
            return Caller.Anyone;
        }

        var now = time.GetUtcNow();
        if (context.Request.Headers[HeaderNames.Authorization].ToString() is { Length: > 0 } shown)
        {
            if (shown.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase))
            {
                return callers.OfToken(shown[Scheme.Length..].Trim(), now, out problem);
            }

            problem = "The authorization of the call is not a token. Send \"authorization: Bearer TOKEN\".";
            return null;
        }

        if (context.Features.Get<ClientCertificate>() is not { } certificate)
        {
            problem = Nothing;
            return null;
        }

        if (certificate.ProblemAt(now) is { } wrong)
        {
            problem = wrong;
            return null;
        }

        return callers.OfCertificate(certificate.Names, now, out problem);
    }
}
