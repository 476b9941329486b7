using System.Diagnostics.CodeAnalysis;
using WorkerPool.Bench.Commands;

[assembly: SuppressMessage("ApiDesign", "RS0030", Justification = "A bench is a command: it prints what it measured.")]

return await BenchCommandLine.RunAsync(args, Console.Out, Console.Error);
