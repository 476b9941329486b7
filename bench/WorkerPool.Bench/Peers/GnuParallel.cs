using System.Diagnostics;
using WorkerPool.Bench.Measuring;

namespace WorkerPool.Bench.Peers;

/// <summary>GNU parallel, which a workload of this program starts and measures from outside.</summary>
/// <param name="name">What tables call it.</param>
/// <param name="work">The workload.</param>
internal sealed class GnuParallel(string name, string work) : Contender(name, work)
{
    /// <inheritdoc/>
    public override async Task<string?> MissingAsync() => await Presence.OfAsync("parallel", "--version") ? null : "no parallel on the PATH (Debian: parallel)";

    /// <inheritdoc/>
    public override ProcessStartInfo Start(string order) => OwnProcess.Start("run", order);
}
