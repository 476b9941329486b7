using Grpc.Health.V1;
using WorkerPool.Supervisor.Configuration;
using WorkerPool.Supervisor.Launching;

namespace WorkerPool.Supervisor.Workers;

/// <summary>
/// Kills a worker that is silent: neither its health service answers, nor does its session say anything. Its health service is asked when
/// the session is silent: a probe costs both processes as much as a call. Safe for several threads.
/// </summary>
/// <param name="launched">The worker.</param>
/// <param name="service">Its health service.</param>
/// <param name="options">How often it is asked, and how long it may be silent.</param>
/// <param name="time">Measures silence.</param>
internal sealed class WorkerHealth(ILaunchedWorker launched, Health.HealthClient service, PoolOptions options, TimeProvider time)
{
    private readonly HealthVerdict _verdict = new(options.SilenceLimit, NowOf(time));

    /// <summary>The worker has given a sign of life.</summary>
    public void Sign()
    {
        lock (_verdict)
        {
            _verdict.Sign(NowOf(time));
        }
    }

    /// <summary>Watches until the session is over, or the worker is killed.</summary>
    /// <param name="over">The session is over.</param>
    public async Task WatchAsync(CancellationToken over)
    {
        using var timer = new PeriodicTimer(options.HealthInterval, time);
        Task probe = Task.CompletedTask;
        try
        {
            while (await timer.WaitForNextTickAsync(over))
            {
                if (IsDead())
                {
                    launched.Kill($"it was silent for {options.SilenceLimit.TotalSeconds} s");
                    return;
                }

                if (probe.IsCompleted && IsDoubtful())
                {
                    probe = ProbeAsync(over);
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The session is over.
        }
        finally
        {
            await probe;
        }
    }

    private static TimeSpan NowOf(TimeProvider time) => TimeSpan.FromSeconds(time.GetTimestamp() / (double)time.TimestampFrequency);

    private bool IsDead()
    {
        lock (_verdict)
        {
            return _verdict.IsDead(NowOf(time));
        }
    }

    private bool IsDoubtful()
    {
        lock (_verdict)
        {
            return _verdict.IsDoubtful(NowOf(time), options.HealthInterval);
        }
    }

    private async Task ProbeAsync(CancellationToken over)
    {
        try
        {
            var answer = await service.CheckAsync(new HealthCheckRequest(), cancellationToken: over);
            if (answer.Status == HealthCheckResponse.Types.ServingStatus.Serving)
            {
                Sign();
            }
        }
        catch (Exception)
        {
            // No answer, for whatever reason, is no sign of life; the verdict counts how long.
        }
    }
}
