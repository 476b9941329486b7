using WorkerPool.Supervisor.Jobs.Timing;
using WorkerPool.V1;

namespace WorkerPool.Supervisor.Tests.Jobs.Timing;

public sealed class FailedItemsTests
{
    private readonly FailedItems _failed = new();

    [Fact]
    public void The_first_are_kept_and_no_more_than_so_many()
    {
        _failed.Add([.. Enumerable.Range(0, 15).Select(n => Error(n))]);
        _failed.Add([.. Enumerable.Range(15, 15).Select(n => Error(n))]);
        Assert.Equal(Enumerable.Range(0, FailedItems.Most).Select(n => (ulong)n), _failed.Kept.Select(error => error.Index));
    }

    [Fact]
    public void What_they_hold_together_is_bounded_whatever_fails()
    {
        var text = new string('x', 1_000_000);
        _failed.Add([.. Enumerable.Range(0, 100).Select(n => Error(n, text))]);
        Assert.Equal(FailedItems.Most, _failed.Kept.Count);
        Assert.All(_failed.Kept, error => Assert.Equal(FailedItems.MostOfText + 1, error.Message.Length));
        Assert.Equal("stderr", _failed.Kept[0].Metadata.Keys.Single());
        Assert.InRange(_failed.Kept.Sum(error => error.CalculateSize()), 1, 200_000);
    }

    [Fact]
    public void The_error_itself_is_left_as_it_is()
    {
        var error = Error(1, new string('x', 10_000));
        var copy = error.Clone();
        _failed.Add([error]);
        Assert.Equal(copy, error);
    }

    private static ItemError Error(int index, string text = "boom") => new()
    {
        Index = (ulong)index,
        Reason = "WORKER_CRASHED",
        Message = text,
        StackTrace = text,
        Metadata = { ["stderr"] = text },
    };
}
