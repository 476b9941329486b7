using WorkerPool.Client;
using WorkerPool.InProcess;
using WorkerPool.Local;

namespace WorkerPool.Contract.Tests;

/// <summary>Processes beside the workers of a local pool.</summary>
public sealed class ProcessTests(LocalPools pools) : ContractTest(pools), IClassFixture<LocalPools>
{
    [Fact]
    public async Task A_process_runs_a_function_beside_the_workers_and_ends_with_its_value()
    {
        using var gate = new Gate();
        var process = await Pool.StartProcessAsync(ProcessMethods.WaitFor, gate.Path, null, Cancellation);

        Assert.True(process.IsAlive);
        Assert.Null(process.ExitCode);
        Assert.Contains(process.Id, ProcessEntry.DescendantsOf(Environment.ProcessId).Select(entry => entry.Id));
        Assert.DoesNotContain(process.Id, (await Pool.Admin.ListWorkersAsync(Cancellation)).Select(worker => worker.ProcessId));
        Assert.False(await process.JoinAsync(TimeSpan.Zero, Cancellation));

        gate.Open();
        Assert.Equal(process.Id, (await process.Completion.WaitAsync(Limit, Cancellation)).Id);
        Assert.Equal(Environment.ProcessId, (await process.Completion).ParentId);
        Assert.True(await process.JoinAsync(null, Cancellation));
        Assert.False(process.IsAlive);
        Assert.Equal(0, process.ExitCode);
        Assert.DoesNotContain(process.Id, ProcessEntry.DescendantsOf(Environment.ProcessId).Select(entry => entry.Id));
    }

    [Fact]
    public async Task Functions_of_libraries_and_of_several_arguments_run_too()
    {
        var repeat = await Pool.StartProcessAsync<(string, int), string>("repeat", ("ab", 3), null, Cancellation);
        var join = await Pool.StartProcessAsync(OwnMethods.Join, "a", 1, new ProcessOptions { Name = "joiner" }, Cancellation);
        var nothing = await Pool.StartProcessAsync(OwnMethods.Nothing, null, Cancellation);

        Assert.Equal("ababab", await repeat.Completion.WaitAsync(Limit, Cancellation));
        Assert.Equal("a1", await join.Completion.WaitAsync(Limit, Cancellation));
        Assert.Equal("joiner", join.Name);
        Assert.Equal(17, await nothing.Completion.WaitAsync(Limit, Cancellation));
    }

    [Fact]
    public async Task A_method_that_gives_nothing_has_a_process_without_a_value()
    {
        using var gate = new Gate();
        PoolProcess process = await Pool.StartProcessAsync(OwnMethods.Write, gate.Path, null, Cancellation);
        await process.Completion.WaitAsync(Limit, Cancellation);
        Assert.Equal(gate.Path, await File.ReadAllTextAsync(gate.Path, Cancellation));
        Assert.Equal(0, process.ExitCode);

        var declined = await Pool.StartProcessAsync(OwnMethods.Decline, 1, null, Cancellation);
        await Assert.ThrowsAsync<ItemFailedException>(() => declined.Completion.WaitAsync(Limit, Cancellation));
        Assert.Equal(1, declined.ExitCode);
    }

    [Fact]
    public async Task Names_are_counted()
    {
        await using var pool = await Pools.StartAsync();
        var first = await pool.StartProcessAsync(OwnMethods.Nothing, null, Cancellation);
        var second = await pool.StartProcessAsync(OwnMethods.Nothing, null, Cancellation);

        Assert.Equal(["Process-1", "Process-2"], [first.Name, second.Name]);
    }

    [Fact]
    public async Task A_function_that_throws_ends_its_process_with_1_and_its_error()
    {
        var process = await Pool.StartProcessAsync(OwnMethods.Refuse, 1, null, Cancellation);
        var error = await Assert.ThrowsAsync<ItemFailedException>(() => process.Completion.WaitAsync(Limit, Cancellation));

        Assert.Equal("FUNCTION_FAILED", error.Reason);
        Assert.Equal(1, process.ExitCode);
    }

    [Fact]
    public async Task A_constructor_that_throws_ends_the_process_of_its_function_with_1_and_its_error()
    {
        var process = await Pool.StartProcessAsync<int, int>("unlucky", 1, null, Cancellation);
        var error = await Assert.ThrowsAsync<ItemFailedException>(() => process.Completion.WaitAsync(Limit, Cancellation));

        Assert.Equal("CONSTRUCTOR_FAILED", error.Reason);
        Assert.Equal(1, process.ExitCode);
    }

    [Fact]
    public async Task A_process_that_exits_by_itself_has_the_exit_code_it_chose()
    {
        var process = await Pool.StartProcessAsync(ProcessMethods.Exit, 3, null, Cancellation);
        var error = await Assert.ThrowsAsync<ItemFailedException>(() => process.Completion.WaitAsync(Limit, Cancellation));

        Assert.Equal("WORKER_CRASHED", error.Reason);
        Assert.Equal(3, process.ExitCode);
    }

    [Fact]
    public async Task A_process_that_is_killed_ends_with_minus_9_and_takes_with_it_what_it_started()
    {
        using var gate = new Gate();
        var process = await Pool.StartProcessAsync(ProcessMethods.WaitWithChild, gate.Path, null, Cancellation);
        await Eventually.AskAsync(() => Task.FromResult(ProcessEntry.DescendantsOf(process.Id).Count), count => count > 0);
        await process.KillAsync().WaitAsync(Limit, Cancellation);

        Assert.Equal(-9, process.ExitCode);
        Assert.False(process.IsAlive);
        Assert.Empty(ProcessGroups.LivingMembersOf([process.Id]));
    }

    [Fact]
    public async Task A_process_that_is_terminated_has_its_function_cancelled_and_ends_with_minus_15()
    {
        using var gate = new Gate();
        var process = await Pool.StartProcessAsync(ProcessMethods.WaitUntilCancelled, gate.Path, null, Cancellation);
        await gate.WaitUntilReachedAsync();
        await process.TerminateAsync().WaitAsync(Limit, Cancellation);

        Assert.Equal(-15, process.ExitCode);
        Assert.True(gate.IsOpen, "the function was cancelled and cleaned up");
    }

    [Fact]
    public async Task A_process_that_does_not_yield_is_killed_when_it_is_terminated()
    {
        using var gate = new Gate();
        var process = await Pool.StartProcessAsync(ProcessMethods.WaitFor, gate.Path, null, Cancellation);
        await process.TerminateAsync().WaitAsync(Limit, Cancellation);

        Assert.Equal(-15, process.ExitCode);
    }

    [Fact]
    public async Task Processes_end_with_their_pool()
    {
        using var gate = new Gate();
        var pool = await Pools.StartAsync();
        var process = await pool.StartProcessAsync(ProcessMethods.WaitFor, gate.Path, null, Cancellation);
        await pool.DisposeAsync();

        Assert.False(process.IsAlive);
        Assert.False(Directory.Exists($"/proc/{process.Id}"));
        Assert.False(Directory.Exists(Path.GetDirectoryName(pool.Address["unix://".Length..])));
        await Assert.ThrowsAsync<PoolClosedException>(() => pool.StartProcessAsync(OwnMethods.Nothing, null, Cancellation));
    }

    [Fact]
    public async Task A_pool_without_processes_of_its_own_says_so()
    {
        await using var pool = await InProcessPool.StartAsync(new InProcessPoolOptions { Workers = "1" }, Cancellation);
        var error = await Assert.ThrowsAsync<NotSupportedException>(() => pool.StartProcessAsync(OwnMethods.Nothing, null, Cancellation));

        Assert.Equal(
            "Only a local pool has processes beside its workers, which are processes of this machine: LocalPool.StartAsync starts one.",
            error.Message);
    }

    [Fact]
    public async Task What_a_process_prints_is_delivered_under_its_name()
    {
        var printed = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        var options = new LocalPoolOptions { Workers = "1", OnWorkerOutput = line => printed.TrySetResult($"{line.Worker}: {line.Text}") };
        await using var pool = await LocalPool.StartAsync(options, Cancellation);
        await pool.StartProcessAsync(ProcessMethods.Print, "hello", null, Cancellation);

        Assert.Equal("Process-1: hello", await printed.Task.WaitAsync(Limit, Cancellation));
    }
}
