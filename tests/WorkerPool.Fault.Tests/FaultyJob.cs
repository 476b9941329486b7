using System.Globalization;
using System.Text.Json;
using Google.Protobuf.WellKnownTypes;
using WorkerPool.V1;

namespace WorkerPool.Fault.Tests;

/// <summary>A job of three chunks with one item that has a fault, in the middle one; what must come of it, to the last item.</summary>
internal static class FaultyJob
{
    private const int Chunk = 5;
    private const int Count = 3 * Chunk;

    /// <summary>How long an item may run where one hangs: longer than a worker on a busy machine takes for its first.</summary>
    public static TimeSpan ItemTimeout { get; } = TimeSpan.FromSeconds(3);

    /// <summary>What starts it.</summary>
    public static MapStart Start(FaultKind fault, Order order) => new()
    {
        Function = "fault",
        Options = new MapOptions
        {
            Order = order,
            ChunkSize = Chunk,
            ItemTimeout = Expected.Of(fault, Phase.MidChunk) is Expected.Timeout ? Duration.FromTimeSpan(ItemTimeout) : null,
        },
    };

    /// <summary>Its items.</summary>
    public static IReadOnlyList<string> Items(FaultKind fault, Phase phase, string gate = "") =>
    [
        .. Enumerable.Range(0, Count).Select(number => JsonSerializer.Serialize(number != FaultyIndex(phase)
            ? new FaultItem(number)
            : new FaultItem(number)
            {
                Fault = fault,
                Gate = gate,
                Moment = phase switch
                {
                    Phase.Encoding => FaultMoment.Encoding,
                    Phase.Idle => FaultMoment.Afterwards,
                    _ => FaultMoment.Running,
                },
            })),
    ];

    /// <summary>Items without a fault.</summary>
    public static IReadOnlyList<string> SoundItems { get; } =
        [.. Enumerable.Range(0, Count).Select(number => JsonSerializer.Serialize(new FaultItem(number)))];

    /// <summary>Checks that every item without a fault has its value, in order, and gives the outcome of the other.</summary>
    public static (string? Value, ItemError? Error) Faulty(
        IReadOnlyList<(ulong Index, string? Value, ItemError? Error)> results, Phase phase, Order order)
    {
        var indexes = results.Select(result => (int)result.Index);
        Assert.Equal(Enumerable.Range(0, Count), order == Order.Input ? indexes : indexes.Order());
        var faulty = (ulong)FaultyIndex(phase);
        Assert.All(results.Where(result => result.Index != faulty), result =>
            Assert.Equal((ValueOf(result.Index), null), (result.Value, result.Error)));
        var (index, value, error) = results.Single(result => result.Index == faulty);
        if (value is not null)
        {
            Assert.Equal(ValueOf(index), value);
        }

        return (value, error);
    }

    /// <summary>Checks the account of a job.</summary>
    public static void AddsUp(MapSummary? summary, int failed, uint restarts)
    {
        Assert.NotNull(summary);
        Assert.Equal(JobOutcome.Completed, summary.Outcome);
        Assert.Equal(
            ((ulong)Count, (ulong)(Count - failed), (ulong)failed, 0ul),
            (summary.Ledger.Accepted, summary.Ledger.Succeeded, summary.Ledger.Failed, summary.Ledger.Cancelled));
        Assert.Equal(restarts, summary.WorkerRestarts);
    }

    private static int FaultyIndex(Phase phase) => phase switch
    {
        Phase.FirstItem => Chunk,
        Phase.LastItem => (2 * Chunk) - 1,
        _ => Chunk + (Chunk / 2),
    };

    private static string ValueOf(ulong index) => string.Create(CultureInfo.InvariantCulture, $"{{\"number\":{index}}}");
}
