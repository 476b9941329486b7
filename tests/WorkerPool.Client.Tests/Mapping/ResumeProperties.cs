using CsCheck;
using WorkerPool.Client.Tests.Fakes;

namespace WorkerPool.Client.Tests.Mapping;

/// <summary>
/// Streams are cut at any moments a seed gives, while items fail in the pool and on this side. Whatever they are, every index
/// has one outcome, in order where that is wanted, with the right value, and the ledger adds up.
/// </summary>
public sealed class ResumeProperties
{
    private static readonly Gen<(int Count, int Window, int AnswerItems, int Seed, bool Ordered)> Scenario =
        Gen.Select(Gen.Int[0, 400], Gen.Int[1, 200], Gen.Int[1, 50], Gen.Int, Gen.Bool);

    [Fact]
    public Task Whenever_streams_are_cut_each_index_has_its_one_outcome() =>
        Scenario.SampleAsync(
            scenario => RunAsync(scenario.Count, scenario.Window, scenario.AnswerItems, scenario.Seed, scenario.Ordered),
            iter: 60,
            threads: 1);

    private static async Task RunAsync(int count, int window, int answerItems, int seed, bool ordered)
    {
        var random = new Random(seed);
        var cutsLeft = random.Next(6);
        await using var fake = await FakePool.StartAsync(new FakePoolOptions
        {
            WindowItems = (ulong)window,
            LaterWindowItems = (ulong)random.Next(1, 200),
            AnswerItems = answerItems,
            Fails = index => index % 11 == 5,
            MaxItemBytes = 8,
            Shuffle = messages =>
            {
                for (var at = messages.Count - 1; at > 0; at--)
                {
                    var other = random.Next(at + 1);
                    (messages[at], messages[other]) = (messages[other], messages[at]);
                }
            },
            Cuts = _ => cutsLeft > 0 && random.Next(20) == 0 && cutsLeft-- > 0,
        });
        var items = Enumerable.Range(0, count).Select(ItemAt).ToArray();
        var stream = ordered
            ? fake.Pool.ImapOutcomesAsync<JsonText, JsonText>("echo", items, null, TestContext.Current.CancellationToken)
            : fake.Pool.ImapUnorderedOutcomesAsync<JsonText, JsonText>("echo", items, null, TestContext.Current.CancellationToken);
        var outcomes = await stream.ToListAsync(TestContext.Current.CancellationToken);
        if (!ordered)
        {
            outcomes.Sort((a, b) => a.Index.CompareTo(b.Index));
        }

        Assert.Equal(Enumerable.Range(0, count), outcomes.Select(outcome => (int)outcome.Index));
        Assert.All(outcomes.Where(outcome => outcome.Succeeded), outcome => Assert.Equal($"{outcome.Index}", outcome.Value.ToString()));
        var failed = outcomes.Where(outcome => !outcome.Succeeded).Select(outcome => (int)outcome.Index);
        Assert.Equal(Enumerable.Range(0, count).Where(index => index % 7 == 3 || index % 11 == 5), failed);
        Assert.Equal(new JobLedger(count, count - failed.Count(), failed.Count(), 0), stream.Summary!.Ledger);
    }

    private static JsonText ItemAt(int index) => index % 7 == 3 ? JsonText.Unreadable("broken") : new JsonText($"{index}");
}
