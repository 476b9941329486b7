using System.Net;
using System.Net.Sockets;

namespace WorkerPool.Bench.Workloads;

/// <summary>Ports that nobody listens on.</summary>
internal static class FreePort
{
    /// <summary>One on loopback.</summary>
    public static int Find()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
