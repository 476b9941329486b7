using System.Text;
using WorkerPool.Cli.Output;
using WorkerPool.Cli.Running;
using WorkerPool.Client;

namespace WorkerPool.Cli.Tests;

public sealed class MapRunTests
{
    [Fact]
    public async Task Results_that_came_before_a_failure_are_written_also_when_it_was_at_hand_with_them()
    {
        using var output = new MemoryStream();
        using var status = new StatusLine(new StringWriter(), isTerminal: false, sharesTerminal: false);
        var run = new MapRun(status, new ResultWriter(output, withIndex: true));
        await using var admin = PoolAdmin.Connect("http://127.0.0.1:1");
        await using var items = new ItemWatch(admin, () => null);
        await Assert.ThrowsAsync<PoolProtocolException>(
            () => run.ToEndAsync(TwoThenFailure(), null, ProgressMode.Never, () => false, items, TestContext.Current.CancellationToken));

        Assert.Equal(2, Encoding.UTF8.GetString(output.ToArray()).Count(each => each == '\n'));
    }

    private static async IAsyncEnumerable<Outcome<JsonText>> TwoThenFailure()
    {
        await Task.CompletedTask;
        yield return default;
        yield return default;
        throw new PoolProtocolException("PROTOCOL_VIOLATED", "It broke.");
    }
}
