using System.Collections.Concurrent;

namespace WorkerPool.WorkerHost.Tests.Session;

/// <summary>Functions that tell a test that they run, and wait to be let go.</summary>
public static class GatedMethods
{
    private static readonly ConcurrentDictionary<string, Gate> Gates = new();
    private static readonly ConcurrentDictionary<string, int> Counts = new();

    public static Gate At(string name) => Gates.GetOrAdd(name, _ => new Gate());

    [WorkerFunction("gated")]
    public static string Gated(string name)
    {
        At(name).Pass();
        return name;
    }

    [WorkerFunction("count_gated")]
    public static void CountGated(string name)
    {
        Counts.AddOrUpdate(name, 1, (_, count) => count + 1);
        At(name).Pass();
    }

    [WorkerFunction("runs_after")]
    public static int RunsAfter(string name) => Counts[name];

    [WorkerFunction("table_at")]
    public static int TableAt(int[] table, string name)
    {
        At(name).Pass();
        return System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(table);
    }

    [WorkerFunction("until_cancelled")]
    public static string UntilCancelled(string name, CancellationToken cancellationToken)
    {
        At(name).Arrive();
        cancellationToken.WaitHandle.WaitOne();
        return name;
    }

    /// <summary>One place where a function and its test meet.</summary>
    public sealed class Gate
    {
        private readonly TaskCompletionSource _reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly TaskCompletionSource _open = new();

        public Task ReachedAsync() => _reached.Task.WaitAsync(TimeSpan.FromSeconds(20));

        public void Open() => _open.TrySetResult();

        internal void Arrive() => _reached.TrySetResult();

        internal void Pass()
        {
            Arrive();
            _open.Task.Wait();
        }
    }
}
