using System.Collections.Concurrent;

namespace WorkerPool.WorkerHost.Tests.Session;

/// <summary>Functions that tell a test that they run, and wait to be let go.</summary>
public static class GatedMethods
{
    private static readonly ConcurrentDictionary<string, Gate> Gates = new();

    public static Gate At(string name) => Gates.GetOrAdd(name, _ => new Gate());

    [WorkerFunction("gated")]
    public static string Gated(string name)
    {
        At(name).Pass();
        return name;
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
