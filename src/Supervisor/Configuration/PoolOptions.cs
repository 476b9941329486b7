using WorkerPool.Processes;
using WorkerPool.Processes.Programs;

namespace WorkerPool.Supervisor.Configuration;

/// <summary>How a pool is made and what it may hold.</summary>
public sealed class PoolOptions
{
    /// <summary>Name of the section in the configuration.</summary>
    public const string Section = "Pool";

    /// <summary>Workers: 1 to 1024, "cpus" (default; a container's limit counts) or "cpus-1".</summary>
    public string Workers { get; set; } = WorkerCount.Cpus;

    /// <summary>Items that a worker runs at once, each on a thread of its own: for functions that mostly wait, and that several threads
    /// may call. Range: 1 to 256. Default: 1.</summary>
    public int Concurrency { get; set; } = 1;

    /// <summary>Paths of function libraries. Default: none, the built-in functions alone.</summary>
    public IList<string> Functions { get; set; } = [];

    /// <summary>Programs as functions, by the names of the functions. Default: none.</summary>
    public IDictionary<string, ProgramOptions> Programs { get; set; } = new Dictionary<string, ProgramOptions>(StringComparer.Ordinal);

    /// <summary>Where the keepers of its workers are. Default: nowhere, workers are children of the Supervisor.</summary>
    public KeeperOptions Keepers { get; set; } = new();

    /// <summary>Name of a function that each worker runs before anything else. Default: empty, none.</summary>
    public string Initializer { get; set; } = "";

    /// <summary>Arguments of <see cref="Initializer"/>, as JSON: an array (by position) or an object (by name). Default: [].</summary>
    public string InitializerArguments { get; set; } = "[]";

    /// <summary>Items a job may have sent and not acknowledged. Range: 1 and up. Default: 65,536.</summary>
    public int WindowItems { get; set; } = 65_536;

    /// <summary>Bytes of a job's unanswered items, and of its unacknowledged values. At least four times the largest
    /// item or value. Default: 64 MiB.</summary>
    public long WindowBytes { get; set; } = 64 << 20;

    /// <summary>The largest item in bytes. Range: 1 to 1 GiB. Default: 16 MiB.</summary>
    public int MaxItemBytes { get; set; } = 16 << 20;

    /// <summary>The largest value in bytes. Range: 1 to 1 GiB. Default: 16 MiB.</summary>
    public int MaxValueBytes { get; set; } = 16 << 20;

    /// <summary>The shared arguments of a job together, in bytes. Range: 0, none are taken, to 1 GiB. Default: 1 GiB.</summary>
    public long MaxSharedBytes { get; set; } = 1 << 30;

    /// <summary>Maps that may be open at once. Range: 1 and up. Default: 1000.</summary>
    public int MaxOpenJobs { get; set; } = 1000;

    /// <summary>Single calls that may be open at once, beside those that share a stream. Range: 1 and up. Default: 20,000.</summary>
    public int MaxOpenApplies { get; set; } = 20_000;

    /// <summary>Bytes of items and values that all jobs may hold together; a job's window is narrower when little is left.
    /// At least 64 MiB. Default: 0, a quarter of the memory there is.</summary>
    public long MaxBufferedBytes { get; set; }

    /// <summary>How often an item may be running when its worker dies, before it fails. Range: 1 to 100. Default: 3.</summary>
    public int MaxCrashes { get; set; } = 3;

    /// <summary>How long a worker may take to start, and an initializer then. Range: above zero. Default: 30 s.</summary>
    public TimeSpan StartTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Failed starts within <see cref="RestartPeriod"/> after which a pool without workers takes no jobs.
    /// Range: 1 and up. Default: 5.</summary>
    public int MaxRestarts { get; set; } = 5;

    /// <summary>The period failed starts are counted in. Range: above zero. Default: 30 s.</summary>
    public TimeSpan RestartPeriod { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How often a worker is to beat, and is probed when it does not. Range: above zero. Default: 0.5 s.</summary>
    public TimeSpan HealthInterval { get; set; } = TimeSpan.FromMilliseconds(500);

    /// <summary>Silence after which a worker counts as dead. Above <see cref="HealthInterval"/>. Default: 3 s.</summary>
    public TimeSpan SilenceLimit { get; set; } = TimeSpan.FromSeconds(3);

    /// <summary>How long an item may go on after its timeout, or a cancelled one after its job's end, before its worker
    /// is killed. Range: above zero. Default: 2 s.</summary>
    public TimeSpan CancellationGrace { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>Workers that stand ready to take the place of one that dies or is replaced. Range: 0 to 64. Default: 0.</summary>
    public int Spares { get; set; }

    /// <summary>Items after which a worker is replaced, once its item is done. Range: 0 and up. Default: 0, never.</summary>
    public long RecycleAfterItems { get; set; }

    /// <summary>Age at which a worker is replaced, once its item is done; up to a tenth is added by chance, so that not all
    /// go at once. Range: zero and up. Default: zero, never.</summary>
    public TimeSpan RecycleAfter { get; set; }

    /// <summary>Memory of a worker, in bytes, above which it is replaced, once its item is done. Range: 0 and up.
    /// Default: 0, nine tenths of <see cref="MemoryLimit"/> where there is one.</summary>
    public long RecycleAboveMemory { get; set; }

    /// <summary>Memory of a worker, in bytes, above which it is killed. Range: 0 and up. Default: 0, its share of the
    /// container's limit; no limit where there is none.</summary>
    public long MemoryLimit { get; set; }

    /// <summary>How long the killing of a worker whose item does not yield may wait for the place where that item is.
    /// Range: zero, never, and up. Default: 1 s.</summary>
    public TimeSpan StackCaptureLimit { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>How long running jobs may go on when the Supervisor is told to stop. Range: zero and up. Default: 30 s.</summary>
    public TimeSpan DrainGrace { get; set; } = TimeSpan.FromSeconds(30);
}
