using System.Net;
using System.Net.Sockets;

namespace WorkerPool.Container.Tests.Cells;

/// <summary>A port of loopback for a container that is to keep it when it is started again.</summary>
internal static class FixedPort
{
    // Below those that the kernel gives away by itself.
    private const int First = 20_000;
    private const int End = 32_000;

    /// <summary>One that nobody listens at.</summary>
    public static int Take()
    {
        while (true)
        {
            var port = Random.Shared.Next(First, End);
            using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            try
            {
                socket.Bind(new IPEndPoint(IPAddress.Loopback, port));
                return port;
            }
            catch (SocketException)
            {
                // Another one, then.
            }
        }
    }
}
