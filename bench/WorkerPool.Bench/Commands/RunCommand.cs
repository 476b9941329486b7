using System.CommandLine;
using WorkerPool.Bench.Measuring;
using WorkerPool.Bench.Workloads;

namespace WorkerPool.Bench.Commands;

/// <summary>Runs one workload in this process: what <c>compare</c> starts again and again. Hidden.</summary>
internal static class RunCommand
{
    /// <summary>Makes the command.</summary>
    /// <param name="output">Takes readings.</param>
    /// <param name="errors">Takes what went wrong.</param>
    public static Command Create(TextWriter output, TextWriter errors)
    {
        var order = new Argument<string>("order") { Description = "What to measure, as JSON." };
        var command = new Command("run", "Runs one workload.") { order };
        command.Hidden = true;
        command.SetAction(async (parsed, _) =>
        {
            try
            {
                var read = Plan.ReadOrder(parsed.GetValue(order)!);
                await WorkloadList.Find(read.Work).RunAsync(read, reading =>
                {
                    output.WriteLine(ContenderRun.Line(reading));
                    output.Flush();
                });
                return 0;
            }
            catch (Exception e)
            {
                await errors.WriteLineAsync(e.ToString());
                return BenchCommandLine.Broken;
            }
        });
        return command;
    }
}
