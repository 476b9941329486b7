using System.Net.Security;

namespace WorkerPool.Client;

/// <summary>How to connect to a pool.</summary>
public sealed record PoolOptions
{
    // No timer takes much more.
    private static readonly TimeSpan LongestReconnectTimeout = TimeSpan.FromDays(24);

    // HTTP/2 pings are sent once a second at most.
    private static readonly TimeSpan ShortestSilenceLimit = TimeSpan.FromSeconds(2);

    /// <summary>The longest that making a connection may take. Range: above zero. Default: 10 seconds.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is zero or less.</exception>
    public TimeSpan ConnectTimeout
    {
        get;
        init => field = value > TimeSpan.Zero
            ? value
            : throw new ArgumentOutOfRangeException(nameof(value), value, "ConnectTimeout has to be above zero.");
    } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// How long a pool that was reached before, and then lost, is looked for: counted from the break, or from the last
    /// progress where one break follows the other. Open jobs go on when it is found. Range: zero, never, to 24 days.
    /// Default: 1 minute.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">It is out of range.</exception>
    public TimeSpan ReconnectTimeout
    {
        get;
        init => field = value >= TimeSpan.Zero && value <= LongestReconnectTimeout
            ? value
            : throw new ArgumentOutOfRangeException(nameof(value), value, "ReconnectTimeout has to be from zero to 24 days.");
    } = TimeSpan.FromMinutes(1);

    /// <summary>
    /// How long a pool may be silent before its connection counts as broken: it is asked for a sign after half of it. Range: 2
    /// seconds to 24 days. Default: 20 seconds.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">It is out of range.</exception>
    public TimeSpan SilenceLimit
    {
        get;
        init => field = value >= ShortestSilenceLimit && value <= LongestReconnectTimeout
            ? value
            : throw new ArgumentOutOfRangeException(nameof(value), value, "SilenceLimit has to be from 2 seconds to 24 days.");
    } = TimeSpan.FromSeconds(20);

    internal TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Certificates and checks of an https address. Default: <c>null</c>, those of the system.</summary>
    public SslClientAuthenticationOptions? Tls { get; init; }
}
