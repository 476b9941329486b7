using WorkerPool.V1;

namespace WorkerPool.Functional.Tests;

/// <summary>No item that has not started is left behind a long one while another worker has nothing to do.</summary>
public sealed class StealingTests(SharedSupervisor shared) : IClassFixture<SharedSupervisor>
{
    private const int Count = 400;
    private const string Quick = "\"\"";

    [Theory]
    [InlineData(0, true)]
    [InlineData(Count / 2, true)]
    [InlineData(Count - 1, true)]
    [InlineData(0, false)]
    [InlineData(Count / 2, false)]
    [InlineData(Count - 1, false)]
    public async Task Every_other_item_is_answered_while_a_long_one_runs(int position, bool countIsKnown)
    {
        using var gate = new TemporaryFile();
        var start = new MapStart { Function = "wait_for", Options = new MapOptions { Order = Order.Completion } };
        if (countIsKnown)
        {
            start.ItemCount = Count;
        }

        var items = Enumerable.Range(0, Count).Select(i => i == position ? gate.Item : Quick).ToList();
        using var map = await OpenMap.StartAsync(shared.Running.Client, start, items);
        await map.EndInputAsync();
        await map.ReadToAsync(Count - 1);
        gate.Make();
        await map.ReadToEndAsync();
        Assert.Equal(((ulong)position, gate.Item), (map.Results[^1].Index, map.Results[^1].Value));
        Assert.Equal(Count, map.Results.Select(result => result.Index).Distinct().Count());
    }

    [Fact]
    public async Task In_the_order_of_the_input_only_what_follows_the_long_one_waits_for_it()
    {
        using var gate = new TemporaryFile();
        var items = Enumerable.Range(0, Count).Select(i => i == Count / 2 ? gate.Item : Quick).ToList();
        using var map = await OpenMap.StartAsync(shared.Running.Client, new MapStart { Function = "wait_for" }, items);
        await map.EndInputAsync();
        await map.ReadToAsync(Count / 2);
        await Eventually.AskAsync(
            async () => (await shared.Running.Jobs.GetJobAsync(
                new GetJobRequest { Id = map.JobId }, cancellationToken: TestContext.Current.CancellationToken)).Job,
            job => job.HeldResults == (Count / 2) - 1);
        gate.Make();
        await map.ReadToEndAsync();
        Assert.Equal(Enumerable.Range(0, Count).Select(i => (ulong)i), map.Results.Select(result => result.Index));
    }
}
