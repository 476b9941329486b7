using WorkerPool.V1;

namespace WorkerPool.Fault.Tests;

/// <summary>Faults that strike after the Supervisor was told to stop, while it lets the jobs finish that are open.</summary>
public sealed class DrainTests(DrainTests.DrainingPool pool) : IClassFixture<DrainTests.DrainingPool>
{
    [Theory]
    [MemberData(nameof(FaultMatrix.AllOf), Phase.Drain, MemberType = typeof(FaultMatrix))]
    public async Task While_the_pool_drains(FaultKind fault, Order order)
    {
        var map = pool.Jobs[(fault, order)];
        await map.SendAsync(FaultyJob.Items(fault, Phase.Drain));
        var summary = await map.FinishAsync();
        await pool.CheckAsync(fault, Phase.Drain, order, map.Results, summary);
    }

    /// <summary>A pool that drains, with a job open for each cell. It ends with the last of them.</summary>
    public sealed class DrainingPool() : FaultyPool(("Pool__CancellationGrace", "00:00:01"), ("Pool__DrainGrace", "01:00:00"))
    {
        private static readonly TimeSpan Longest = TimeSpan.FromMinutes(30);

        internal Dictionary<(FaultKind, Order), OpenMap> Jobs { get; } = [];

        public override async ValueTask InitializeAsync()
        {
            await base.InitializeAsync();
            foreach (var cell in FaultMatrix.Cells.Where(cell => cell.Phase == Phase.Drain))
            {
                Jobs.Add(
                    (cell.Fault, cell.Order), await OpenMap.StartAsync(Running.Client, FaultyJob.Start(cell.Fault, cell.Order), Longest));
            }

            ProcessSignals.Send(Running.Program.ProcessId, ProcessSignals.Terminate);
            await Running.Program.Log.LineAsync("The pool drains").WaitAsync(SupervisorProgram.Limit);
        }

        public override async ValueTask DisposeAsync()
        {
            foreach (var map in Jobs.Values)
            {
                map.Dispose();
            }

            await Running.Program.Ended.WaitAsync(SupervisorProgram.Limit);
            await base.DisposeAsync();
        }
    }
}
