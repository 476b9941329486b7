using System.Globalization;
using WorkerPool.Client;

namespace WorkerPool.Container.Tests.Cells;

/// <summary>A map that something befalls: ordered, of items of about a millisecond whose values tell them apart.</summary>
internal static class LongMap
{
    private const double Pause = 0.001;
    private const double Step = 1e-9;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>Runs it. A tenth of it is done when the fault strikes, and it does not end before that is over.</summary>
    /// <param name="pool">The pool.</param>
    /// <param name="count">Its items, at least.</param>
    /// <param name="fault">What befalls it.</param>
    public static async Task RunAsync(Pool pool, int count, Func<Task> fault)
    {
        Task? striking = null;
        var (next, longest) = (0, TimeSpan.Zero);
        var last = TimeProvider.System.GetTimestamp();
        await foreach (var value in pool.ImapAsync<double, double>("sleep", Items(), cancellationToken: Cancellation))
        {
            Assert.Equal(ItemAt(next), value);
            var now = TimeProvider.System.GetTimestamp();
            var gap = TimeProvider.System.GetElapsedTime(last, now);
            (last, longest) = (now, gap > longest ? gap : longest);
            if (++next == count / 10)
            {
                striking = fault();
            }
        }

        await striking!;
        Assert.True(next >= count, string.Create(CultureInfo.InvariantCulture, $"{next} values came of {count} items or more."));
        TestContext.Current.TestOutputHelper!.WriteLine(
            string.Create(CultureInfo.InvariantCulture, $"{next} items, all right and in order; longest time without a value {longest.TotalSeconds:F1} s"));

        IEnumerable<double> Items()
        {
            for (var index = 0; index < count || striking?.IsCompleted != true; index++)
            {
                yield return ItemAt(index);
            }
        }
    }

    private static double ItemAt(int index) => Pause + (index * Step);
}
