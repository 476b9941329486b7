using System.Collections.Concurrent;

namespace WorkerPool.Processes;

/// <summary>
/// The one thread that starts processes. The kernel's parent-death signal fires when the <em>thread</em> that
/// spawned a process ends, so workers are spawned from one that lives as long as this process does.
/// </summary>
internal static class SpawnThread
{
    private static readonly BlockingCollection<Action> Spawns = Start();

    /// <summary>Runs something on the thread.</summary>
    /// <param name="spawn">What to run.</param>
    /// <returns>What it returned or threw.</returns>
    public static Task<T> RunAsync<T>(Func<T> spawn)
    {
        var done = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        Spawns.Add(() =>
        {
            try
            {
                done.SetResult(spawn());
            }
            catch (Exception error)
            {
                done.SetException(error);
            }
        });
        return done.Task;
    }

    private static BlockingCollection<Action> Start()
    {
        var spawns = new BlockingCollection<Action>();
        var thread = new Thread(() =>
        {
            foreach (var spawn in spawns.GetConsumingEnumerable())
            {
                spawn();
            }
        })
        {
            IsBackground = true,
            Name = "workerpool-spawn",
        };
        thread.Start();
        return spawns;
    }
}
