using WorkerPool.Processes;
using WorkerPool.Processes.Programs;

namespace WorkerPool.WorkerHost.Keeping;

/// <summary>How a keeper is made.</summary>
internal sealed class KeeperOptions
{
    /// <summary>Name of the section in the configuration.</summary>
    public const string Section = "Keeper";

    /// <summary>Where it listens: https://HOST:PORT with mutual TLS, or http://HOST:PORT (port 0: any free one).
    /// Default: http://127.0.0.1:50060.</summary>
    public string Listen { get; set; } = "http://127.0.0.1:50060";

    /// <summary>Path of its certificate in PEM form, with those between it and the CA. Default: empty, none.</summary>
    public string Certificate { get; set; } = "";

    /// <summary>Path of the certificate's key in PEM form, without a passphrase. Default: empty, none.</summary>
    public string Key { get; set; } = "";

    /// <summary>Path of the certificates, in PEM form, of those who sign the certificates of Supervisors. Default: empty, none.</summary>
    public string Ca { get; set; } = "";

    /// <summary>The DNS name on the certificate of the Supervisors that may hold it. Default: workerpool-supervisor.</summary>
    public string Holder { get; set; } = "workerpool-supervisor";

    /// <summary>How often the files are looked at for changes. Range: above zero, to a day. Default: 5 s.</summary>
    public TimeSpan ReloadInterval { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>Where <c>grpc.health.v1</c> alone is served, in cleartext, for those who probe: http://HOST:PORT (port 0: any free
    /// one); empty for nowhere. Default: empty.</summary>
    public string Health { get; set; } = "";

    /// <summary>Whether it may listen beyond loopback although it cannot tell who calls. Default: no.</summary>
    public bool Insecure { get; set; }

    /// <summary>Workers it has place for: 1 to 1024, "cpus" (default; a container's limit counts) or "cpus-1".</summary>
    public string Workers { get; set; } = WorkerCount.Cpus;

    /// <summary>Paths of function libraries. Default: none, the built-in functions alone.</summary>
    public IList<string> Functions { get; set; } = [];

    /// <summary>Programs as functions, by the names of the functions. Default: none.</summary>
    public IDictionary<string, ProgramOptions> Programs { get; set; } = new Dictionary<string, ProgramOptions>(StringComparer.Ordinal);

    /// <summary>Memory of a worker, in bytes, above which it is killed. Range: 0 and up. Default: 0, its share of the
    /// container's limit; no limit where there is none.</summary>
    public long MemoryLimit { get; set; }

    /// <summary>Memory of a worker, in bytes, above which it is replaced, once its item is done. Range: 0 and up.
    /// Default: 0, nine tenths of <see cref="MemoryLimit"/> where there is one.</summary>
    public long RecycleAboveMemory { get; set; }

    /// <summary>How long its workers may take to end when it is told to stop. Range: zero and up. Default: 30 s.</summary>
    public TimeSpan DrainGrace { get; set; } = TimeSpan.FromSeconds(30);
}
