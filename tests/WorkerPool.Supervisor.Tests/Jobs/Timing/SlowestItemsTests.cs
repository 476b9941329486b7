using CsCheck;
using WorkerPool.Supervisor.Jobs.Timing;

namespace WorkerPool.Supervisor.Tests.Jobs.Timing;

public sealed class SlowestItemsTests
{
    [Fact]
    public void Those_kept_are_the_slowest_of_all() => Gen.ULong[0, 1000].Array[0, 100].Sample(times =>
    {
        var slowest = new SlowestItems();
        for (var i = 0; i < times.Length; i++)
        {
            slowest.Add(new SlowItem((ulong)i, 1, times[i]));
        }

        Assert.Equal(times.OrderDescending().Take(SlowestItems.Most), slowest.Kept.Select(item => item.Nanoseconds));
    });

    [Fact]
    public void An_item_that_ran_twice_is_there_once_with_its_longer_run()
    {
        var slowest = new SlowestItems();
        slowest.Add(new SlowItem(7, 1, 100));
        slowest.Add(new SlowItem(8, 1, 150));
        slowest.Add(new SlowItem(7, 2, 200));
        slowest.Add(new SlowItem(7, 1, 50));
        Assert.Equal([new SlowItem(7, 2, 200), new SlowItem(8, 1, 150)], slowest.Kept);
    }
}
