using WorkerPool.Client.Mapping;

namespace WorkerPool.Client.Tests.Mapping;

public sealed class OutcomeBufferTests
{
    [Theory]
    [InlineData(null)]
    [InlineData(0)]
    [InlineData(3)]
    [InlineData(100)]
    public void Values_are_in_the_order_of_the_items_however_they_come(int? total)
    {
        var buffer = new OutcomeBuffer<string>(total);
        foreach (var index in Enumerable.Range(0, 100).OrderBy(index => (index * 37) % 100))
        {
            buffer.Add(new Outcome<string>(index, $"{index}"));
        }

        Assert.Equal(Enumerable.Range(0, 100).Select(index => $"{index}"), buffer.ToValues());
        Assert.Equal(new JobProgress(100, 0, total), buffer.Progress);
        Assert.Null(buffer.FirstFailure);
    }

    [Fact]
    public void The_first_failure_is_the_one_with_the_lowest_index()
    {
        var buffer = new OutcomeBuffer<int>(10);
        buffer.Add(new Outcome<int>(7, new ItemFailedException(7, "R", "later")));
        buffer.Add(new Outcome<int>(2, 2));
        buffer.Add(new Outcome<int>(4, new ItemFailedException(4, "R", "earlier")));

        Assert.Equal(4, buffer.FirstFailure!.Index);
        Assert.Equal(new JobProgress(1, 2, 10), buffer.Progress);
        Assert.Equal(3, buffer.Progress.Done);
    }

    [Fact]
    public void What_has_come_so_far_is_a_copy_by_index_without_the_gaps()
    {
        var buffer = new OutcomeBuffer<int>(null);
        buffer.Add(new Outcome<int>(40, 40));
        buffer.Add(new Outcome<int>(3, 3));
        var soFar = buffer.ToList();
        buffer.Add(new Outcome<int>(0, 0));

        Assert.Equal([3L, 40L], soFar.Select(outcome => outcome.Index));
        Assert.Equal([0L, 3L, 40L], buffer.ToList().Select(outcome => outcome.Index));
    }
}
