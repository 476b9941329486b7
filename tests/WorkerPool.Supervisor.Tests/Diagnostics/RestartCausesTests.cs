using WorkerPool.Processes;
using WorkerPool.Supervisor.Diagnostics;

namespace WorkerPool.Supervisor.Tests.Diagnostics;

public sealed class RestartCausesTests
{
    [Theory]
    [InlineData(0, null, RestartCause.Exit)]
    [InlineData(42, null, RestartCause.Exit)]
    [InlineData(137, null, RestartCause.Signal)]
    [InlineData(137, "it was silent for 3 s", RestartCause.Pool)]
    internal void The_pools_own_kills_are_told_from_others(int exitCode, string? stopReason, RestartCause cause) =>
        Assert.Equal(cause, RestartCauses.Of(new DeathCertificate(1, exitCode, stopReason, [])));
}
