using System.Diagnostics.CodeAnalysis;
using WorkerPool.Chaos;

[assembly: SuppressMessage("ApiDesign", "RS0030", Justification = "A run prints what it found.")]

return await ChaosCommand.RunAsync(args, Console.Out);
