using System.Net;
using WorkerPool.Processes;
using WorkerPool.Processes.Programs;

namespace WorkerPool.WorkerHost.Keeping;

/// <summary>Checks the options of a keeper; reports every fault, not the first alone.</summary>
internal static class KeeperOptionsCheck
{
    /// <summary>What is wrong.</summary>
    /// <param name="options">The options.</param>
    /// <param name="endPoint">Where to listen.</param>
    /// <param name="health">Where to serve health alone; <c>null</c>: nowhere beside the rest.</param>
    /// <returns>A sentence a fault.</returns>
    public static IReadOnlyList<string> FaultsOf(KeeperOptions options, out IPEndPoint endPoint, out IPEndPoint? health)
    {
        var faults = new List<string>();
        endPoint = new IPEndPoint(IPAddress.Loopback, 0);
        if (!Uri.TryCreate(options.Listen, UriKind.Absolute, out var uri) || uri.Scheme != "http")
        {
            faults.Add($"Keeper:Listen is \"{options.Listen}\"; expected http://HOST:PORT.");
        }
        else if (uri.Host != "localhost" && !IPAddress.TryParse(uri.Host.Trim('[', ']'), out _))
        {
            faults.Add($"Keeper:Listen is \"{options.Listen}\"; expected an IP address of this machine, or localhost, as its host.");
        }
        else
        {
            endPoint = new IPEndPoint(uri.Host == "localhost" ? IPAddress.Loopback : IPAddress.Parse(uri.Host.Trim('[', ']')), uri.Port);
            if (!IPAddress.IsLoopback(endPoint.Address) && !options.Insecure)
            {
                faults.Add(
                    $"{options.Listen} can be reached from other machines, and the keeper cannot tell who calls: anyone could run functions. "
                    + "Listen on http://127.0.0.1:PORT, or say --insecure if the network is trusted.");
            }
        }

        if (!HealthAddress.TryRead($"{KeeperOptions.Section}:{nameof(KeeperOptions.Health)}", options.Health, out health, out var problem))
        {
            faults.Add(problem);
        }

        Check(
            WorkerCount.TryParse(options.Workers, Environment.ProcessorCount, out _),
            nameof(options.Workers), options.Workers, $"a number from 1 to {WorkerCount.Max}, \"cpus\" or \"cpus-1\"");
        Check(options.MemoryLimit >= 0, nameof(options.MemoryLimit), options.MemoryLimit, "0 (the container's) or more bytes");
        Check(
            options.RecycleAboveMemory >= 0 && (options.MemoryLimit <= 0 || options.RecycleAboveMemory <= options.MemoryLimit),
            nameof(options.RecycleAboveMemory), options.RecycleAboveMemory, "0 or more bytes, and no more than MemoryLimit");
        Check(options.DrainGrace >= TimeSpan.Zero, nameof(options.DrainGrace), options.DrainGrace, "zero or more");
        ProgramDeclaration.Read(options.Programs, out var programFaults);
        faults.AddRange(programFaults.Select(fault =>
            string.Join(':', new[] { KeeperOptions.Section, nameof(options.Programs), fault.Program, fault.Setting }.Where(part => part.Length > 0)) + $": {fault.Message}"));
        return faults;

        void Check(bool isSound, string setting, object value, string expected)
        {
            if (!isSound)
            {
                faults.Add($"{KeeperOptions.Section}:{setting} is \"{value}\"; expected {expected}.");
            }
        }
    }
}
