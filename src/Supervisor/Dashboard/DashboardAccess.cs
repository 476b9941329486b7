using WorkerPool.Supervisor.Security;

namespace WorkerPool.Supervisor.Dashboard;

/// <summary>How the dashboard is served.</summary>
/// <param name="Key">What its visitors show where the pool knows no callers; <c>null</c>: they are asked for nothing.</param>
/// <param name="RoleOfAnyone">What visitors may do who are asked for nothing. Default: everything.</param>
internal sealed record DashboardAccess(string? Key = null, Role RoleOfAnyone = Role.Admin);
