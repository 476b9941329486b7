using System.Diagnostics;
using WorkerPool.Bench.Measuring;

namespace WorkerPool.Bench.Peers;

/// <summary>A program of others that a workload of this program starts and measures from outside.</summary>
/// <param name="name">What tables call it.</param>
/// <param name="work">The workload.</param>
/// <param name="program">The program, which is on the PATH.</param>
internal sealed class ProgramPeer(string name, string work, string program) : Contender(name, work)
{
    /// <inheritdoc/>
    public override async Task<string?> MissingAsync() => await Presence.OfAsync(program, "--version") ? null : $"no {program} on the PATH";

    /// <inheritdoc/>
    public override ProcessStartInfo Start(string order) => OwnProcess.Start("run", order);
}
