using System.Collections.Concurrent;
using System.Threading.RateLimiting;

namespace WorkerPool.Supervisor.Security;

/// <summary>How many requests callers make: each has a bucket of its own, filled at its rate. Safe for several threads.</summary>
internal sealed class RequestRates : IDisposable
{
    private readonly ConcurrentDictionary<(string Name, int Rate), Lazy<TokenBucketRateLimiter>> _buckets = new();

    /// <summary>Whether a caller may make one more request now.</summary>
    /// <param name="caller">The caller.</param>
    /// <param name="retryAfter">If not, when it may.</param>
    public bool MayCall(Caller caller, out TimeSpan retryAfter)
    {
        retryAfter = TimeSpan.Zero;
        if (caller.Limits.RequestsPerSecond is not { } rate)
        {
            return true;
        }

        // A rate that is changed begins with a full bucket.
        var bucket = _buckets.GetOrAdd((caller.Name, rate), key => new(() => BucketOf(key.Rate))).Value;
        bucket.TryReplenish();
        using var lease = bucket.AttemptAcquire();
        retryAfter = TimeSpan.FromSeconds(1.0 / rate);
        return lease.IsAcquired;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var bucket in _buckets.Values)
        {
            bucket.Value.Dispose();
        }
    }

    private static TokenBucketRateLimiter BucketOf(int rate) => new(new TokenBucketRateLimiterOptions
    {
        TokenLimit = rate,
        TokensPerPeriod = 1,
        ReplenishmentPeriod = TimeSpan.FromSeconds(1.0 / rate),
        QueueLimit = 0,
        AutoReplenishment = false,
    });
}
