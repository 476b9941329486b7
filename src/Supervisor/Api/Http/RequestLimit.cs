namespace WorkerPool.Supervisor.Api.Http;

/// <summary>How large a request may be.</summary>
/// <param name="Bytes">The largest body, in bytes.</param>
internal sealed record RequestLimit(int Bytes);
