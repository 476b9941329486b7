using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Net.Sockets;

namespace WorkerPool.Supervisor.Configuration;

/// <summary>Where a Supervisor listens.</summary>
public sealed class ListenOptions
{
    /// <summary>Name of the section in the configuration.</summary>
    public const string Section = "Listen";

    /// <summary>Where gRPC is served: http://HOST:PORT (port 0: any free one), or unix:///PATH.
    /// Default: http://127.0.0.1:50051.</summary>
    public string Grpc { get; set; } = "http://127.0.0.1:50051";

    /// <summary>Where HTTP/1.1 is served, for measurements: http://HOST:PORT (port 0: any free one); empty for nowhere.
    /// Default: http://127.0.0.1:8080.</summary>
    public string Http { get; set; } = "http://127.0.0.1:8080";

    /// <summary>Where <c>grpc.health.v1</c> alone is served, in cleartext, for those who probe: http://HOST:PORT (port 0: any free
    /// one); empty for nowhere. Default: empty.</summary>
    public string Health { get; set; } = "";

    /// <summary>Whether it may listen beyond loopback without TLS and authentication. Default: no.</summary>
    public bool Insecure { get; set; }

    /// <summary>Reads the address of gRPC.</summary>
    /// <param name="endPoint">Where to listen.</param>
    /// <param name="problem">What is wrong with the address, or with listening there.</param>
    public bool TryRead(out EndPoint endPoint, [NotNullWhen(false)] out string? problem)
    {
        endPoint = new IPEndPoint(IPAddress.Loopback, 0);
        if (!Uri.TryCreate(Grpc, UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "unix"))
        {
            problem = $"{Section}:Grpc is \"{Grpc}\"; expected http://HOST:PORT or unix:///PATH.";
            return false;
        }

        if (uri.Scheme == "unix")
        {
            endPoint = new UnixDomainSocketEndPoint(uri.AbsolutePath);
            problem = null;
            return true;
        }

        return TryRead(nameof(Grpc), Grpc, uri, "anyone could run functions", out endPoint, out problem);
    }

    /// <summary>Reads the address of HTTP/1.1.</summary>
    /// <param name="endPoint">Where to listen; <c>null</c> for nowhere.</param>
    /// <param name="problem">What is wrong with the address, or with listening there.</param>
    public bool TryReadHttp(out EndPoint? endPoint, [NotNullWhen(false)] out string? problem)
    {
        endPoint = null;
        problem = null;
        if (Http.Length == 0)
        {
            return true;
        }

        if (!Uri.TryCreate(Http, UriKind.Absolute, out var uri) || uri.Scheme != "http")
        {
            problem = $"{Section}:Http is \"{Http}\"; expected http://HOST:PORT, or nothing to turn it off.";
            return false;
        }

        return TryRead(nameof(Http), Http, uri, "anyone could see what it does", out endPoint, out problem);
    }

    private bool TryRead(
        string setting, string address, Uri uri, string risk, out EndPoint endPoint, [NotNullWhen(false)] out string? problem)
    {
        endPoint = new IPEndPoint(IPAddress.Loopback, uri.Port);
        problem = null;
        if (string.Equals(uri.Host, "localhost", StringComparison.OrdinalIgnoreCase))
        {
            return true;
        }

        if (!IPAddress.TryParse(uri.Host.Trim('[', ']'), out var parsed))
        {
            problem = $"{Section}:{setting} is \"{address}\"; expected an IP address of this machine, or localhost, as its host.";
        }
        else if (!IPAddress.IsLoopback(parsed) && !Insecure)
        {
            problem =
                $"{address} can be reached from other machines, and this release has neither TLS nor authentication: " +
                $"{risk}. Listen on http://127.0.0.1:PORT, or say --insecure if the network is trusted.";
        }
        else
        {
            endPoint = new IPEndPoint(parsed, uri.Port);
        }

        return problem is null;
    }
}
