using System.Globalization;
using System.Net;
using WorkerPool.Client;
using WorkerPool.V1;

namespace WorkerPool.Functional.Tests;

/// <summary>Several cells behind one name: real Supervisors at different addresses of loopback, and a name that has them all.</summary>
public sealed class CellsTests
{
    private static readonly Dictionary<string, string> SmallWindow = new() { ["Pool__WindowItems"] = "2000" };

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Jobs_are_spread_over_the_cells_of_a_name()
    {
        await using var cells = await TwoCells.StartAsync();
        await using var pool = cells.Connect();
        for (var job = 0; job < 6; job++)
        {
            Assert.Equal(new long[] { 1, 4 }, await pool.MapAsync<int, long>("square", [1, 2], null, Cancellation));
        }

        Assert.Equal((3, 3), await cells.JobsAsync());
    }

    [Fact]
    public async Task A_map_goes_on_at_another_cell_when_its_own_is_killed_and_new_jobs_pass_that_over()
    {
        await using var cells = await TwoCells.StartAsync();
        await using var pool = cells.Connect();
        var next = 0;
        var map = pool.ImapOutcomesAsync<int, int>("echo", Enumerable.Range(0, 20_000), null, Cancellation);
        await foreach (var outcome in map)
        {
            Assert.Equal(next++, outcome.Value);
            if (next == 500)
            {
                var own = await cells.JobsAsync() is (1, 0) ? cells.One : cells.Other;
                await own.KillAsync();
            }
        }

        Assert.Equal((20_000, 1), (next, map.Summary!.Resumes));
        var alive = cells.One.Current ?? cells.Other.Current!;
        for (var job = 0; job < 6; job++)
        {
            Assert.Equal(new long[] { 1, 4 }, await pool.MapAsync<int, long>("square", [1, 2], null, Cancellation));
        }

        Assert.Equal(7, (await alive.Jobs.ListJobsAsync(new ListJobsRequest(), cancellationToken: Cancellation)).Jobs.Count);
    }

    [Fact]
    public async Task A_cell_that_drains_hands_its_callers_to_the_others()
    {
        await using var cells = await TwoCells.StartAsync();
        await using var pool = cells.Connect();
        await cells.One.Current!.Admin.DrainPoolAsync(new DrainPoolRequest(), cancellationToken: Cancellation);
        for (var job = 0; job < 6; job++)
        {
            Assert.Equal(new long[] { 1, 4 }, await pool.MapAsync<int, long>("square", [1, 2], null, Cancellation));
        }

        Assert.Equal((0, 6), await cells.JobsAsync());
    }

    private sealed class TwoCells : IAsyncDisposable
    {
        private TwoCells(MortalSupervisor one, MortalSupervisor other) => (One, Other) = (one, other);

        public MortalSupervisor One { get; }

        public MortalSupervisor Other { get; }

        // At the same port, as the cells of a name are.
        public static async Task<TwoCells> StartAsync()
        {
            var one = await MortalSupervisor.StartAsync(1, SmallWindow);
            var port = new Uri(one.Address).Port;
            return new TwoCells(one, await MortalSupervisor.StartAsync(1, SmallWindow, string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.2:{port}")));
        }

        public Pool Connect() => Pool.Connect(
            string.Create(CultureInfo.InvariantCulture, $"dns+http://cells.example:{new Uri(One.Address).Port}"),
            new PoolOptions { Resolve = _ => Task.FromResult<IPAddress[]>([IPAddress.Parse("127.0.0.1"), IPAddress.Parse("127.0.0.2")]) });

        public async Task<(int One, int Other)> JobsAsync() => (await CountAsync(One), await CountAsync(Other));

        public async ValueTask DisposeAsync()
        {
            await One.DisposeAsync();
            await Other.DisposeAsync();
        }

        private static async Task<int> CountAsync(MortalSupervisor cell) =>
            (await cell.Current!.Jobs.ListJobsAsync(new ListJobsRequest(), cancellationToken: Cancellation)).Jobs.Count;
    }
}
