using WorkerPool.Supervisor.Launching.Keepers.Slices;

namespace WorkerPool.Supervisor.Configuration;

/// <summary>Checks where keepers are said to be.</summary>
internal static class KeeperOptionsCheck
{
    /// <summary>Where the settings are.</summary>
    public const string Prefix = $"{PoolOptions.Section}:{nameof(PoolOptions.Keepers)}";

    /// <summary>Adds what is wrong.</summary>
    /// <param name="options">The options of the pool.</param>
    /// <param name="faults">Takes a sentence a fault.</param>
    public static void Add(PoolOptions options, ICollection<string> faults)
    {
        var keepers = options.Keepers;
        for (var position = 0; position < keepers.Endpoints.Count; position++)
        {
            var scheme = keepers.Identity.AreGiven ? "https" : "http";
            if (!Uri.TryCreate(keepers.Endpoints[position], UriKind.Absolute, out var uri) || uri.Scheme != scheme || uri.Port <= 0)
            {
                faults.Add(
                    $"{Prefix}:Endpoints:{position} is \"{keepers.Endpoints[position]}\"; expected {scheme}://HOST:PORT"
                    + (keepers.Identity.AreGiven ? " with a certificate for keepers." : $", or https://HOST:PORT with {Prefix}:Certificate, Key and Ca."));
            }
        }

        if (keepers.Dns.Length > 0 && !TryReadDns(keepers.Dns, out _, out _))
        {
            faults.Add($"{Prefix}:Dns is \"{keepers.Dns}\"; expected HOST:PORT.");
        }

        AddOfService(keepers, faults);
        (string Name, bool IsGiven)[] ways =
            [(nameof(keepers.Endpoints), keepers.Endpoints.Count > 0), (nameof(keepers.Dns), keepers.Dns.Length > 0), (nameof(keepers.Service), keepers.Service.Length > 0)];
        if (ways.Count(way => way.IsGiven) > 1)
        {
            faults.Add($"{Prefix} has {string.Join(" and ", ways.Where(way => way.IsGiven).Select(way => way.Name))}; expected one of them.");
        }

        if (!keepers.Identity.AreComplete)
        {
            faults.Add($"{Prefix} has some of Certificate, Key and Ca, or an empty Name; expected all of them, or none.");
        }

        if (keepers.Lease <= TimeSpan.Zero || keepers.DnsInterval <= TimeSpan.Zero)
        {
            faults.Add($"{Prefix}:Lease is \"{keepers.Lease}\" and DnsInterval \"{keepers.DnsInterval}\"; expected both above zero.");
        }

        if (keepers.AreUsed && options.Functions.Count + options.Programs.Count > 0)
        {
            faults.Add($"{PoolOptions.Section}:Functions and Programs are for workers that are children of the Supervisor; with {Prefix} give them to the keepers (Keeper:Functions, Keeper:Programs).");
        }
    }

    private static void AddOfService(KeeperOptions keepers, ICollection<string> faults)
    {
        if (keepers.Service.Length > 0 && ServiceName.TryRead(keepers.Service) is null)
        {
            faults.Add($"{Prefix}:Service is \"{keepers.Service}\"; expected NAME or NAMESPACE/NAME of a service of Kubernetes.");
        }

        if (!ServiceName.IsPort(keepers.ServicePort))
        {
            faults.Add($"{Prefix}:ServicePort is \"{keepers.ServicePort}\"; expected the name of a port, or 1 to 65535.");
        }

        if (keepers.Kubeconfig.Length > 0 && keepers.Service.Length == 0)
        {
            faults.Add($"{Prefix}:Kubeconfig is \"{keepers.Kubeconfig}\", but there is no {Prefix}:Service to look up with it; expected both, or neither.");
        }
    }

    /// <summary>Reads a name and a port.</summary>
    /// <param name="text">HOST:PORT.</param>
    /// <param name="host">The name.</param>
    /// <param name="port">The port.</param>
    public static bool TryReadDns(string text, out string host, out int port)
    {
        var isSound = Uri.TryCreate($"http://{text}", UriKind.Absolute, out var uri) && uri.AbsolutePath == "/" && text.Contains(':', StringComparison.Ordinal);
        (host, port) = isSound ? (uri!.Host, uri.Port) : ("", 0);
        return isSound;
    }
}
