using System.Diagnostics;

namespace WorkerPool.Bench.Measuring;

/// <summary>A workload of this program, in a process of its own.</summary>
/// <param name="name">What tables call it.</param>
/// <param name="work">The workload.</param>
internal sealed class OwnContender(string name, string work) : Contender(name, work)
{
    /// <inheritdoc/>
    public override ProcessStartInfo Start(string order) => OwnProcess.Start("run", order);
}
