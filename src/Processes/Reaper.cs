using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;

namespace WorkerPool.Processes;

/// <summary>
/// A small process that waits on a pipe from this one. When the pipe ends, for whatever reason and however violent, it
/// kills the process groups it was told of and removes the pool's private directory. Safe for several threads.
/// </summary>
/// <remarks>
/// It is the system's shell in a session of its own, so that neither a terminal nor a kill of this process's group
/// reaches it. On a system without a shell there is none: there the parent-death signal ends the workers, and the next
/// start removes the directory.
/// </remarks>
public sealed class Reaper : IAsyncDisposable
{
    private const string Script = """
        trap '' HUP INT QUIT TERM
        groups=
        while read -r what group; do
          if [ "$what" = + ]; then groups="$groups $group"; continue; fi
          rest=
          for other in $groups; do [ "$other" = "$group" ] || rest="$rest $other"; done
          groups=$rest
        done
        for group in $groups; do kill -9 "-$group" 2>/dev/null || kill -9 "$group" 2>/dev/null; done
        tries=0
        until rm -rf -- "$1" 2>/dev/null || [ $tries -ge 50 ]; do tries=$((tries + 1)); sleep 0.1; done
        """;

    private readonly Lock _lock = new();
    private readonly Process _process;

    private Reaper(Process process) => _process = process;

    /// <summary>Starts one.</summary>
    /// <param name="directory">Path of the pool's private directory.</param>
    /// <returns>The reaper; <c>null</c> where the system has no shell.</returns>
    public static Reaper? Start(string directory)
    {
        string[] shell = ["sh", "-c", Script, "workerpool-reaper", directory];
        return TryStart("setsid", shell) ?? TryStart(shell[0], shell[1..]);
    }

    /// <summary>A process group is to be killed at the end.</summary>
    /// <param name="group">Process id of its head.</param>
    public void Add(int group) => Tell('+', group);

    /// <summary>A process group is gone.</summary>
    /// <param name="group">Process id of its head.</param>
    public void Remove(int group) => Tell('-', group);

    /// <summary>Lets it do its work, and waits for its end.</summary>
    public async ValueTask DisposeAsync()
    {
        try
        {
            _process.StandardInput.Close();
        }
        catch (IOException)
        {
            // It is gone already.
        }

        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private static Reaper? TryStart(string program, string[] arguments)
    {
        try
        {
            var start = new ProcessStartInfo(program, arguments) { RedirectStandardInput = true, UseShellExecute = false };
            return Process.Start(start) is { } process ? new Reaper(process) : null;
        }
        catch (Win32Exception)
        {
            return null;
        }
    }

    private void Tell(char what, int group)
    {
        try
        {
            lock (_lock)
            {
                _process.StandardInput.Write(string.Create(CultureInfo.InvariantCulture, $"{what} {group}\n"));
                _process.StandardInput.Flush();
            }
        }
        catch (IOException)
        {
            // Somebody has killed it. The parent-death signal is the backup.
        }
    }
}
