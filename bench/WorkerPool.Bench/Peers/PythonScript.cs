using System.Diagnostics;
using WorkerPool.Bench.Measuring;

namespace WorkerPool.Bench.Peers;

/// <summary>A program of Python's that a workload of this program starts and measures from outside.</summary>
/// <param name="name">What tables call it.</param>
/// <param name="work">The workload.</param>
internal sealed class PythonScript(string name, string work) : Contender(name, work)
{
    /// <inheritdoc/>
    public override async Task<string?> MissingAsync() => await Presence.OfAsync("python3", "--version") ? null : "no python3 on the PATH";

    /// <inheritdoc/>
    public override ProcessStartInfo Start(string order) => OwnProcess.Start("run", order);
}
