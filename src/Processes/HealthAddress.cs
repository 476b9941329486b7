using System.Diagnostics.CodeAnalysis;
using System.Net;

namespace WorkerPool.Processes;

/// <summary>Where a program serves its health alone, for those who probe.</summary>
public static class HealthAddress
{
    /// <summary>Reads one. Any address will do: health is harmless, it says no more than whether the program is well.</summary>
    /// <param name="setting">Name of the setting.</param>
    /// <param name="address">http://HOST:PORT (port 0: any free one); empty for nowhere.</param>
    /// <param name="endPoint">Where; <c>null</c> for nowhere.</param>
    /// <param name="problem">What is wrong with it.</param>
    public static bool TryRead(string setting, string address, out IPEndPoint? endPoint, [NotNullWhen(false)] out string? problem)
    {
        endPoint = null;
        problem = null;
        if (address.Length == 0)
        {
            return true;
        }

        if (!Uri.TryCreate(address, UriKind.Absolute, out var uri) || uri.Scheme != "http" || uri.AbsolutePath != "/")
        {
            problem = $"{setting} is \"{address}\"; expected http://HOST:PORT, or nothing to turn it off.";
        }
        else if (string.Equals(uri.Host, "localhost", StringComparison.OrdinalIgnoreCase))
        {
            endPoint = new IPEndPoint(IPAddress.Loopback, uri.Port);
        }
        else if (IPAddress.TryParse(uri.Host.Trim('[', ']'), out var parsed))
        {
            endPoint = new IPEndPoint(parsed, uri.Port);
        }
        else
        {
            problem = $"{setting} is \"{address}\"; expected an IP address of this machine, or localhost, as its host.";
        }

        return problem is null;
    }
}
