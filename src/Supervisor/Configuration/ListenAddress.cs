using System.Net;

namespace WorkerPool.Supervisor.Configuration;

/// <summary>Where a Supervisor listens.</summary>
/// <param name="EndPoint">The place.</param>
/// <param name="IsTls">Whether it speaks TLS there. Default: no.</param>
public sealed record ListenAddress(EndPoint EndPoint, bool IsTls = false);
