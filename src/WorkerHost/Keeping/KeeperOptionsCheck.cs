using System.Net;
using WorkerPool.Processes;
using WorkerPool.Processes.Programs;
using WorkerPool.Tls;

namespace WorkerPool.WorkerHost.Keeping;

/// <summary>Checks the options of a keeper; reports every fault, not the first alone.</summary>
internal static class KeeperOptionsCheck
{
    /// <summary>What is wrong.</summary>
    /// <param name="options">The options.</param>
    /// <param name="endPoint">Where to listen.</param>
    /// <param name="health">Where to serve health alone; <c>null</c>: nowhere beside the rest.</param>
    /// <param name="identity">Its part of mutual TLS; <c>null</c>: none.</param>
    /// <returns>A sentence a fault.</returns>
    public static IReadOnlyList<string> FaultsOf(
        KeeperOptions options, out IPEndPoint endPoint, out IPEndPoint? health, out ReloadedFiles<PinnedIdentity>? identity)
    {
        var faults = new List<string>();
        endPoint = new IPEndPoint(IPAddress.Loopback, 0);
        identity = new IdentityFiles(options.Certificate, options.Key, options.Ca, options.Holder).Read(KeeperOptions.Section, TimeProvider.System, faults);
        if (!Uri.TryCreate(options.Listen, UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https"))
        {
            faults.Add($"Keeper:Listen is \"{options.Listen}\"; expected https://HOST:PORT or http://HOST:PORT.");
        }
        else if (uri.Host != "localhost" && !IPAddress.TryParse(uri.Host.Trim('[', ']'), out _))
        {
            faults.Add($"Keeper:Listen is \"{options.Listen}\"; expected an IP address of this machine, or localhost, as its host.");
        }
        else
        {
            endPoint = new IPEndPoint(uri.Host == "localhost" ? IPAddress.Loopback : IPAddress.Parse(uri.Host.Trim('[', ']')), uri.Port);
            var isTls = uri.Scheme == "https";
            if (isTls != options.Certificate.Length > 0)
            {
                faults.Add(isTls
                    ? $"{options.Listen} needs Keeper:Certificate, Keeper:Key and Keeper:Ca: a keeper and its Supervisor show each other who they are."
                    : $"Keeper:Certificate has no use with {options.Listen}; listen on https://HOST:PORT.");
            }
            else if (!isTls && !IPAddress.IsLoopback(endPoint.Address) && !options.Insecure)
            {
                faults.Add(
                    $"{options.Listen} can be reached from other machines, and the keeper cannot tell who calls: anyone could run functions. "
                    + "Listen on https://HOST:PORT with Keeper:Certificate, Keeper:Key and Keeper:Ca, or say --insecure if the network is trusted.");
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
        Check(
            options.ReloadInterval > TimeSpan.Zero && options.ReloadInterval <= TimeSpan.FromDays(1),
            nameof(options.ReloadInterval), options.ReloadInterval, "above zero, to a day");
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
