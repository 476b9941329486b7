using WorkerPool.Local;

var library = typeof(Texts).Assembly.Location;
await using var pool = await LocalPool.StartAsync(new LocalPoolOptions { Functions = [library] });
await foreach (var text in pool.ImapAsync<string, string>("shout", ["one", "two", "three"]))
{
    Console.WriteLine(text);
}
