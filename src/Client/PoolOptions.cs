using System.Net;
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

    /// <summary>Finds the addresses of a name. Default: as the system does.</summary>
    internal Func<string, Task<IPAddress[]>> Resolve { get; init; } = Dns.GetHostAddressesAsync;

    /// <summary>What shows the pool who calls. It is not sent unencrypted to another machine. Default: <c>null</c>, none.</summary>
    public string? Token { get; init; }

    /// <summary>Path of a file with the token alone, which is read again when it changes. Default: <c>null</c>, none.</summary>
    public string? TokenFile { get; init; }

    /// <summary>Path of the certificates, in PEM form, of those who sign the pool's. Default: <c>null</c>, those that the
    /// system trusts.</summary>
    public string? CaFile { get; init; }

    /// <summary>Path of a certificate, in PEM form, that shows the pool who calls. Default: <c>null</c>, none.</summary>
    public string? CertificateFile { get; init; }

    /// <summary>Path of the key of <see cref="CertificateFile"/>, in PEM form, without a passphrase. Default: <c>null</c>, none.</summary>
    public string? KeyFile { get; init; }

    /// <summary>Whether a token may be sent unencrypted to another machine, on a network that encrypts by itself. Default: no.</summary>
    public bool AllowTokenInClear { get; init; }

    /// <summary>All of TLS in one, in place of the files. Default: <c>null</c>.</summary>
    public SslClientAuthenticationOptions? Tls { get; init; }

    // A record would print the token.
    private bool PrintMembers(System.Text.StringBuilder text)
    {
        text.Append(System.Globalization.CultureInfo.InvariantCulture, $"ConnectTimeout = {ConnectTimeout}, ReconnectTimeout = {ReconnectTimeout}, SilenceLimit = {SilenceLimit}");
        return true;
    }
}
