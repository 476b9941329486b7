using Microsoft.AspNetCore.Http;

namespace WorkerPool.Dashboard.Hosting;

/// <summary>What every answer tells the browser it may not do: load from elsewhere, be framed, guess types, tell others where it was.</summary>
internal static class ResponseHeaders
{
    // Components set styles on elements; no script stands in a page.
    private const string Policy =
        "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self'; " +
        "connect-src 'self'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'";

    /// <summary>Sets them.</summary>
    /// <param name="context">The request.</param>
    /// <param name="next">Serves it.</param>
    public static Task SetAsync(HttpContext context, RequestDelegate next)
    {
        var headers = context.Response.Headers;
        headers.ContentSecurityPolicy = Policy;
        headers.XContentTypeOptions = "nosniff";

        // Without any, browsers would send forms with an origin that is not told.
        headers["Referrer-Policy"] = "same-origin";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        headers.CacheControl = "no-cache, no-store";
        headers.Pragma = "no-cache";
        return next(context);
    }
}
