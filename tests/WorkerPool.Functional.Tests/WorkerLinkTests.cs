using System.Net.Sockets;
using Grpc.Net.Client;
using WorkerPool.Supervisor.Configuration;
using WorkerPool.Supervisor.Hosting;
using WorkerPool.Supervisor.Launching;
using WorkerPool.V1;

namespace WorkerPool.Functional.Tests;

/// <summary>
/// The connections between a Supervisor and its workers, which carry the session and the health calls: what is sent is lost,
/// or its answer, or both are late. The map is complete, exact and in order, whatever is lost.
/// </summary>
public sealed class WorkerLinkTests
{
    private const int Count = 2000;
    private const uint FaultyLinks = 3;

    // What a worker takes to start on a busy machine.
    private static readonly TimeSpan StartTimeout = TimeSpan.FromSeconds(10);

    // In the preface, in the start, in the hello, among chunks, among results.
    public static TheoryData<bool, long> Cuts { get; } = new(
        from toWorker in new[] { true, false }
        from position in new long[] { 20, 150, 600, 2500, 12_000 }
        select (toWorker, position));

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Cuts))]
    public async Task What_is_lost_with_a_connection_is_made_up_for(bool toWorker, long position)
    {
        var map = await RunAsync(new LinkFault(toWorker, CutAtByte: position), FaultyLinks, TimeSpan.FromSeconds(30));

        // A worker whose connection breaks before it has introduced itself has not started, and is none that was lost.
        Assert.InRange(map.Summary!.WorkerRestarts, 0u, FaultyLinks);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_connection_that_is_dead_and_says_nothing_is_found_by_the_silence(bool toWorker)
    {
        var map = await RunAsync(new LinkFault(toWorker, StallAtByte: 6000), FaultyLinks, TimeSpan.FromSeconds(3));

        // On a busy machine another may be taken for one.
        Assert.InRange(map.Summary!.WorkerRestarts, 1u, uint.MaxValue);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_worker_that_never_says_who_it_is_is_not_waited_for(bool toWorker)
    {
        var map = await RunAsync(new LinkFault(toWorker, StallAtByte: 60), FaultyLinks, TimeSpan.FromSeconds(30));
        Assert.Equal(0u, map.Summary!.WorkerRestarts);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task What_is_late_is_waited_for(bool toWorker)
    {
        var map = await RunAsync(new LinkFault(toWorker, Delay: TimeSpan.FromMilliseconds(20)), uint.MaxValue, TimeSpan.FromSeconds(30));
        Assert.Equal(0u, map.Summary!.WorkerRestarts);
    }

    // The stream then carries where they are: among the items, and among the values.
    [Theory]
    [InlineData(true, 600)]
    [InlineData(false, 2500)]
    public async Task What_lay_in_memory_for_a_connection_that_is_lost_is_made_up_for(bool toWorker, long position)
    {
        var items = Enumerable.Range(0, Count).Select(number => $"\"{new string((char)('a' + (number % 26)), 9_000)}{number}\"").ToList();
        var map = await RunAsync(new LinkFault(toWorker, CutAtByte: position), FaultyLinks, TimeSpan.FromSeconds(30), "echo", items);
        Assert.True(items.SequenceEqual(map.Results.Select(result => result.Value!)));
        Assert.InRange(map.Summary!.WorkerRestarts, 1u, FaultyLinks);
    }

    private static async Task<StreamedMap> RunAsync(LinkFault fault, uint faultyLinks, TimeSpan silence)
    {
        var map = await RunAsync(fault, faultyLinks, silence, "square", Json.Range(Count));
        Assert.Equal(Enumerable.Range(0, Count).Select(i => $"{(long)i * i}"), map.Results.Select(result => result.Value));
        return map;
    }

    private static async Task<StreamedMap> RunAsync(LinkFault fault, uint faultyLinks, TimeSpan silence, string function, IReadOnlyList<string> items)
    {
        var options = new PoolOptions { Workers = "2", MaxRestarts = 1000, SilenceLimit = silence, StartTimeout = StartTimeout };
        await using var supervisor = await EmbeddedSupervisor.StartAsync(
            options,
            (directory, time) => new FaultyLauncher(new LocalLauncher(directory, options, _ => { }, time), number => number < faultyLinks ? fault : null),
            logs: null,
            Cancellation);
        var start = new MapStart { Function = function, Options = new MapOptions { ChunkSize = 10 } };
        var map = await StreamedMap.RunAsync(new PoolService.PoolServiceClient(supervisor.Calls), start, items);
        Assert.Equal(((ulong)items.Count, (ulong)items.Count), (map.Summary!.Ledger.Accepted, map.Summary.Ledger.Succeeded));
        return map;
    }
}
