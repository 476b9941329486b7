using System.Diagnostics;
using WorkerPool.Bench.Peers;

namespace WorkerPool.Bench.Measuring;

/// <summary>A workload of this program, in a process of its own.</summary>
/// <param name="name">What tables call it.</param>
/// <param name="work">The workload.</param>
internal sealed class OwnContender(string name, string work) : Contender(name, work)
{
    /// <summary>The programs that it needs, beside what all have. Default: none.</summary>
    public IReadOnlyList<string> Needs { get; init; } = [];

    /// <summary>The program of ours beside this one whose settings of the runtime it has. Default: null, what a user's program has.</summary>
    public string? RuntimeOf { get; init; }

    /// <inheritdoc/>
    public override async Task<string?> MissingAsync()
    {
        foreach (var program in Needs)
        {
            if (!await Presence.OfAsync(program, "--version"))
            {
                return $"{program} is not on the PATH";
            }
        }

        return null;
    }

    /// <inheritdoc/>
    public override ProcessStartInfo Start(string order) => RuntimeOf is { } other ? OwnProcess.StartAs(other, "run", order) : OwnProcess.Start("run", order);
}
