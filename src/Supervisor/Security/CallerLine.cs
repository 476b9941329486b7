namespace WorkerPool.Supervisor.Security;

/// <summary>A line of the file of callers: one way in which one caller shows who it is.</summary>
/// <param name="Caller">The caller.</param>
/// <param name="TokenDigest">SHA-256 of its token; <c>null</c>: it shows a certificate.</param>
/// <param name="Certificate">The name on its certificate, with its kind; <c>null</c>: it shows a token.</param>
/// <param name="Expires">When the line ends to hold; <c>null</c>: never.</param>
internal sealed record CallerLine(Caller Caller, byte[]? TokenDigest, string? Certificate, DateTimeOffset? Expires);
