using System.Diagnostics.CodeAnalysis;
using WorkerPool.Bench.Initializers;
using WorkerPool.Bench.Kills;
using WorkerPool.Bench.Recovery;
using WorkerPool.Bench.SharedArguments;
using WorkerPool.Bench.Sharing;

[assembly: SuppressMessage("ApiDesign", "RS0030", Justification = "A bench is a command: it prints what it measured.")]

var suites = new Dictionary<string, Func<TextWriter, Task>>
{
    ["sharing"] = SharingSuite.RunAsync,
    ["recovery"] = RecoverySuite.RunAsync,
    ["kills"] = KillsSuite.RunAsync,
    ["initializers"] = InitializersSuite.RunAsync,
    ["shared"] = SharedArgumentsSuite.RunAsync,
};
if (args is not [var name] || !suites.TryGetValue(name, out var run))
{
    await Console.Error.WriteLineAsync($"usage: WorkerPool.Bench {string.Join('|', suites.Keys)}");
    return 2;
}

await run(Console.Out);
return 0;
