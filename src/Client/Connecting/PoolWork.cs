using WorkerPool.Client.Mapping;

namespace WorkerPool.Client.Connecting;

/// <summary>The work under way on a pool, and whether it takes more.</summary>
internal sealed class PoolWork
{
    private readonly Lock _lock = new();
    private readonly HashSet<IEndable> _running = [];
    private bool _closed;
    private bool _terminated;

    /// <summary>Begins work.</summary>
    /// <param name="start">Starts it.</param>
    /// <exception cref="PoolClosedException">The pool takes no new work.</exception>
    public TWork Begin<TWork>(Func<TWork> start)
        where TWork : IEndable
    {
        lock (_lock)
        {
            ThrowIfClosed();
            var work = start();
            _running.Add(work);
            _ = ForgetAsync(work);
            return work;
        }
    }

    /// <summary>Throws if the pool takes no new work.</summary>
    /// <exception cref="PoolClosedException">It takes none.</exception>
    public void ThrowIfClosed()
    {
        if (_closed)
        {
            throw PoolClosedException.NoNewWork();
        }
    }

    /// <summary>Takes no new work from now on.</summary>
    /// <returns>Completes when all that runs has ended.</returns>
    public Task Close()
    {
        lock (_lock)
        {
            _closed = true;
            return Task.WhenAll(_running.Select(work => work.Ended));
        }
    }

    /// <summary>Takes no new work from now on and ends what runs.</summary>
    /// <returns>Completes when all has ended.</returns>
    public Task Terminate()
    {
        IEndable[] running;
        lock (_lock)
        {
            _closed = true;
            running = _terminated ? [] : [.. _running];
            _terminated = true;
        }

        // Outside the lock: what ends may run code of the caller.
        foreach (var work in running)
        {
            work.Terminate();
        }

        return Close();
    }

    private async Task ForgetAsync(IEndable work)
    {
        await work.Ended.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        lock (_lock)
        {
            _running.Remove(work);
        }
    }
}
