using WorkerPool.Local;

namespace WorkerPool.Tutorials;

#region tellers
public sealed class Teller
{
    private int _served;

    [WorkerFunction("serve")]
    public string Run(string customer) => $"{customer} was number {++_served}";
}

internal static class Tellers
{
    public static async Task RunAsync()
    {
        await using var pool = await LocalPool.StartAsync(new LocalPoolOptions
        {
            Workers = "1",
            Functions = [typeof(Teller).Assembly.Location],
        });

        await foreach (var line in pool.ImapAsync<string, string>("serve", ["Ada", "Grace", "Joan"]))
        {
            Console.WriteLine(line);
        }
    }
}
#endregion
