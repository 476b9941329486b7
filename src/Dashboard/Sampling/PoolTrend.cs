using WorkerPool.Dashboard.Components;
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
    private TimeSpan _medianTime;
    private TimeSpan _slowTime;

    /// <summary>Takes a sample.</summary>
    /// <param name="pool">The pool now.</param>
    /// <param name="since">Time since the sample before.</param>
    public PoolTrends Add(PoolStatus pool, TimeSpan since)
    {
        if (_last is { } last && since > TimeSpan.Zero)
        {
            var times = ItemTimeDifference.Between(last.ItemTimes, pool.ItemTimes);
            _throughput.Add((pool.AnsweredItems - last.AnsweredItems) / since.TotalSeconds);
            _medianTime = times.Percentile(0.5);
            _slowTime = times.Percentile(0.99);
            _median.Add(_medianTime.TotalSeconds);
            _slow.Add(_slowTime.TotalSeconds);
            _waiting.Add(pool.WaitingItems);
            _busy.Add(BusyShare(last.WorkerTimes, pool.WorkerTimes) is { } share ? 100 * share : InstantShare(pool));
        }

        _last = pool;
        var (throughput, busy) = (_throughput.ToArray(), _busy.ToArray());
        return new PoolTrends(
            throughput.LastOrDefault(),
            _medianTime,
            _slowTime,
            busy.LastOrDefault(),
            TrendChart.Of(throughput, Say.Rate),
            TrendChart.Of(_median.ToArray(), seconds => Say.Time(TimeSpan.FromSeconds(seconds)), _slow.ToArray(), least: 1e-5),
            TrendChart.Of(_waiting.ToArray(), Say.Count, least: 10),
            TrendChart.Of(busy, percent => $"{percent:0} %", least: 100));
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
