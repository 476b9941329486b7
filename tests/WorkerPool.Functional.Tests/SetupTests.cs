using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using WorkerPool.Client;
using WorkerPool.Protocol.Errors;
using WorkerPool.V1;
using MapOptions = WorkerPool.Client.MapOptions;

namespace WorkerPool.Functional.Tests;

/// <summary>Shared arguments and initializers on the wire, within limits, and across lost connections.</summary>
public sealed class SetupTests
{
    private static readonly Dictionary<string, string> Limits = new()
    {
        ["Pool__MaxSharedBytes"] = $"{80 << 20}",
        ["Pool__MaxBufferedBytes"] = $"{64 << 20}",
    };

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task More_than_the_limit_is_refused_and_so_is_what_has_no_room()
    {
        await using var supervisor = await RunningSupervisor.StartAsync(workers: 1, [Libraries.User], Limits);
        var tooLarge = await FailureOf(supervisor.Client, Start((80 << 20) + 1));
        Assert.Equal((StatusCode.InvalidArgument, "SHARED_ARGUMENTS_TOO_LARGE"), Told(tooLarge));
        Assert.Contains("up to 80.0 MiB", tooLarge.Status.Detail, StringComparison.Ordinal);
        Assert.Equal((StatusCode.ResourceExhausted, "BUFFERS_FULL"), Told(await FailureOf(supervisor.Client, Start(70 << 20))));
    }

    [Fact]
    public async Task What_is_wrong_with_the_pieces_is_told()
    {
        await using var supervisor = await RunningSupervisor.StartAsync(workers: 1, [Libraries.User], Limits);
        var items = new MapStreamRequest { Items = new ItemBatch { Items = new PackedItems { Sizes = PackedSizes.Of(1), Data = ByteString.CopyFromUtf8("1") } } };
        Assert.Equal((StatusCode.FailedPrecondition, "UNEXPECTED_MESSAGE"), Told(await FailureOf(supervisor.Client, Start(4), Piece(3), items)));
        Assert.Equal((StatusCode.InvalidArgument, "INVALID_ARGUMENT"), Told(await FailureOf(supervisor.Client, Start(4), Piece(5))));
        var unannounced = new MapStreamRequest { Start = new MapStart { Function = "square" } };
        Assert.Equal((StatusCode.FailedPrecondition, "UNEXPECTED_MESSAGE"), Told(await FailureOf(supervisor.Client, unannounced, Piece(1))));
    }

    [Fact]
    public async Task People_can_share_too()
    {
        await using var supervisor = await RunningSupervisor.StartAsync(workers: 1, [Libraries.User], Limits);
        var request = new MapRequest { Function = "power", Items = { Value.ForNumber(10) }, Shared = { ["base"] = Value.ForNumber(2) } };
        using var call = supervisor.Client.Map(request, cancellationToken: Cancellation);
        Assert.True(await call.ResponseStream.MoveNext(Cancellation));
        Assert.Equal(1024, call.ResponseStream.Current.Result.Value.NumberValue);
    }

    [Fact]
    public async Task A_job_goes_on_with_what_it_shares_and_its_initializer_on_a_supervisor_that_was_killed()
    {
        // A small window, so that there are items to be sent when it is killed: a job that is all answered needs no other stream.
        var settings = new Dictionary<string, string> { ["Pool__Functions__0"] = Libraries.User, ["Pool__WindowItems"] = "4096" };
        await using var supervisor = await MortalSupervisor.StartAsync(settings: settings);
        await using var pool = Pool.Connect(supervisor.Address);
        var options = new MapOptions
        {
            Shared = new Dictionary<string, object?> { ["bytes"] = new byte[3_000_000] },
            Initializer = "remember",
            InitializerArguments = new { word = "x" },
        };
        var stream = pool.ImapOutcomesAsync<long, long>("length_plus", Enumerable.Range(0, 50_000).Select(i => (long)i), options, Cancellation);
        var next = 0L;
        await foreach (var outcome in stream)
        {
            Assert.Equal(3_000_000 + next++, outcome.Value);
            if (next == 10_000)
            {
                await supervisor.KillAsync();
                await supervisor.RestartAsync();
            }
        }

        Assert.Equal((50_000L, 1), (next, stream.Summary!.Resumes));
    }

    [Fact]
    public async Task Workers_hold_what_is_shared_no_longer_than_its_job()
    {
        const int Size = 64 << 20;
        await using var supervisor = await RunningSupervisor.StartAsync(workers: 1, [Libraries.User]);
        await using var pool = Pool.Connect(supervisor.Address);
        var options = new MapOptions { Shared = new Dictionary<string, object?> { ["bytes"] = new byte[Size] } };
        for (var job = 0; job < 2; job++)
        {
            await pool.MapAsync<long, long>("length_plus", [1], options, Cancellation);
        }

        // The job is over for its caller a moment before it is for its worker.
        await Eventually.AskAsync(() => pool.ApplyAsync<object?, long>("held_memory", null, null, Cancellation), held => held < Size);
    }

    [Fact]
    public async Task A_pool_whose_initializer_hangs_answers_that_it_is_broken_and_why()
    {
        var settings = new Dictionary<string, string> { ["Pool__Initializer"] = "hang_for_ever", ["Pool__StartTimeout"] = "00:00:05" };
        await using var supervisor = await RunningSupervisor.StartAsync(workers: 1, [Libraries.User], settings);
        supervisor.MayLogErrors = true;
        var error = await FailureOf(supervisor.Client, new MapStreamRequest { Start = new MapStart { Function = "square" } });
        Assert.Equal((StatusCode.Unavailable, "POOL_BROKEN"), Told(error));
        Assert.Contains("\"hang_for_ever\" did not end within 5 s", error.Status.Detail, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("endless", "The constructor of UserFunctions.Endless, which endless belongs to, ran longer than a worker may take to start (Pool:StartTimeout) and did not yield")]
    [InlineData("patient", "The constructor of UserFunctions.Patient ran longer than its limit of 10 s (Pool:StartTimeout).")]
    public async Task A_constructor_that_hangs_fails_its_job_by_class_and_the_pool_goes_on(string function, string message)
    {
        // No shorter: the workers that come after have to start within it too, on a busy machine.
        var settings = new Dictionary<string, string> { ["Pool__StartTimeout"] = "00:00:10" };
        await using var supervisor = await RunningSupervisor.StartAsync(workers: 1, [Libraries.User], settings);
        await using var pool = Pool.Connect(supervisor.Address);
        var error = await Assert.ThrowsAsync<WorkerPoolException>(
            () => pool.MapAsync<int, int>(function, [1, 2, 3], null, Cancellation).WaitAsync(SupervisorProgram.Limit, Cancellation));
        Assert.Equal("CONSTRUCTOR_FAILED", error.Reason);
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
        Assert.Equal(4, await pool.ApplyAsync<int, long>("square", 2, null, Cancellation));
    }

    [Fact]
    public async Task A_pool_whose_initializer_throws_answers_that_it_is_broken_and_why()
    {
        var settings = new Dictionary<string, string>
        {
            ["Pool__Initializer"] = "refuse",
            ["Pool__InitializerArguments"] = "[\"no table\"]",
        };
        await using var program = SupervisorProgram.Start(
            ["--listen", "http://127.0.0.1:0", "--workers", "1", "--functions", Libraries.User], settings);
        var line = await program.Log.LineAsync(@"Now listening on: (http://127\.0\.0\.1:\d+)").WaitAsync(SupervisorProgram.Limit, Cancellation);
        await using var pool = Pool.Connect(line.Groups[1].Value);
        var error = await Assert.ThrowsAsync<PoolUnavailableException>(() => pool.MapAsync<int, int>("square", [1], null, Cancellation));
        Assert.Equal("POOL_BROKEN", error.Reason);
        Assert.Contains("System.InvalidOperationException: no table", error.Message, StringComparison.Ordinal);
        await program.StopAsync();
    }

    private static MapStreamRequest Start(long size) => new()
    {
        Start = new MapStart
        {
            Function = "length_plus",
            Shared = { new SharedArgument { Name = "bytes", Encoding = Encoding.Raw, Size = (ulong)size } },
        },
    };

    private static MapStreamRequest Piece(int size) => new() { Shared = new SharedPiece { Data = ByteString.CopyFrom(new byte[size]) } };

    private static async Task<RpcException> FailureOf(PoolService.PoolServiceClient client, params MapStreamRequest[] requests)
    {
        using var call = client.MapStream(cancellationToken: Cancellation);
        return await Assert.ThrowsAsync<RpcException>(async () =>
        {
            foreach (var request in requests)
            {
                await call.RequestStream.WriteAsync(request, Cancellation);
            }

            while (await call.ResponseStream.MoveNext(Cancellation))
            {
                // Until it fails.
            }
        });
    }

    private static (StatusCode, string?) Told(RpcException error) => (error.StatusCode, RpcErrors.InfoOf(error)?.Reason);
}
