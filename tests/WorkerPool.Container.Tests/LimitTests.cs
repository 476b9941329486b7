using WorkerPool.Client;
using WorkerPool.Container.Tests.Cells;
using WorkerPool.Container.Tests.Engine;

namespace WorkerPool.Container.Tests;

/// <summary>What a container may use decides what its workers may.</summary>
public sealed class LimitTests(Images images)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task There_is_a_worker_for_each_whole_processor()
    {
        await using var cell = await Cell.CreateAsync(images);
        var supervisor = await cell.SupervisorAsync();
        await cell.KeeperAsync(cpus: 1);
        await cell.ReadyAsync(supervisor, 1);
        await cell.KeeperAsync(cpus: 2);
        await cell.ReadyAsync(supervisor, 3);
    }

    [Fact]
    public async Task Functions_run_without_rights_and_write_to_temporary_files_alone()
    {
        var (cell, supervisor, _) = await Cell.StartAsync(images, keepers: 1);
        await using var ended = cell;
        await using var pool = await cell.ConnectAsync(supervisor);

        var rights = await pool.ApplyAsync<string[], Rights>("rights", ["/", "/app", "/functions", "/etc", "/etc/workerpool/tls", "/tmp"], cancellationToken: Cancellation);

        Assert.Equal(("", "", true, "1654"), (rights.Effective, rights.Bounding, rights.NoNewPrivileges, rights.User));
        Assert.Equal(["/tmp"], rights.Written);
    }

    [Fact]
    public async Task A_worker_above_its_share_is_killed_by_the_pool_before_the_kernel_does()
    {
        // The item takes 1200 MiB: more than the worker's share of four fifths, and less than the container has.
        var error = await ExceedAsync(1400, []);
        Assert.Contains("by the pool: it held", error.Description, StringComparison.Ordinal);
        Assert.Contains("more than its limit of 1120 MiB", error.Description, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_worker_that_the_kernel_killed_for_its_memory_is_told_so()
    {
        // A limit that no worker reaches before the container does.
        var error = await ExceedAsync(512, new Dictionary<string, string> { ["Keeper__MemoryLimit"] = "107374182400" });
        Assert.Contains("the kernel killed a process of its control group for want of memory", error.Description, StringComparison.Ordinal);
    }

    // An item takes more memory than its container has, between others that have to come through.
    private async Task<ItemFailedException> ExceedAsync(int memory, Dictionary<string, string> settings)
    {
        await using var cell = await Cell.CreateAsync(images);
        var supervisor = await cell.SupervisorAsync();
        var keeper = await cell.KeeperAsync(memory: memory, settings: settings);
        await cell.ReadyAsync(supervisor, 1);
        await using var pool = await cell.ConnectAsync(supervisor);
        var items = Enumerable.Range(0, 30).Select(number => new FaultItem(number) { Fault = number == 10 ? FaultKind.ExceedMemory : null });
        var outcomes = new List<Outcome<Numbered>>();

        await foreach (var outcome in pool.ImapOutcomesAsync<FaultItem, Numbered>("fault", items, null, Cancellation))
        {
            outcomes.Add(outcome);
        }

        Assert.Equal(Enumerable.Range(0, 30).Where(number => number != 10), outcomes.Where(outcome => outcome.Error is null).Select(outcome => outcome.Value!.Number));
        var error = Assert.Single(outcomes, outcome => outcome.Error is not null).Error!;
        Assert.Equal((10, "WORKER_CRASHED"), (error.Index, error.Reason));
        TestContext.Current.TestOutputHelper!.WriteLine(error.Description);
        Assert.True((await keeper.InspectAsync()).State!.Running, "The keeper goes on.");
        return error;
    }

    private sealed record Numbered(int Number);

    private sealed record Rights(string Effective, string Bounding, bool NoNewPrivileges, string User, string[] Written);
}
