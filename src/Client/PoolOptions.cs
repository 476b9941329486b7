using System.Net.Security;

namespace WorkerPool.Client;

/// <summary>How to connect to a pool.</summary>
public sealed record PoolOptions
{
    /// <summary>The longest that making a connection may take. Range: above zero. Default: 10 seconds.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is zero or less.</exception>
    public TimeSpan ConnectTimeout
    {
        get;
        init => field = value > TimeSpan.Zero
            ? value
            : throw new ArgumentOutOfRangeException(nameof(value), value, "ConnectTimeout has to be above zero.");
    } = TimeSpan.FromSeconds(10);

    internal TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Certificates and checks of an https address. Default: <c>null</c>, those of the system.</summary>
    public SslClientAuthenticationOptions? Tls { get; init; }
}
