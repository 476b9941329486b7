using WorkerPool.Supervisor.Dispatch;
using WorkerPool.V1;

namespace WorkerPool.Supervisor.Tests.Dispatch;

public sealed class SharedArgumentsTests
{
    private readonly SharedArguments _shared = new([new SharedArgument { Name = "a", Size = 2 }, new SharedArgument { Name = "b", Size = 100_000 }]);

    [Fact]
    public void They_are_whole_when_all_bytes_have_come_and_are_held_in_the_memory_they_came_in()
    {
        var first = new byte[40_000];
        Assert.Null(_shared.Add(first));
        Assert.False(_shared.IsComplete);
        Assert.Null(_shared.Add(new byte[60_002]));
        Assert.True(_shared.IsComplete);
        Assert.True(_shared.Pieces[0].Equals(first));
        _shared.Release();
        Assert.Empty(_shared.Pieces);
    }

    [Fact]
    public void More_than_was_told_is_refused() =>
        Assert.Contains("have 100002 bytes", _shared.Add(new byte[100_003]), StringComparison.Ordinal);

    [Fact]
    public void An_empty_piece_is_refused() => Assert.NotNull(_shared.Add(default));

    [Fact]
    public void Crumbs_are_refused()
    {
        for (var i = 0; i < 3; i++)
        {
            Assert.Null(_shared.Add(new byte[1]));
        }

        Assert.Contains("too many pieces", _shared.Add(new byte[1]), StringComparison.Ordinal);
    }
}
