using WorkerPool.Tutorials;

var tutorials = new Dictionary<string, Func<Task>>
{
    ["squares"] = Squares.RunAsync,
    ["workers"] = Workers.RunAsync,
    ["sleepers"] = Sleepers.RunAsync,
    ["sorted"] = Sorted.RunAsync,
    ["functions"] = Functions.RunAsync,
    ["memory"] = Memory.RunAsync,
    ["processes"] = Processes.RunAsync,
    ["tellers"] = Tellers.RunAsync,
    ["digits"] = Digits.RunAsync,
    ["points"] = Points.RunAsync,
    ["timing"] = Timing.RunAsync,
};

if (args is not [var name] || !tutorials.TryGetValue(name, out var tutorial))
{
    Console.Error.WriteLine($"Give the name of one tutorial: {string.Join(", ", tutorials.Keys)}.");
    return 2;
}

await tutorial();
return 0;
