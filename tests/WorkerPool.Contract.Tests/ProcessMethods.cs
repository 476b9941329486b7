using System.Diagnostics;
using System.Globalization;

#pragma warning disable RS0030 // What runs in another process prints to it, and waits there for a file.

namespace WorkerPool.Contract.Tests;

/// <summary>Methods for processes of their own.</summary>
public static class ProcessMethods
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(10);

    public static Where WaitFor(string gate)
    {
        while (!File.Exists(gate))
        {
            Thread.Sleep(Interval);
        }

        return new Where(Environment.ProcessId, ParentId());
    }

    public static Where WaitWithChild(string gate)
    {
        using var child = Process.Start("sleep", "600");
        return WaitFor(gate);
    }

    public static async Task<bool> WaitUntilCancelled(string gate, CancellationToken cancellation)
    {
        await File.WriteAllTextAsync(gate + ".reached", "", CancellationToken.None);
        try
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellation);
            return false;
        }
        finally
        {
            await File.WriteAllTextAsync(gate, "", CancellationToken.None);
        }
    }

    public static int Exit(int code)
    {
        Environment.Exit(code);
        return code;
    }

    public static bool Print(string text)
    {
        Console.WriteLine(text);
        return true;
    }

    private static int ParentId() =>
        int.Parse(File.ReadAllText("/proc/self/stat").Split(") ")[^1].Split(' ')[1], CultureInfo.InvariantCulture);

    public sealed record Where(int Id, int ParentId);
}
