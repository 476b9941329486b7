using WorkerPool.Processes;
using WorkerPool.Supervisor.Dispatch;
using WorkerPool.V1;

namespace WorkerPool.Supervisor.Tests.Dispatch;

public sealed class SetupErrorsTests
{
    [Fact]
    public void An_initializer_that_does_not_yield_is_told_with_the_frames_of_its_own_code()
    {
        const string Stack = "at System.Threading.Thread.Sleep(Int32)\nat Tables.Load(System.String)\n"
            + "at DynamicClass.lambda_method1(System.Threading.CancellationToken)\nat WorkerPool.WorkerHost.Session.Preparation.Run()";
        var order = new WorkOrder("look_up", Encoding.Json, Encoding.Json, null, 0)
        {
            Initializer = new Initializer { Function = "load", Timeout = Google.Protobuf.WellKnownTypes.Duration.FromTimeSpan(TimeSpan.FromSeconds(30)) },
        };
        var certificate = new DeathCertificate(17, 137, "its initializer", []) { Stack = Stack };

        var (reason, message) = SetupErrors.Of(
            order, new RunningItem(1, RunningItem.SetupIndex), "worker-1 (incarnation 1)", certificate, timedOut: true, crashes: 1);

        Assert.Equal("INITIALIZER_FAILED", reason);
        Assert.Equal(
            "The initializer \"load\" ran longer than its limit of 30 s and did not yield to cancellation; worker-1 (incarnation 1) was "
            + "killed. It was at System.Threading.Thread.Sleep(Int32), at Tables.Load(System.String).",
            message);
    }
}
