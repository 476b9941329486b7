using System.Globalization;
using WorkerPool.Client;
using WorkerPool.Client.Processes;
using WorkerPool.Processes;
using WorkerPool.Supervisor.Launching;

namespace WorkerPool.Local.Processes;

/// <summary>The processes that a local pool has beside its workers. They end with it.</summary>
/// <param name="launcher">Launches them as it does workers.</param>
/// <param name="maxValueBytes">The largest value, in bytes.</param>
/// <param name="time">The clock.</param>
internal sealed class LocalProcesses(IWorkerLauncher launcher, int maxValueBytes, TimeProvider time) : IProcessSource, IAsyncDisposable
{
    private readonly CancellationTokenSource _ending = new();
    private readonly Lock _lock = new();
    private readonly HashSet<ProcessRun> _running = [];
    private readonly HashSet<Task> _starting = [];
    private int _count;

    /// <inheritdoc/>
    public async Task<IProcessRun> StartAsync(ProcessOrder order, CancellationToken cancellationToken)
    {
        Task<ProcessRun> start;
        lock (_lock)
        {
            ThrowIfEnded();
            start = Task.Run(() => LaunchAsync(order, cancellationToken), CancellationToken.None);
            _starting.Add(start);
        }

        try
        {
            return await start.ConfigureAwait(false);
        }
        catch (WorkerStartException error)
        {
            throw new PoolUnavailableException(error.Reason, error.Message, error);
        }
        catch (OperationCanceledException) when (_ending.IsCancellationRequested)
        {
            throw PoolClosedException.Terminated();
        }
        finally
        {
            lock (_lock)
            {
                _starting.Remove(start);
            }
        }
    }

    /// <summary>Kills those that are alive; nothing of them is left on return.</summary>
    public async ValueTask DisposeAsync()
    {
        Task[] starting;
        lock (_lock)
        {
            _ending.Cancel();
            starting = [.. _starting];
        }

        await Task.WhenAll(starting).ContinueWith(
            static _ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default).ConfigureAwait(false);
        ProcessRun[] running;
        lock (_lock)
        {
            running = [.. _running];
        }

        foreach (var run in running)
        {
            run.Kill();
        }

        await Task.WhenAll(running.Select(run => run.Ended)).ConfigureAwait(false);
    }

    private async Task<ProcessRun> LaunchAsync(ProcessOrder order, CancellationToken cancellationToken)
    {
        using var giveUp = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _ending.Token);
        var name = order.Name ?? string.Create(CultureInfo.InvariantCulture, $"Process-{Interlocked.Increment(ref _count)}");
        var run = await ProcessRun.StartAsync(launcher, order with { Name = name }, maxValueBytes, time, giveUp.Token).ConfigureAwait(false);
        lock (_lock)
        {
            _running.Add(run);
        }

        _ = run.Ended.ContinueWith(_ => Forget(run), CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
        return run;
    }

    private void Forget(ProcessRun run)
    {
        lock (_lock)
        {
            _running.Remove(run);
        }
    }

    private void ThrowIfEnded()
    {
        if (_ending.IsCancellationRequested)
        {
            throw PoolClosedException.NoNewWork();
        }
    }
}
