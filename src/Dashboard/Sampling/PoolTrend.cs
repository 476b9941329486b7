using WorkerPool.V1;

namespace WorkerPool.Dashboard.Sampling;

/// <summary>How a pool went of late, from one sample to the next. One thread.</summary>
internal sealed class PoolTrend
{
    private readonly Series _throughput = new(PoolTrends.Capacity);
    private readonly Series _median = new(PoolTrends.Capacity);
    private readonly Series _slow = new(PoolTrends.Capacity);
    private readonly Series _waiting = new(PoolTrends.Capacity);
    private readonly Series _busy = new(PoolTrends.Capacity);
    private PoolStatus? _last;

    /// <summary>Takes a sample.</summary>
    /// <param name="pool">The pool now.</param>
    /// <param name="since">Time since the sample before.</param>
    public PoolTrends Add(PoolStatus pool, TimeSpan since)
    {
        if (_last is { } last && since > TimeSpan.Zero)
        {
            var times = ItemTimeDifference.Between(last.ItemTimes, pool.ItemTimes);
            _throughput.Add((pool.AnsweredItems - last.AnsweredItems) / since.TotalSeconds);
            _median.Add(times.Percentile(0.5).TotalMilliseconds);
            _slow.Add(times.Percentile(0.99).TotalMilliseconds);
            _waiting.Add(pool.WaitingItems);
            _busy.Add(100 * BusyShare(last.WorkerTimes, pool.WorkerTimes) ?? InstantShare(pool));
        }

        _last = pool;
        return new PoolTrends(_throughput.ToArray(), _median.ToArray(), _slow.ToArray(), _waiting.ToArray(), _busy.ToArray());
    }

    private static double InstantShare(PoolStatus pool) => pool.SlotCount == 0 ? 0 : 100.0 * pool.BusyWorkers / pool.SlotCount;

    private static double? BusyShare(WorkerTimes? before, WorkerTimes? now)
    {
        if (now is null)
        {
            return null;
        }

        var working = Seconds(now.Working) - Seconds(before?.Working);
        var all = AllSeconds(now) - AllSeconds(before);
        return all > 0 ? Math.Clamp(working / all, 0, 1) : null;
    }

    private static double AllSeconds(WorkerTimes? times) => times is null
        ? 0
        : Seconds(times.Starting) + Seconds(times.Initializing) + Seconds(times.Waiting) + Seconds(times.Working) + Seconds(times.Sending);

    private static double Seconds(Google.Protobuf.WellKnownTypes.Duration? duration) => duration?.ToTimeSpan().TotalSeconds ?? 0;
}
