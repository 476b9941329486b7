using System.Globalization;
using System.Text.Json;
using Google.Protobuf.WellKnownTypes;
using WorkerPool.V1;

namespace WorkerPool.Fault.Tests;

/// <summary>Several kinds of poison in one large map: each is blamed for itself, and nobody else for anything.</summary>
public sealed class PoisonTests
{
    private const int Count = 10_000;

    // Longer than the runtime takes on a busy machine to say where a stack has overflown.
    private static readonly TimeSpan ItemTimeout = TimeSpan.FromSeconds(30);

    // For some twenty deaths of workers, one after the other.
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(5);

    // By index. Some are neighbours, so that one runs in the chunk of another.
    private static readonly Dictionary<ulong, FaultKind> Poisons = new()
    {
        [0] = FaultKind.Segfault,
        [1234] = FaultKind.Exit,
        [1235] = FaultKind.StackOverflow,
        [4000] = FaultKind.ExceedMemory,
        [7777] = FaultKind.NativeAbort,
        [7790] = FaultKind.HangBlocked,
        [9999] = FaultKind.FailFast,
    };

    private static readonly IReadOnlyList<string> Items =
    [
        .. Enumerable.Range(0, Count).Select(number => JsonSerializer.Serialize(
            new FaultItem(number) { Fault = Poisons.TryGetValue((ulong)number, out var fault) ? fault : null })),
    ];

    // Where one death fails an item, one that is charged with another's would be seen.
    [Theory]
    [InlineData(1, Order.Input, 0)]
    [InlineData(1, Order.Completion, 100)]
    [InlineData(3, Order.Input, 0)]
    public async Task Seven_poisons_among_ten_thousand_items_are_seven_errors(int maxCrashes, Order order, int chunkSize)
    {
        var settings = new Dictionary<string, string>(FaultyPool.Common)
        {
            ["Pool__MaxCrashes"] = $"{maxCrashes}",
            ["Pool__CancellationGrace"] = "00:00:00.2",
        };
        await using var supervisor = await RunningSupervisor.StartAsync(FaultyPool.Workers, [FaultyPool.Library], settings);
        var start = new MapStart
        {
            Function = "fault",
            Options = new MapOptions { Order = order, ChunkSize = chunkSize, ItemTimeout = Duration.FromTimeSpan(ItemTimeout) },
        };
        var map = await StreamedMap.RunAsync(supervisor.Client, start, Items, limit: Limit);

        var indexes = map.Results.Select(result => (int)result.Index);
        Assert.Equal(Enumerable.Range(0, Count), order == Order.Input ? indexes : indexes.Order());
        Assert.Equal(Poisons.Keys.Order(), map.Results.Where(result => result.Error is not null).Select(result => result.Index).Order());
        Assert.All(map.Results.Where(result => result.Error is null), result =>
            Assert.Equal(string.Create(CultureInfo.InvariantCulture, $"{{\"number\":{result.Index}}}"), result.Value));
        foreach (var (index, _, error) in map.Results.Where(result => result.Error is not null))
        {
            var fault = Poisons[index];
            if (Expected.Of(fault, Phase.MidChunk) is Expected.Crash crash)
            {
                ErrorChecks.IsCrash(error, crash, fault, maxCrashes, suspicions: 0);
            }
            else
            {
                ErrorChecks.IsTimeout(error, fault, isKilled: true, ItemTimeout);
            }
        }

        Assert.Equal(
            (JobOutcome.Completed, (ulong)Count, (ulong)(Count - Poisons.Count), (ulong)Poisons.Count, (uint)((maxCrashes * (Poisons.Count - 1)) + 1)),
            (map.Summary!.Outcome, map.Summary.Ledger.Accepted, map.Summary.Ledger.Succeeded, map.Summary.Ledger.Failed, map.Summary.WorkerRestarts));
    }
}
