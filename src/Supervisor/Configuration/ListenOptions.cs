using System.Net;

namespace WorkerPool.Supervisor.Configuration;

/// <summary>Where a Supervisor listens.</summary>
public sealed class ListenOptions
{
    /// <summary>Name of the section in the configuration.</summary>
    public const string Section = "Listen";

    /// <summary>Where gRPC is served: http://HOST:PORT (port 0: any free one), or unix:///PATH.
    /// Default: http://127.0.0.1:50051.</summary>
    public string Grpc { get; set; } = "http://127.0.0.1:50051";

    /// <summary>Whether it may listen beyond loopback without TLS and authentication. Default: no.</summary>
    public bool Insecure { get; set; }

    /// <summary>Reads the address.</summary>
    /// <param name="endPoint">Where to listen.</param>
    /// <param name="problem">What is wrong with the address, or with listening there.</param>
    public bool TryRead(out EndPoint endPoint, [System.Diagnostics.CodeAnalysis.NotNullWhen(false)] out string? problem)
    {
        endPoint = new IPEndPoint(IPAddress.Loopback, 0);
        problem = null;
        if (!Uri.TryCreate(Grpc, UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "unix"))
        {
            problem = $"{Section}:Grpc is \"{Grpc}\"; expected http://HOST:PORT or unix:///PATH.";
            return false;
        }

        if (uri.Scheme == "unix")
        {
            endPoint = new System.Net.Sockets.UnixDomainSocketEndPoint(uri.AbsolutePath);
            return true;
        }

        if (string.Equals(uri.Host, "localhost", StringComparison.OrdinalIgnoreCase))
        {
            endPoint = new IPEndPoint(IPAddress.Loopback, uri.Port);
            return true;
        }

        if (!IPAddress.TryParse(uri.Host.Trim('[', ']'), out var address))
        {
            problem = $"{Section}:Grpc is \"{Grpc}\"; expected an IP address of this machine, or localhost, as its host.";
            return false;
        }

        if (!IPAddress.IsLoopback(address) && !Insecure)
        {
            problem =
                $"{Grpc} can be reached from other machines, and this release has neither TLS nor authentication: " +
                "anyone could run functions. Listen on http://127.0.0.1:PORT, or say --insecure if the network is trusted.";
            return false;
        }

        endPoint = new IPEndPoint(address, uri.Port);
        return true;
    }
}
