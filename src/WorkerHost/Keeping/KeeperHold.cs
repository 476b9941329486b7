using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Threading.Channels;
using Grpc.Core;
using WorkerPool.Processes;
using WorkerPool.Worker.V1;

namespace WorkerPool.WorkerHost.Keeping;

/// <summary>What a keeper does for the Supervisor that holds it: launches workers, ends them, tells how they are and what they died of.</summary>
/// <param name="start">What the Supervisor wants.</param>
/// <param name="workers">Launches workers.</param>
/// <param name="time">The clock.</param>
internal sealed class KeeperHold(KeepStart start, KeeperWorkers workers, TimeProvider time)
{
    private const int KeyBytes = 16;
    private readonly Channel<KeepResponse> _responses = Channel.CreateUnbounded<KeepResponse>(new UnboundedChannelOptions { SingleReader = true });
    private readonly ConcurrentDictionary<ulong, WorkerProcess> _workers = [];
    private readonly ConcurrentDictionary<ulong, Task> _lives = [];
    private readonly CancellationTokenSource _over = new();
    private readonly TaskCompletionSource _left = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _lastSign;
    private volatile bool _isLeaving;

    /// <summary>Name of the Supervisor, for people.</summary>
    public string Holder => start.Holder;

    /// <summary>Opens connections to the workers of this hold; 32 hexadecimal digits.</summary>
    public string Key { get; } = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(KeyBytes));

    /// <summary>Path of the socket of a worker; <c>null</c> when there is none of that number.</summary>
    /// <param name="number">The number.</param>
    public string? SocketOf(ulong number) => _workers.GetValueOrDefault(number)?.SocketPath;

    /// <summary>Tells the Supervisor that the keeper goes.</summary>
    /// <returns>Completes when it has no workers any more.</returns>
    public Task LeaveAsync()
    {
        _isLeaving = true;
        Send(new KeepResponse { Leaving = new KeeperLeaving() });
        EndIfLeft();
        return _left.Task;
    }

    /// <summary>Serves the Supervisor until its stream ends or it is silent; then ends all its workers.</summary>
    /// <param name="requests">What it sends, after the start.</param>
    /// <param name="responses">What it is sent.</param>
    /// <param name="cancellation">The call is over.</param>
    public async Task RunAsync(IAsyncStreamReader<KeepRequest> requests, IAsyncStreamWriter<KeepResponse> responses, CancellationToken cancellation)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellation, _over.Token);
        Volatile.Write(ref _lastSign, time.GetTimestamp());
        Task[] sides = [ReadAsync(requests, ending.Token), WriteAsync(responses, ending.Token), ReportAsync(ending.Token)];
        try
        {
            await (await Task.WhenAny(sides));
        }
        catch (Exception error) when (error is OperationCanceledException or IOException or InvalidOperationException)
        {
            // The Supervisor is gone, or silent.
        }
        finally
        {
            await ending.CancelAsync();
            await _over.CancelAsync();
            await Task.WhenAll(sides).ContinueWith(static _ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
            foreach (var worker in _workers.Values)
            {
                worker.Kill("its Supervisor let go of its keeper");
            }

            await Task.WhenAll(_lives.Values);
            _left.TrySetResult();
        }
    }

    private void Send(KeepResponse response) => _responses.Writer.TryWrite(response);

    private void EndIfLeft()
    {
        if (_isLeaving && _lives.IsEmpty)
        {
            _left.TrySetResult();
        }
    }

    private async Task ReadAsync(IAsyncStreamReader<KeepRequest> requests, CancellationToken cancellation)
    {
        while (await requests.MoveNext(cancellation))
        {
            Volatile.Write(ref _lastSign, time.GetTimestamp());
            switch (requests.Current.EventCase)
            {
                case KeepRequest.EventOneofCase.Launch:
                    Launch(requests.Current.Launch);
                    break;
                case KeepRequest.EventOneofCase.Kill:
                    Kill(requests.Current.Kill);
                    break;
                case KeepRequest.EventOneofCase.Rename:
                    _workers.GetValueOrDefault(requests.Current.Rename.Number)?.Rename(requests.Current.Rename.Name);
                    break;
            }
        }
    }

    private async Task WriteAsync(IAsyncStreamWriter<KeepResponse> responses, CancellationToken cancellation)
    {
        await foreach (var response in _responses.Reader.ReadAllAsync(cancellation))
        {
            await responses.WriteAsync(response, cancellation);
        }
    }

    private async Task ReportAsync(CancellationToken cancellation)
    {
        var lease = start.Lease.ToTimeSpan();
        using var timer = new PeriodicTimer(start.ReportInterval.ToTimeSpan(), time);
        while (await timer.WaitForNextTickAsync(cancellation))
        {
            if (time.GetElapsedTime(Volatile.Read(ref _lastSign)) > lease)
            {
                return;
            }

            var report = new KeeperReport();
            foreach (var (number, worker) in _workers)
            {
                report.Workers.Add(KeeperMessages.Report(number, worker, time));
            }

            Send(new KeepResponse { Report = report });
        }
    }

    private void Launch(LaunchWorker launch)
    {
        if (_isLeaving)
        {
            Send(KeeperMessages.Failed(launch.Number, new WorkerStartException(Protocol.Errors.ErrorReasons.KeeperLeaving, "it is shutting down")));
            return;
        }

        // In the table before it can end.
        var begun = new TaskCompletionSource();
        _lives[launch.Number] = LiveAsync(launch, begun.Task);
        begun.SetResult();
    }

    private void Kill(KillWorker kill)
    {
        if (!_workers.TryGetValue(kill.Number, out var worker))
        {
            return;
        }

        if (kill.HasLease)
        {
            _ = worker.KillWithStackAsync(kill.Reason, kill.Lease, kill.StackLimit?.ToTimeSpan() ?? TimeSpan.Zero);
        }
        else
        {
            worker.Kill(kill.Reason);
        }
    }

    // One worker, from launch to burial.
    private async Task LiveAsync(LaunchWorker launch, Task begun)
    {
        await begun.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        try
        {
            await using var worker = await workers.Launcher.LaunchAsync(
                launch.Name, (int)start.Concurrency, start.StartTimeout.ToTimeSpan(), line => Send(KeeperMessages.Line(line)), _over.Token);
            _workers[launch.Number] = worker;
            Send(KeeperMessages.Launched(launch.Number, worker, workers.Launcher.Memory.RecycleAbove));
            if (_over.IsCancellationRequested)
            {
                worker.Kill("its Supervisor let go of its keeper");
            }

            var certificate = await worker.Death;
            Send(KeeperMessages.Died(launch.Number, certificate, worker.Running, time));
        }
        catch (WorkerStartException error)
        {
            Send(KeeperMessages.Failed(launch.Number, error));
        }
        catch (OperationCanceledException)
        {
            // The hold is over.
        }
        catch (Exception error)
        {
            Send(KeeperMessages.Failed(launch.Number, new WorkerStartException(Protocol.Errors.ErrorReasons.WorkerStartFailed, error.Message)));
        }
        finally
        {
            _workers.TryRemove(launch.Number, out _);
            _lives.TryRemove(launch.Number, out _);
            EndIfLeft();
        }
    }
}
