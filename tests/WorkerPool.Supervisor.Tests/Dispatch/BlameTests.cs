using CsCheck;
using WorkerPool.Processes;
using WorkerPool.Supervisor.Dispatch;

namespace WorkerPool.Supervisor.Tests.Dispatch;

public sealed class BlameTests
{
    private const ulong Lease = 7;

    [Fact]
    public void The_running_item_alone_is_suspected_and_every_other_one_is_innocent() =>
        Gen.Select(Gen.Int[1, 9], Gen.Double.Unit, Gen.Double.Unit).Sample((count, a, b) =>
        {
            var answered = (int)(a * count);
            var running = answered + (int)(b * (count - answered));
            var blame = Blame.Of(InFlight(count, answered), [new RunningItem(Lease + 1, 100), new RunningItem(Lease, 100 + (ulong)running)]);
            Assert.NotNull(blame.Suspect);
            Assert.Equal((100 + (ulong)running, 1), (blame.Suspect.FirstIndex, blame.Suspect.Items.Count));
            var expected = Enumerable.Range(answered, count - answered).Where(i => i != running).Select(i => 100 + (ulong)i);
            Assert.Equal(expected, IndexesOf(blame));
        });

    [Theory]
    [InlineData(Lease + 1, 103)] // an item of another chunk
    [InlineData(Lease, 101)] // answered before
    [InlineData(Lease, 105)] // beyond the chunk
    [InlineData(Lease, 0)]
    public void Nobody_is_suspected_for_an_item_that_was_not_running_here(ulong lease, ulong index)
    {
        var blame = Blame.Of(InFlight(count: 5, answered: 2), [new RunningItem(lease, index)]);
        Assert.Null(blame.Suspect);
        Assert.Equal([102ul, 103, 104], IndexesOf(blame));
    }

    [Fact]
    public void Nobody_is_suspected_when_nothing_was_running()
    {
        var blame = Blame.Of(InFlight(count: 3, answered: 0), []);
        Assert.Null(blame.Suspect);
        Assert.Equal([100ul, 101, 102], IndexesOf(blame));
    }

    [Fact]
    public void The_first_item_is_suspected_for_what_comes_before_it()
    {
        var blame = Blame.Of(InFlight(count: 3, answered: 0), [new RunningItem(Lease, RunningItem.SetupIndex)]);
        Assert.Equal(100ul, blame.Suspect?.FirstIndex);
        Assert.Equal([101ul, 102], IndexesOf(blame));
    }

    [Fact]
    public void Nobody_is_left_to_blame_when_all_is_answered()
    {
        var blame = Blame.Of(InFlight(count: 3, answered: 3), [new RunningItem(Lease, 102)]);
        Assert.Null(blame.Suspect);
        Assert.Empty(blame.Innocent);
    }

    private static InFlightChunk InFlight(int count, int answered)
    {
        var chunk = new InFlightChunk(Lease, new FakeSource().Chunk(100, count), 1);
        chunk.Answer(answered);
        return chunk;
    }

    private static IEnumerable<ulong> IndexesOf(Blame blame) => Runs.IndexesIn(blame.Innocent.SelectMany(chunk => chunk.Items.Segments));
}
