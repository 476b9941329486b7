using Microsoft.Extensions.Logging;
using WorkerPool;

public static class Workers
{
    #region printing
    [WorkerFunction("where", Summary = "Which worker runs the item.")]
    public static string Where(string item)
    {
        Console.WriteLine($"looking at {item}");
        return $"{WorkerContext.Current.WorkerName}, incarnation {WorkerContext.Current.Incarnation}";
    }
    #endregion

    #region progress
    [WorkerFunction("simulate", Summary = "Runs some rounds, and says how far it is.")]
    public static double Simulate(int rounds, WorkerContext context)
    {
        var sum = 0.0;
        for (var round = 0; round < rounds; round++)
        {
            context.Cancellation.ThrowIfCancellationRequested();
            sum += Math.Sqrt(round);
            context.Report((round + 1.0) / rounds);
        }

        context.Logger.LogInformation("item {Index} took {Rounds} rounds", context.Index, rounds);
        return sum;
    }
    #endregion

    #region sideeffect
    [WorkerFunction("save", Summary = "Writes a text to a file; safe to run again.")]
    public static void Save(string path, string text)
    {
        var partial = $"{path}.{Guid.NewGuid():N}";
        File.WriteAllText(partial, text);
        File.Move(partial, path, overwrite: true);
    }
    #endregion

    #region crash
    [WorkerFunction("crash", Summary = "Ends its process on the item 13.")]
    public static int Crash(int number)
    {
        if (number == 13)
        {
            Environment.FailFast("thirteen");
        }

        return number;
    }
    #endregion
}
