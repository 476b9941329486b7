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

        if (keepers.Dns.Length > 0 && keepers.Endpoints.Count > 0)
        {
            faults.Add($"{Prefix} has Endpoints and Dns; expected one of them.");
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
