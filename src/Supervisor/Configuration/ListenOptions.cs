using System.Net;
using System.Net.Sockets;
using WorkerPool.Supervisor.Security;

namespace WorkerPool.Supervisor.Configuration;

/// <summary>Where a Supervisor listens.</summary>
public sealed class ListenOptions
{
    /// <summary>Name of the section in the configuration.</summary>
    public const string Section = "Listen";

    /// <summary>Where gRPC is served: http://HOST:PORT or https://HOST:PORT (port 0: any free one), or unix:///PATH.
    /// Default: http://127.0.0.1:50051.</summary>
    public string Grpc { get; set; } = "http://127.0.0.1:50051";

    /// <summary>Where HTTP/1.1 is served, for measurements and the dashboard: http://HOST:PORT or https://HOST:PORT (port 0: any free one); empty
    /// for nowhere. Default: http://127.0.0.1:8080.</summary>
    public string Http { get; set; } = "http://127.0.0.1:8080";

    /// <summary>Whether the dashboard is served there, at /dashboard/. Default: yes.</summary>
    public bool Dashboard { get; set; } = true;

    /// <summary>Where <c>grpc.health.v1</c> alone is served, in cleartext, for those who probe: http://HOST:PORT (port 0: any free
    /// one); empty for nowhere. Default: empty.</summary>
    public string Health { get; set; } = "";

    /// <summary>Who may connect to the Unix socket, as the permissions of its file, octal. Default: 600, its user alone.</summary>
    public string SocketMode { get; set; } = "600";

    /// <summary>Whether it may listen beyond loopback without TLS or authentication. Default: no.</summary>
    public bool Insecure { get; set; }

    /// <summary>The permissions of the Unix socket.</summary>
    internal UnixFileMode Mode => TryReadMode(out var mode) ? mode : UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>Reads the addresses, and checks them against what there is of security.</summary>
    /// <param name="security">What there is.</param>
    /// <param name="faults">Takes all that is wrong.</param>
    /// <returns>Where gRPC and HTTP/1.1 are served; HTTP/1.1 may be <c>null</c>, for nowhere. Of no meaning if there are faults.</returns>
    public (ListenAddress Grpc, ListenAddress? Http) Read(SecurityOptions security, ICollection<string> faults)
    {
        var nowhere = new ListenAddress(new IPEndPoint(IPAddress.Loopback, 0));
        if (!TryReadMode(out _))
        {
            faults.Add($"{Section}:SocketMode is \"{SocketMode}\"; expected three octal digits, such as 600 or 660.");
        }

        var grpc = nowhere;
        if (!Uri.TryCreate(Grpc, UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https" or "unix"))
        {
            faults.Add($"{Section}:Grpc is \"{Grpc}\"; expected http://HOST:PORT, https://HOST:PORT or unix:///PATH.");
        }
        else
        {
            grpc = uri.Scheme == "unix"
                ? new ListenAddress(new UnixDomainSocketEndPoint(uri.AbsolutePath))
                : Read(nameof(Grpc), Grpc, uri, "anyone could run functions", security, faults) ?? nowhere;
        }

        ListenAddress? http = null;
        if (Http.Length > 0 && (!Uri.TryCreate(Http, UriKind.Absolute, out uri) || uri.Scheme is not ("http" or "https")))
        {
            faults.Add($"{Section}:Http is \"{Http}\"; expected http://HOST:PORT or https://HOST:PORT, or nothing to turn it off.");
        }
        else if (Http.Length > 0)
        {
            http = Read(nameof(Http), Http, uri!, "anyone could see what it does", security, faults);
        }

        if (security.Certificate.Length > 0 && faults.Count == 0 && !grpc.IsTls && http is not { IsTls: true })
        {
            faults.Add($"{SecurityOptions.Section}:Certificate is given, and no address uses it. Listen on https://HOST:PORT.");
        }

        return (grpc, http);
    }

    private ListenAddress? Read(
        string setting, string address, Uri uri, string risk, SecurityOptions security, ICollection<string> faults)
    {
        var isTls = uri.Scheme == "https";
        if (isTls && (security.Certificate.Length == 0 || security.Key.Length == 0))
        {
            faults.Add($"{address} takes a certificate. Give {SecurityOptions.Section}:Certificate and {SecurityOptions.Section}:Key, or --certificate and --key.");
        }

        if (string.Equals(uri.Host, "localhost", StringComparison.OrdinalIgnoreCase))
        {
            return new ListenAddress(new IPEndPoint(IPAddress.Loopback, uri.Port), isTls);
        }

        if (!IPAddress.TryParse(uri.Host.Trim('[', ']'), out var parsed))
        {
            faults.Add($"{Section}:{setting} is \"{address}\"; expected an IP address of this machine, or localhost, as its host.");
            return null;
        }

        var isKnown = security.Callers.Length > 0;
        if (!IPAddress.IsLoopback(parsed) && !Insecure && !(isTls && isKnown))
        {
            var (has, what) = (isTls, isKnown) switch
            {
                (false, false) => ("neither TLS nor authentication", risk),
                (true, false) => ("no authentication", risk),
                _ => ("no TLS", "tokens and items could be read on the way"),
            };
            var give = string.Join(" and ", new[] { isTls ? null : "https:// with --certificate and --key", isKnown ? null : "--callers" }.OfType<string>());
            faults.Add(
                $"{address} can be reached from other machines, and has {has}: {what}. Give {give} (docs/security.md), " +
                $"listen on http://127.0.0.1:{uri.Port}, or say --insecure if the network is trusted.");
        }

        return new ListenAddress(new IPEndPoint(parsed, uri.Port), isTls);
    }

    private bool TryReadMode(out UnixFileMode mode)
    {
        mode = UnixFileMode.None;
        if (SocketMode.Length != 3 || SocketMode.Any(digit => digit is < '0' or > '7'))
        {
            return false;
        }

        mode = (UnixFileMode)Convert.ToInt32(SocketMode, 8);
        return true;
    }
}
