using WorkerPool.Supervisor.Configuration;

namespace WorkerPool.Supervisor.Dashboard;

/// <summary>How the dashboard is served.</summary>
/// <param name="OwnAddress">A port for it alone; <c>null</c>: it is on the one for HTTP/1.1.</param>
/// <param name="Key">What its visitors show where the pool knows no callers; <c>null</c>: they are asked for nothing.</param>
internal sealed record DashboardAccess(ListenAddress? OwnAddress = null, string? Key = null);
