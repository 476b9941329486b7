using System.Diagnostics;
using WorkerPool.Bench.Measuring;

namespace WorkerPool.Bench.Peers;

/// <summary>A pool of Python's: a script beside this class, which is told the same order and prints the same lines.</summary>
/// <param name="name">What tables call it.</param>
/// <param name="script">File name of the script.</param>
/// <param name="work">The work.</param>
/// <param name="debianModule">A module of Debian's packages that it needs; the interpreter is Debian's then. Default: none, and python3 of the PATH.</param>
internal sealed class PythonPeer(string name, string script, string work, string? debianModule = null) : Contender(name, work)
{
    private string Interpreter => debianModule is null ? "python3" : "/usr/bin/python3";

    /// <inheritdoc/>
    public override async Task<string?> MissingAsync() => await Presence.OfAsync(Interpreter, "-c", $"import {debianModule ?? "multiprocessing"}")
        ? null
        : debianModule is null ? "no python3 on the PATH" : $"no {debianModule} (Debian: python3-{debianModule})";

    /// <inheritdoc/>
    public override ProcessStartInfo Start(string order) => new(Interpreter, [Path.Combine(AppContext.BaseDirectory, "Peers", script), order]);
}
