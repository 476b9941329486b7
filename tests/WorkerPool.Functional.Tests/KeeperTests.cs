using System.Net.Sockets;
using System.Text;
using Grpc.Core;
using Grpc.Net.Client;
using WorkerPool.Client;
using WorkerPool.Protocol.Errors;
using WorkerPool.V1;
using WorkerPool.Worker.V1;
using MapOptions = WorkerPool.Client.MapOptions;

namespace WorkerPool.Functional.Tests;

/// <summary>Workers in the places of keepers: real keepers, each a process of its own, that come, go, die and are stopped.</summary>
public sealed class KeeperTests
{
    private const int Count = 2000;
    private static readonly IReadOnlyList<int> Numbers = [.. Enumerable.Range(0, Count)];
    private static readonly MapOptions Slow = new() { ChunkSize = 1 };

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_map_runs_in_the_places_of_two_keepers()
    {
        await using var one = await KeeperProgram.ListenAsync(1, [Libraries.User]);
        await using var other = await KeeperProgram.ListenAsync(2, [Libraries.User]);
        await using var supervisor = await StartAsync(one.Address, other.Address);
        await ReadyAsync(supervisor, 3);
        await using var pool = Pool.Connect(supervisor.Address);
        Assert.Equal(Numbers.Select(n => (long)n * n), await pool.MapAsync<int, long>("square", Numbers, null, Cancellation));
        var workers = (await supervisor.Admin.ListWorkersAsync(new ListWorkersRequest(), cancellationToken: Cancellation)).Workers;
        Assert.Equal(3, workers.Count);
        Assert.All(workers, worker => Assert.True(ProcessSignals.IsAlive(worker.ProcessId), $"{worker}"));
        var usage = await Eventually.AskAsync(
            async () => (await supervisor.Admin.ListWorkersAsync(new ListWorkersRequest(), cancellationToken: Cancellation)).Workers,
            workers => workers.All(worker => worker.MemoryBytes > 0));
        Assert.All(usage, worker => Assert.True(worker.CpuTime.ToTimeSpan() > TimeSpan.Zero, $"{worker}"));
    }

    [Fact]
    public async Task A_death_is_told_with_its_certificate_and_charged_to_its_item_alone()
    {
        await using var keeper = await KeeperProgram.ListenAsync(2, [Libraries.User]);
        await using var supervisor = await StartAsync(keeper.Address);
        var start = new MapStart { Function = "die_on_13" };
        var map = await StreamedMap.RunAsync(supervisor.Client, start, [.. Enumerable.Range(0, 100).Select(number => $"{number}")]);
        var failed = Assert.Single(map.Results, result => result.Error is not null);
        Assert.Equal((13UL, "WORKER_CRASHED", "42"), (failed.Index, failed.Error!.Reason, failed.Error.Metadata["exit_code"]));
        Assert.Equal((100UL, 99UL), (map.Summary!.Ledger.Accepted, map.Summary.Ledger.Succeeded));
    }

    [Fact]
    public async Task An_item_that_does_not_yield_is_ended_with_its_stack()
    {
        await using var keeper = await KeeperProgram.ListenAsync(1, [Libraries.User]);
        await using var supervisor = await StartAsync(keeper.Address);
        await using var pool = Pool.Connect(supervisor.Address);
        var options = new MapOptions { ItemTimeout = TimeSpan.FromSeconds(1), ChunkSize = 1 };
        var outcomes = await pool.ImapOutcomesAsync<int, int>("hang_on_13", [1, 13, 2], options, Cancellation).ToListAsync(Cancellation);
        Assert.Equal("ITEM_TIMEOUT", outcomes[1].Error!.Reason);
        Assert.Contains("HangOn13", outcomes[1].Error!.Message + string.Join("", outcomes[1].Error!.Metadata.Values), StringComparison.Ordinal);
        Assert.True(outcomes[0].Error is null && outcomes[2].Error is null);
    }

    [Fact]
    public async Task A_keeper_that_is_killed_loses_nothing_and_one_that_comes_back_is_used_again()
    {
        await using var stays = await KeeperProgram.ListenAsync(1, [Libraries.User]);
        var dies = await KeeperProgram.ListenAsync(1, [Libraries.User]);
        await using var supervisor = await StartAsync(stays.Address, dies.Address);
        await ReadyAsync(supervisor, 2);
        await using var pool = Pool.Connect(supervisor.Address);
        var taken = 0;
        await foreach (var value in pool.ImapAsync<double, double>("sleep", Enumerable.Repeat(0.01, 300), Slow, Cancellation))
        {
            Assert.Equal(0.01, value);
            if (++taken == 20)
            {
                await dies.KillAsync();
            }
        }

        Assert.Equal(300, taken);
        await ReadyAsync(supervisor, 1);
        await using var back = await KeeperProgram.ListenAsync(1, [Libraries.User], dies.Address);
        await ReadyAsync(supervisor, 2);
    }

    [Fact]
    public async Task A_keeper_that_is_told_to_stop_lets_its_items_end_and_hands_back_the_rest()
    {
        await using var stays = await KeeperProgram.ListenAsync(1, [Libraries.User]);
        await using var goes = await KeeperProgram.ListenAsync(1, [Libraries.User]);
        await using var supervisor = await StartAsync(stays.Address, goes.Address);
        await ReadyAsync(supervisor, 2);
        await using var pool = Pool.Connect(supervisor.Address);
        Task<int>? stopping = null;
        var taken = 0;
        await foreach (var value in pool.ImapAsync<double, double>("sleep", Enumerable.Repeat(0.01, 300), Slow, Cancellation))
        {
            if (++taken == 20)
            {
                stopping = goes.StopAsync();
            }
        }

        Assert.Equal(0, await stopping!);
        Assert.Empty(goes.Leftovers());
        var status = (await supervisor.Admin.GetPoolAsync(new GetPoolRequest(), cancellationToken: Cancellation)).Pool;
        Assert.Equal((1u, 0ul), (status.SlotCount, status.WorkerRestarts));
    }

    [Fact]
    public async Task Functions_of_a_new_library_are_known_when_its_keepers_have_taken_over()
    {
        var old = await KeeperProgram.ListenAsync(1);
        await using var supervisor = await StartAsync(old.Address);
        await ReadyAsync(supervisor, 1);
        await using var pool = Pool.Connect(supervisor.Address);
        var error = await Assert.ThrowsAsync<UnknownFunctionException>(() => pool.ApplyAsync<int, int>("hang_on_13", 2, null, Cancellation));
        Assert.Equal("UNKNOWN_FUNCTION", error.Reason);

        Assert.Equal(0, await old.StopAsync());
        await using var replacement = await KeeperProgram.ListenAsync(1, [Libraries.User], old.Address);
        await ReadyAsync(supervisor, 1);
        Assert.Equal(2, await pool.ApplyAsync<int, int>("hang_on_13", 2, null, Cancellation));
    }

    [Fact]
    public async Task A_keeper_ends_its_workers_with_its_Supervisor_and_waits_for_the_next()
    {
        await using var keeper = await KeeperProgram.ListenAsync(1, [Libraries.User]);
        var first = await StartAsync(keeper.Address);
        await ReadyAsync(first, 1);
        var worker = (await first.Admin.ListWorkersAsync(new ListWorkersRequest(), cancellationToken: Cancellation)).Workers[0].ProcessId;
        await first.KillAsync();
        await Eventually.AskAsync(() => Task.FromResult(ProcessSignals.IsAlive(worker)), isAlive => !isAlive);
        await using var second = await StartAsync(keeper.Address);
        await ReadyAsync(second, 1);
    }

    [Fact]
    public async Task A_second_Supervisor_is_told_who_holds_the_keeper_and_gets_it_when_that_lets_go()
    {
        await using var keeper = await KeeperProgram.ListenAsync(1, [Libraries.User]);
        RunningSupervisor second;
        await using (var first = await StartAsync(keeper.Address))
        {
            await ReadyAsync(first, 1);
            second = await StartAsync(keeper.Address);
            await second.Program.Log.LineAsync("held by another Supervisor, .*process " + first.Program.ProcessId).WaitAsync(ServiceProgram.Limit, Cancellation);
        }

        await using (second)
        {
            await ReadyAsync(second, 1);
        }
    }

    [Fact]
    public async Task A_supervisor_that_is_stopped_loses_its_keeper_after_the_lease()
    {
        await using var keeper = await KeeperProgram.ListenAsync(1, [Libraries.User]);
        await using var silent = await StartAsync(keeper.Address);
        await ReadyAsync(silent, 1);
        ProcessSignals.Send(silent.Program.ProcessId, ProcessSignals.Stop);
        try
        {
            await keeper.Log.LineAsync("has let go of this keeper").WaitAsync(ServiceProgram.Limit, Cancellation);
        }
        finally
        {
            ProcessSignals.Send(silent.Program.ProcessId, ProcessSignals.Continue);
        }

        // It finds out, and takes it again.
        silent.MayLogErrors = true;
        await using var pool = Pool.Connect(silent.Address);
        await ReadyAsync(silent, 1);
        Assert.Equal(9, await pool.ApplyAsync<int, long>("square", 3, null, Cancellation));
    }

    [Fact]
    public async Task A_stranger_reaches_no_worker()
    {
        await using var keeper = await KeeperProgram.ListenAsync(1, [Libraries.User]);
        await using var supervisor = await StartAsync(keeper.Address);
        await ReadyAsync(supervisor, 1);
        foreach (var line in new[] { $"WORKER {new string('0', 32)} 1\n", "WORKER 1\n", "WORKER \n", "WORK\n", $"WORKER {new string('0', 500)}" })
        {
            var answer = await AnswerAsync(new Uri(keeper.Address), line);
            Assert.DoesNotContain("HTTP/2.0 200", answer, StringComparison.Ordinal);
            Assert.True(answer.Length < 200, answer);
        }

        await using var pool = Pool.Connect(supervisor.Address);
        Assert.Equal(9, await pool.ApplyAsync<int, long>("square", 3, null, Cancellation));
    }

    [Fact]
    public async Task A_keeper_says_what_is_wrong_with_a_hold()
    {
        await using var keeper = await KeeperProgram.ListenAsync(1);
        using var channel = GrpcChannel.ForAddress(keeper.Address);
        var client = new KeeperService.KeeperServiceClient(channel);
        Assert.Equal(ErrorReasons.StreamNotStarted, await RefusalOf(new KeepRequest { Beat = new Beat() }));
        Assert.Equal(ErrorReasons.ProtocolMismatch, await RefusalOf(new KeepRequest { Start = new KeepStart { ProtocolVersion = 99 } }));
        Assert.Equal(ErrorReasons.InvalidArgument, await RefusalOf(new KeepRequest { Start = new KeepStart { ProtocolVersion = 1 } }));

        async Task<string?> RefusalOf(KeepRequest request)
        {
            using var call = client.Keep(cancellationToken: Cancellation);
            await call.RequestStream.WriteAsync(request, Cancellation);
            var error = await Assert.ThrowsAsync<RpcException>(() => call.ResponseStream.MoveNext(Cancellation));
            return RpcErrors.InfoOf(error)?.Reason;
        }
    }

    [Fact]
    public async Task An_endpoint_that_is_no_keeper_is_named_and_a_pool_without_places_says_so()
    {
        await using var noKeeper = await RunningSupervisor.StartAsync(workers: 1);
        var settings = new Dictionary<string, string>
        {
            ["Pool__Keepers__Endpoints__0"] = noKeeper.Address,
            ["Pool__StartTimeout"] = "00:00:03",
        };
        await using var supervisor = await RunningSupervisor.StartAsync(workers: 1, settings: settings);
        supervisor.MayLogErrors = true;
        await using var pool = Pool.Connect(supervisor.Address);
        var error = await Assert.ThrowsAsync<PoolUnavailableException>(() => pool.ApplyAsync<int, long>("square", 3, null, Cancellation));
        Assert.Equal("POOL_BROKEN", error.Reason);
        Assert.Contains("no keeper had a place", error.Message, StringComparison.Ordinal);
        Assert.Contains(new Uri(noKeeper.Address).Authority, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_keeper_whose_launches_fail_is_left_alone_and_takes_no_launch_from_another()
    {
        await using var sound = await KeeperProgram.ListenAsync(1, [Libraries.User]);
        await using var broken = await KeeperProgram.ListenAsync(3, [Libraries.WithoutFunctions]);
        await using var supervisor = await StartAsync(broken.Address, sound.Address);

        // Until the first worker is ready the pool counts as broken.
        supervisor.MayLogErrors = true;
        await Eventually.AskAsync(
            async () => (await supervisor.Admin.GetPoolAsync(new GetPoolRequest(), cancellationToken: Cancellation)).Pool,
            pool => (pool.SlotCount, pool.ReadyWorkers) == (4, 1));
        await supervisor.Program.Log.LineAsync("No workers are launched at the keeper .* where another has a place").WaitAsync(ServiceProgram.Limit, Cancellation);
        var before = (await supervisor.Admin.ListWorkersAsync(new ListWorkersRequest(), cancellationToken: Cancellation)).Workers.Single(worker => worker.ProcessId > 0);
        ProcessSignals.Send(before.ProcessId, ProcessSignals.Kill);
        await Eventually.AskAsync(
            async () => (await supervisor.Admin.ListWorkersAsync(new ListWorkersRequest(), cancellationToken: Cancellation)).Workers,
            workers => workers.Any(worker => worker.ProcessId > 0 && worker.ProcessId != before.ProcessId));
    }

    [Fact]
    public async Task A_pool_in_the_places_of_keepers_is_not_resized_and_says_who_can()
    {
        await using var keeper = await KeeperProgram.ListenAsync(1);
        await using var supervisor = await StartAsync(keeper.Address);
        var error = await Assert.ThrowsAsync<RpcException>(
            async () => await supervisor.Admin.ResizePoolAsync(new ResizePoolRequest { WorkerCount = 3 }, cancellationToken: Cancellation));
        Assert.Equal((StatusCode.FailedPrecondition, "POOL_NOT_RESIZABLE"), (error.StatusCode, RpcErrors.InfoOf(error)?.Reason));
        Assert.Contains("kubectl scale", error.Status.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task All_workers_are_replaced_in_their_places_under_load()
    {
        await using var keeper = await KeeperProgram.ListenAsync(2, [Libraries.User]);
        await using var supervisor = await StartAsync(keeper.Address);
        await ReadyAsync(supervisor, 2);
        await using var pool = Pool.Connect(supervisor.Address);
        var map = pool.MapAsync<double, double>("sleep", Enumerable.Repeat(0.01, 300), Slow, Cancellation);
        var recycled = await supervisor.Admin.RecyclePoolAsync(new RecyclePoolRequest(), cancellationToken: Cancellation);
        Assert.Equal(300, (await map).Length);
        Assert.Equal(2u, recycled.ReplacedWorkers);
    }

    // What comes back until the connection is closed, or broken off.
    private static async Task<string> AnswerAsync(Uri address, string text)
    {
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(address.Host, address.Port, Cancellation);
        var answer = new StringBuilder();
        try
        {
            await socket.SendAsync(System.Text.Encoding.ASCII.GetBytes(text), Cancellation);
            socket.Shutdown(SocketShutdown.Send);
            var buffer = new byte[1000];
            while (await socket.ReceiveAsync(buffer, Cancellation).AsTask().WaitAsync(ServiceProgram.Limit, Cancellation) is > 0 and var count)
            {
                answer.Append(System.Text.Encoding.ASCII.GetString(buffer, 0, count));
            }
        }
        catch (SocketException)
        {
            // Broken off.
        }

        return answer.ToString();
    }

    [Fact]
    public async Task Every_fault_of_a_keepers_settings_is_told_at_once()
    {
        var settings = new Dictionary<string, string> { ["Keeper__Wrokers"] = "2", ["Keeper__DrainGrace"] = "soon", ["Keepr__Ca"] = "ca.crt" };
        await using var keeper = KeeperProgram.Start(["--listen", "here"], settings);
        Assert.Equal(2, await keeper.Ended.WaitAsync(ServiceProgram.Limit, Cancellation));
        Assert.Equal(
            [
                "Keeper:DrainGrace is \"soon\"; expected a time, such as 00:00:30.",
                "Keeper:Listen is \"here\"; expected https://HOST:PORT or http://HOST:PORT.",
                "Keeper:Wrokers is no setting. Did you mean \"Keeper:Workers\"?",
                "Keepr:Ca is no setting. Did you mean \"Keeper:Ca\"?",
            ],
            keeper.Log.Lines.Order(StringComparer.Ordinal));
    }

    private static Task<RunningSupervisor> StartAsync(params string[] keepers)
    {
        // As long as they take on a busy machine.
        var settings = new Dictionary<string, string> { ["Pool__SilenceLimit"] = "00:00:45", ["Pool__StackCaptureLimit"] = "00:00:40" };
        for (var position = 0; position < keepers.Length; position++)
        {
            settings[$"Pool__Keepers__Endpoints__{position}"] = keepers[position];
        }

        return RunningSupervisor.StartAsync(workers: 1, settings: settings);
    }

    private static Task<V1.PoolStatus> ReadyAsync(RunningSupervisor supervisor, uint workers) => Eventually.AskAsync(
        async () => (await supervisor.Admin.GetPoolAsync(new GetPoolRequest(), cancellationToken: Cancellation)).Pool,
        pool => pool.ReadyWorkers == workers && pool.SlotCount == workers);
}
