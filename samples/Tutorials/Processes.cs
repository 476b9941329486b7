using WorkerPool.Local;

namespace WorkerPool.Tutorials;

internal static class Processes
{
    #region processes
    public sealed record Account(string Owner, int[] Payments)
    {
        public static int Run(Account account) => account.Payments.Sum();
    }

    public static async Task RunAsync()
    {
        await using var pool = await LocalPool.StartAsync();

        var ada = await pool.StartProcessAsync(Account.Run, new Account("Ada", [5, 10]));
        var grace = await pool.StartProcessAsync(Account.Run, new Account("Grace", [1, 2, 3]));
        Console.WriteLine($"two processes: {ada.Id != grace.Id}");

        await ada.JoinAsync();
        await grace.JoinAsync();
        Console.WriteLine($"{ada.Name} gave {await ada.Completion}, exit code {ada.ExitCode}");
        Console.WriteLine($"{grace.Name} gave {await grace.Completion}, exit code {grace.ExitCode}");
    }
    #endregion
}
