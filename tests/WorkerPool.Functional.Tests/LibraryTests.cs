using Grpc.Core;
using WorkerPool.Protocol.Errors;
using WorkerPool.V1;

namespace WorkerPool.Functional.Tests;

/// <summary>A pool whose workers cannot start takes no jobs and says why.</summary>
public sealed class LibraryTests
{
    public static TheoryData<string, string> Libraries_that_cannot_be_loaded { get; } = new()
    {
        { Path.Combine(AppContext.BaseDirectory, "Missing.dll"), "Missing.dll" },
        { Path.Combine(AppContext.BaseDirectory, "WorkerPool.Supervisor.runtimeconfig.json"), "runtimeconfig.json" },
        { Libraries.WithoutFunctions, "NoFunctions" },
        { Libraries.OfATakenName, "square" },
    };

    [Theory]
    [MemberData(nameof(Libraries_that_cannot_be_loaded))]
    public async Task A_library_that_cannot_be_loaded_breaks_the_pool_which_names_it(string path, string named)
    {
        await using var supervisor = await RunningSupervisor.StartAsync(workers: 2, [path]);
        await IsBroken(supervisor, named);
    }

    [Fact]
    public async Task A_program_with_the_name_of_a_function_breaks_the_pool_which_names_both()
    {
        var settings = new Dictionary<string, string> { ["Pool__Programs__echo__Command"] = "cat" };
        await using var supervisor = await RunningSupervisor.StartAsync(workers: 1, settings: settings);
        await IsBroken(supervisor, "Two functions have the name \"echo\": ");
    }

    [Fact]
    public async Task Two_libraries_with_a_function_of_one_name_break_the_pool_which_names_both()
    {
        await using var supervisor = await RunningSupervisor.StartAsync(workers: 1, [Libraries.User, Libraries.User]);
        await IsBroken(supervisor, "Two functions have the name \"");
    }

    private static async Task IsBroken(RunningSupervisor supervisor, string named)
    {
        supervisor.MayLogErrors = true;
        var error = await Assert.ThrowsAsync<RpcException>(
            async () => await supervisor.Client.ApplyAsync(new ApplyRequest { Function = "square" },
                cancellationToken: TestContext.Current.CancellationToken));
        Assert.Equal(StatusCode.Unavailable, error.StatusCode);
        var info = RpcErrors.InfoOf(error)!;
        Assert.Equal(("POOL_BROKEN", "FUNCTION_LIBRARY_INVALID"), (info.Reason, info.Metadata["cause"]));
        Assert.Contains(named, error.Status.Detail, StringComparison.Ordinal);
    }
}
