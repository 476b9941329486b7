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

    /// <summary>Starts a local pool.</summary>
    /// <param name="workers">Workers.</param>
    /// <param name="options">How it is made, but for its workers.</param>
    public static async Task<PoolUnderTest> StartLocalAsync(int workers, LocalPoolOptions? options = null)
    {
        var pool = await LocalPool.StartAsync((options ?? new LocalPoolOptions()) with { Workers = $"{workers}" });
        await AllReadyAsync(pool, workers);
        return new PoolUnderTest(pool, null);
    }

    /// <summary>Starts a Supervisor, and a client of it.</summary>
    /// <param name="workers">Workers.</param>
    public static async Task<PoolUnderTest> StartRemoteAsync(int workers)
    {
        var supervisor = await SupervisorProcess.StartAsync(workers);
        return new PoolUnderTest(Pool.Connect(supervisor.Address), supervisor);
    }

    /// <summary>Starts either.</summary>
    /// <param name="isRemote">Which.</param>
    /// <param name="workers">Workers.</param>
    public static Task<PoolUnderTest> StartAsync(bool isRemote, int workers) => isRemote ? StartRemoteAsync(workers) : StartLocalAsync(workers);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await Pool.DisposeAsync();
        if (_supervisor is not null)
        {
            await _supervisor.DisposeAsync();
        }
    }

    private static async Task AllReadyAsync(Pool pool, int workers)
    {
        await using var admin = PoolAdmin.Connect(pool.Address);
        while ((await admin.GetPoolAsync()).ReadyWorkers < workers)
        {
            await Task.Delay(Poll, TimeProvider.System);
        }
    }
}
