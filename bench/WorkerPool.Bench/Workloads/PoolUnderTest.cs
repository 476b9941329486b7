using WorkerPool.Client;
using WorkerPool.Local;

namespace WorkerPool.Bench.Workloads;

/// <summary>A pool of ours with all its workers ready: a local one, or a client of a Supervisor's process.</summary>
internal sealed class PoolUnderTest : IAsyncDisposable
{
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(20);
    private readonly SupervisorProcess? _supervisor;

    private PoolUnderTest(Pool pool, SupervisorProcess? supervisor)
    {
        Pool = pool;
        _supervisor = supervisor;
    }

    /// <summary>The pool.</summary>
    public Pool Pool { get; }

    /// <summary>The Supervisor's process; fails for a local pool, which has none.</summary>
    public SupervisorProcess Supervisor => _supervisor ?? throw new InvalidOperationException("A local pool has no Supervisor of its own.");

    /// <summary>Starts a pool.</summary>
    /// <param name="isRemote">Whether its Supervisor has a process of its own.</param>
    /// <param name="workers">Workers.</param>
    /// <param name="withFunctions">Whether they load <see cref="BenchFunctions"/> beside the built-in functions.</param>
    public static async Task<PoolUnderTest> StartAsync(bool isRemote, int workers, bool withFunctions = false)
    {
        string[] functions = withFunctions ? [typeof(BenchFunctions).Assembly.Location] : [];
        if (isRemote)
        {
            var supervisor = await SupervisorProcess.StartAsync(workers, functions.SelectMany(path => (string[])["--functions", path]));
            return new PoolUnderTest(Pool.Connect(supervisor.Address), supervisor);
        }

        var pool = await LocalPool.StartAsync(new LocalPoolOptions { Workers = $"{workers}", Functions = functions });
        await AllReadyAsync(pool, workers);
        return new PoolUnderTest(pool, null);
    }

    /// <summary>Waits until all workers of a pool are ready.</summary>
    /// <param name="pool">The pool.</param>
    /// <param name="workers">Its workers.</param>
    public static async Task AllReadyAsync(Pool pool, int workers)
    {
        while ((await pool.Admin.GetPoolAsync()).ReadyWorkers < workers)
        {
            await Task.Delay(Poll, TimeProvider.System);
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await Pool.DisposeAsync();
        if (_supervisor is not null)
        {
            await _supervisor.DisposeAsync();
        }
    }
}
