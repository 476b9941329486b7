using WorkerPool.Client;
using WorkerPool.Local;

namespace WorkerPool.Tutorials;

internal static class Sorted
{
    #region sorted
    public static async Task RunAsync()
    {
        await using var pool = await LocalPool.StartAsync();
        string[] words = ["one", "two", "three", "", "five"];

        var outcomes = new List<Outcome<char>>();
        await foreach (var outcome in pool.ImapUnorderedOutcomesAsync(word => word[0], words))
        {
            outcomes.Add(outcome);
        }

        foreach (var outcome in outcomes.OrderBy(outcome => outcome.Index))
        {
            Console.WriteLine($"{outcome.Index}: {(outcome.Succeeded ? outcome.Value : outcome.Error!.RemoteType)}");
        }
    }
    #endregion
}
