using System.Globalization;
using WorkerPool.Client;

namespace WorkerPool.Chaos;

/// <summary>A map whose right values are known: what to call, with what, and what has to come of each item.</summary>
/// <param name="function">The function.</param>
/// <param name="count">Items.</param>
internal abstract class Workload(string function, int count)
{
    // A little more than a chunk of quick items, or many of slow ones.
    private const int QuickItems = 4000;
    private const int SlowItems = 150;
    private const int FaultyItems = 300;
    private const double SlowSeconds = 0.01;

    /// <summary>The function.</summary>
    public string Function => function;

    /// <summary>Items.</summary>
    public int Count => count;

    /// <summary>Draws one by chance.</summary>
    /// <param name="chance">Decides.</param>
    /// <param name="faults">Faults that items may have.</param>
    public static Workload Draw(Random chance, IReadOnlySet<ChaosFault> faults)
    {
        var ofItems = faults.Where(fault => fault is ChaosFault.Exit or ChaosFault.Oom or ChaosFault.Timeout).Order().ToList();
        return chance.Next(4) switch
        {
            0 when ofItems.Count > 0 => Faulty(chance, ofItems[chance.Next(ofItems.Count)]),
            1 => new Of<double, double>("sleep", SlowItems, new MapOptions(), _ => SlowSeconds, _ => SlowSeconds),
            2 => new Of<int, long>("square", QuickItems, new MapOptions { ChunkSize = 1 + chance.Next(200) }, i => i, i => (long)i * i),
            _ => new Of<int, long>("cube", QuickItems, new MapOptions(), i => i, i => (long)i * i * i),
        };
    }

    /// <summary>Runs it and checks all that comes of it.</summary>
    /// <param name="pool">Where.</param>
    /// <param name="ordered">Whether in the order of the items.</param>
    /// <param name="report">Takes counts and breaches.</param>
    /// <param name="cancellation">Gives up.</param>
    public abstract Task RunAsync(Pool pool, bool ordered, ChaosReport report, CancellationToken cancellation);

    private static Of<FaultItem, FaultAnswer> Faulty(Random chance, ChaosFault fault)
    {
        var (kind, reason) = fault switch
        {
            ChaosFault.Exit => (FaultKind.Exit, "WORKER_CRASHED"),
            ChaosFault.Oom => (FaultKind.ExceedMemory, "WORKER_CRASHED"),
            _ => (FaultKind.HangBlocked, "ITEM_TIMEOUT"),
        };
        var faulty = chance.Next(FaultyItems);
        var options = new MapOptions
        {
            ChunkSize = 1 + chance.Next(50),
            ItemTimeout = fault == ChaosFault.Timeout ? ChaosSupervisor.ItemTimeout : null,
        };
        return new Of<FaultItem, FaultAnswer>(
            "fault",
            FaultyItems,
            options,
            i => new FaultItem(i) { Fault = i == faulty ? kind : null },
            i => new FaultAnswer(i))
        {
            Failing = (faulty, reason, fault.ToString()),
        };
    }

    private sealed record FaultAnswer(int Number);

    private sealed class Of<TItem, TResult>(
        string function, int count, MapOptions options, Func<int, TItem> item, Func<int, TResult> value)
        : Workload(function, count)
    {
        /// <summary>The item that has to fail, and how; <c>null</c>: none.</summary>
        public (int Index, string Reason, string Fault)? Failing { get; init; }

        public override async Task RunAsync(Pool pool, bool ordered, ChaosReport report, CancellationToken cancellation)
        {
            var items = Enumerable.Range(0, Count).Select(item);
            var stream = ordered
                ? pool.ImapOutcomesAsync<TItem, TResult>(Function, items, options, cancellation)
                : pool.ImapUnorderedOutcomesAsync<TItem, TResult>(Function, items, options, cancellation);
            var seen = new bool[Count];
            var last = -1L;
            await foreach (var outcome in stream)
            {
                report.Expect(!ordered || outcome.Index == last + 1, $"{Function}: index {outcome.Index} came after {last}");
                last = outcome.Index;
                report.Expect(!seen[outcome.Index], $"{Function}: index {outcome.Index} came twice");
                seen[outcome.Index] = true;
                Check(outcome, report);
            }

            report.Expect(Array.TrueForAll(seen, isSeen => isSeen), $"{Function}: {seen.Count(isSeen => !isSeen)} items have no answer");
            var failed = Failing is null ? 0 : 1;
            var ledger = stream.Summary?.Ledger;
            report.Expect(
                ledger == new JobLedger(Count, Count - failed, failed, 0), $"{Function}: the ledger of {Count} items, {failed} failing, is {ledger}");
            report.Count("maps");
            report.Count(ordered ? "maps, ordered" : "maps, in any order");
            report.Count("items", Count);
            report.Count("resumes of maps", stream.Summary?.Resumes ?? 0);
            report.Count("workers lost with items of a map", stream.Summary?.WorkerRestarts ?? 0);
        }

        private void Check(Outcome<TResult> outcome, ChaosReport report)
        {
            if (Failing is { } failing && failing.Index == outcome.Index)
            {
                if (outcome.Error is { } strike && StrikeVerdict.IsOf(strike))
                {
                    report.Count($"items that fail: {failing.Fault}, whose workers were struck each time before");
                    return;
                }

                report.Expect(outcome.Error?.Reason == failing.Reason, $"a {failing.Fault} item ended as {outcome}");
                report.Count($"items that fail: {failing.Fault}");
                if (failing.Reason == "WORKER_CRASHED" && outcome.Error is { } error)
                {
                    report.Expect(error.Attempts == ChaosSupervisor.MaxCrashes, $"a {failing.Fault} item was tried {error.Attempts} times");
                }

                return;
            }

            var expected = value((int)outcome.Index);
            report.Expect(
                outcome.Succeeded && EqualityComparer<TResult>.Default.Equals(outcome.Value, expected),
                string.Create(CultureInfo.InvariantCulture, $"{Function}: expected {expected}, got {outcome}"));
        }
    }
}
