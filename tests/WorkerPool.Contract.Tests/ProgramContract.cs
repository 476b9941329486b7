using System.Globalization;
using WorkerPool.Client;

namespace WorkerPool.Contract.Tests;

/// <summary>Programs as functions.</summary>
public abstract class ProgramContract(PoolSource pools) : ContractTest(pools)
{
    [Fact]
    public async Task A_program_answers_items_in_order() => Assert.Equal(
        Enumerable.Range(0, 50), await Pool.MapAsync<string, int>("count_bytes", Enumerable.Range(0, 50).Select(n => new string('x', n)), null, Cancellation));

    [Fact]
    public async Task Arguments_come_from_the_elements_of_an_array()
    {
        Assert.Equal(["a-1", "b c-2.5"], await Pool.StarmapAsync<string>("join", [["a", 1], ["b c", 2.5]], null, Cancellation));
        Assert.Equal("x-y", await Pool.ApplyAsync<string>("join", ["x", "y"], null, Cancellation));
    }

    [Fact]
    public async Task Bytes_go_to_a_program_and_come_back_as_they_are()
    {
        byte[][] items = [[], [0, 255, 10], [.. Enumerable.Range(0, 1 << 20).Select(n => (byte)(n * 7))]];
        Assert.Equal(items, await Pool.MapAsync<byte[], byte[]>("same_bytes", items, null, Cancellation));
    }

    [Fact]
    public async Task An_item_whose_program_fails_is_an_error_with_the_exit_code_and_stderr()
    {
        var outcomes = await CollectAsync(Pool.ImapOutcomesAsync<int, string>("even", [2, 3, 4], null, Cancellation));
        Assert.Equal(["2", null, "4"], outcomes.Select(outcome => outcome.Succeeded ? outcome.Value : null));
        var error = outcomes[1].Error!;
        Assert.Equal(("PROGRAM_FAILED", "sh ended with exit code 3: 3 is odd", 1L), (error.Reason, error.Description, error.Index));
        Assert.Equal(("3", "3 is odd"), (error.Metadata["exit_code"], error.Metadata["stderr"]));
    }

    [Fact]
    public async Task A_program_that_fails_is_tried_again_where_the_job_asks_for_it()
    {
        using var directory = new TemporaryDirectory();
        Assert.Equal("done", await Pool.ApplyAsync<string, string>("second_time", directory.File("a"), new MapOptions { MaxRetries = 1 }, Cancellation));
        var error = await Assert.ThrowsAsync<ItemFailedException>(
            () => Pool.ApplyAsync<string, string>("second_time", directory.File("b"), null, Cancellation));
        Assert.Equal("PROGRAM_FAILED", error.Reason);
    }

    [Fact]
    public async Task Programs_are_listed_as_functions()
    {
        var functions = (await Pool.ListFunctionsAsync(Cancellation)).ToDictionary(function => function.Name);
        Assert.Equal(("count_bytes(item: any) -> any", "The number of bytes."), (functions["count_bytes"].Signature, functions["count_bytes"].Summary));
        Assert.Equal("join(item1: any, item2: any) -> string", functions["join"].Signature);
    }

    [Fact]
    public async Task A_program_over_its_time_is_killed_with_all_it_has_started_and_its_worker_lives()
    {
        using var directory = new TemporaryDirectory();
        var map = Pool.ImapOutcomesAsync<string, string>("nest", [directory.File("pids")], new MapOptions { ItemTimeout = TimeSpan.FromSeconds(5) }, Cancellation);
        var outcome = Assert.Single(await CollectAsync(map));
        Assert.Equal("ITEM_TIMEOUT", outcome.Error?.Reason);
        Assert.Contains("yielded to cancellation", outcome.Error!.Description, StringComparison.Ordinal);
        Assert.Equal(0, map.Summary!.WorkerRestarts);
        await AreDead((await directory.ProcessIdsAsync("pids"))[1..]);
    }

    [Fact]
    public async Task A_program_of_a_cancelled_job_is_killed_with_all_it_has_started()
    {
        using var directory = new TemporaryDirectory();
        using var cancellation = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        var map = Pool.MapAsync<string, string>("nest", [directory.File("pids")], null, cancellation.Token);
        var processes = await directory.ProcessIdsAsync("pids");
        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => map);
        await AreDead(processes[1..]);
    }

    internal static Task AreDead(IReadOnlyList<int> processes) => Eventually.AskAsync(
        () => Task.FromResult(string.Join(' ', processes.Where(ProcessSignals.IsAlive).Select(id => id.ToString(CultureInfo.InvariantCulture)))),
        alive => alive.Length == 0);

    /// <summary>A directory of a test's own.</summary>
    internal sealed class TemporaryDirectory : IDisposable
    {
        private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("wp-contract-");

        public string File(string name) => Path.Combine(_directory.FullName, name);

        /// <summary>What <c>nest</c> has written, once it has: its parent, itself, its children.</summary>
        public async Task<int[]> ProcessIdsAsync(string name)
        {
            await Eventually.AskAsync(() => Task.FromResult(System.IO.File.Exists(File(name))), isThere => isThere);
            return [.. (await System.IO.File.ReadAllTextAsync(File(name))).Split(' ').Select(id => int.Parse(id, CultureInfo.InvariantCulture))];
        }

        public void Dispose() => _directory.Delete(recursive: true);
    }
}
