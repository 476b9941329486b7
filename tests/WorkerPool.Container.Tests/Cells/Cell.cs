using System.Globalization;
using DotNet.Testcontainers.Builders;
using DotNet.Testcontainers.Configurations;
using DotNet.Testcontainers.Networks;
using Microsoft.Extensions.Logging.Abstractions;
using WorkerPool.Client;
using WorkerPool.Container.Tests.Engine;
using WorkerPool.Supervisor.Security;

namespace WorkerPool.Container.Tests.Cells;

/// <summary>
/// A Supervisor and its keepers, each in a container of its own on a network of their own, with the settings of the base for
/// Kubernetes: TLS towards callers, mutual TLS between them, keepers found by a name of many addresses.
/// </summary>
internal sealed class Cell : IAsyncDisposable
{
    /// <summary>Port of the Supervisor, in its container.</summary>
    public const int SupervisorPort = 50051;

    /// <summary>Port of a keeper, in its container.</summary>
    public const int KeeperPort = 50060;

    /// <summary>Name of the keepers, on the network and on their certificates' host.</summary>
    private const string Keepers = "workerpool-workers";

    private const long Mebibyte = 1 << 20;

    private readonly Images _images;
    private readonly INetwork _network;
    private readonly List<CellContainer> _containers = [];
    private readonly DirectoryInfo _secrets = Directory.CreateTempSubdirectory("wp-secrets-");

    private Cell(Images images, INetwork network)
    {
        _images = images;
        _network = network;
    }

    /// <summary>Signs what the cell shows.</summary>
    public TestAuthority Authority { get; } = new();

    /// <summary>The tokens of its callers, one of each role.</summary>
    public IReadOnlyDictionary<Role, string> Tokens { get; } = Enum.GetValues<Role>().ToDictionary(role => role, _ => ApiToken.New());

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>A network without containers.</summary>
    /// <param name="images">The images.</param>
    public static async Task<Cell> CreateAsync(Images images)
    {
        await ContainerEngine.RequireAsync();
        var network = new NetworkBuilder()
            .WithName($"workerpool-{Guid.NewGuid():N}")
            .WithLogger(NullLogger.Instance)
            .WithOption("com.docker.network.bridge.host_binding_ipv4", "127.0.0.1")
            .Build();
        await network.CreateAsync(Cancellation);
        var cell = new Cell(images, network);
        cell.WriteSecrets();
        return cell;
    }

    /// <summary>Starts a keeper.</summary>
    /// <param name="cpus">Its processors, and so its workers. Default: 1.</param>
    /// <param name="memory">Its memory, in MiB. Default: 512.</param>
    /// <param name="settings">Further settings.</param>
    /// <param name="secret">The folder of the certificate that it shows. Default: the keepers' own.</param>
    public Task<CellContainer> KeeperAsync(int cpus = 1, int memory = 512, IReadOnlyDictionary<string, string>? settings = null, string secret = "worker-tls") =>
        RunAsync(_images.Functions, Keepers, "workers.env", secret, KeeperPort, cpus, memory, settings);

    /// <summary>Starts a Supervisor that holds whatever keepers there are.</summary>
    /// <param name="settings">Further settings.</param>
    /// <param name="name">Its name on the network. Default: workerpool.</param>
    /// <param name="port">Its port on loopback, which stays the same when it is started again. Default: another one each time.</param>
    public Task<CellContainer> SupervisorAsync(IReadOnlyDictionary<string, string>? settings = null, string name = "workerpool", int port = 0) =>
        RunAsync(_images.Supervisor, name, "supervisor.env", "tls", SupervisorPort, cpus: 2, memory: 512, settings, port);

    /// <summary>Starts a Supervisor and keepers, and waits until all workers are ready.</summary>
    /// <param name="images">The images.</param>
    /// <param name="keepers">How many.</param>
    /// <param name="cpus">Processors of each keeper, and so its workers. Default: 1.</param>
    /// <param name="settings">Further settings of the Supervisor.</param>
    public static async Task<(Cell Cell, CellContainer Supervisor, List<CellContainer> Keepers)> StartAsync(
        Images images, int keepers, int cpus = 1, IReadOnlyDictionary<string, string>? settings = null)
    {
        var cell = await CreateAsync(images);
        try
        {
            var kept = await Task.WhenAll(Enumerable.Range(0, keepers).Select(_ => cell.KeeperAsync(cpus)));
            var supervisor = await cell.SupervisorAsync(settings);
            await cell.ReadyAsync(supervisor, keepers * cpus);
            return (cell, supervisor, [.. kept]);
        }
        catch
        {
            await cell.DisposeAsync();
            throw;
        }
    }

    /// <summary>How to call it.</summary>
    /// <param name="role">With the token of which caller.</param>
    public PoolOptions Options(Role role = Role.Submitter) => new() { CaFile = Authority.CaFile, Token = Tokens[role] };

    /// <summary>The address of a Supervisor on loopback.</summary>
    /// <param name="supervisor">Its container.</param>
    public static async Task<string> AddressAsync(CellContainer supervisor)
    {
        var port = await supervisor.PortAsync(SupervisorPort);
        return string.Create(CultureInfo.InvariantCulture, $"https://localhost:{port}");
    }

    /// <summary>Connects as a submitter.</summary>
    /// <param name="supervisor">The container of the Supervisor.</param>
    public async Task<Pool> ConnectAsync(CellContainer supervisor) => Pool.Connect(await AddressAsync(supervisor), Options());

    /// <summary>Connects as an admin.</summary>
    /// <param name="supervisor">The container of the Supervisor.</param>
    public async Task<PoolAdmin> AdminAsync(CellContainer supervisor) => PoolAdmin.Connect(await AddressAsync(supervisor), Options(Role.Admin));

    /// <summary>Waits until so many workers are ready, and no more.</summary>
    /// <param name="supervisor">The container of the Supervisor.</param>
    /// <param name="workers">How many.</param>
    public async Task ReadyAsync(CellContainer supervisor, int workers)
    {
        await supervisor.ServingAsync();
        await using var admin = await AdminAsync(supervisor);
        await Eventually.AskAsync(() => admin.GetPoolAsync(Cancellation), pool => pool.ReadyWorkers == workers);
    }

    /// <summary>Writes a secret, as a folder of tls.crt, tls.key and ca.crt that the containers' user can read.</summary>
    /// <param name="folder">Its name.</param>
    /// <param name="shown">The certificate and its key.</param>
    /// <param name="ca">The CA that is trusted. Default: the cell's.</param>
    public void WriteSecret(string folder, (string Certificate, string Key) shown, string? ca = null)
    {
        Write(folder, "tls.crt", File.ReadAllText(shown.Certificate));
        Write(folder, "tls.key", File.ReadAllText(shown.Key));
        Write(folder, "ca.crt", File.ReadAllText(ca ?? Authority.CaFile));
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        foreach (var container in _containers)
        {
            await container.DisposeAsync();
        }

        await _network.DisposeAsync();
        Authority.Dispose();
        _secrets.Delete(recursive: true);
    }

    private void WriteSecrets()
    {
        WriteSecret("tls", Authority.Peer("workerpool-supervisor", null, "localhost"));
        WriteSecret("worker-tls", Authority.Peer("workerpool-worker"));
        var lines = Tokens.Select(each => $$"""{"name":"{{each.Key}}","role":"{{each.Key}}","token":"{{ApiToken.HashOf(each.Value)}}"}""");
        Write("callers", "callers.jsonl", string.Join('\n', lines.Append("""{"name":"alice","role":"submitter","certificate":"CN:alice"}""")));
    }

    private void Write(string folder, string name, string text)
    {
        const UnixFileMode ReadByAll = UnixFileMode.UserRead | UnixFileMode.GroupRead | UnixFileMode.OtherRead;
        const UnixFileMode EnteredByAll = ReadByAll | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;
        var directory = _secrets.CreateSubdirectory(folder);
        _secrets.UnixFileMode = directory.UnixFileMode = EnteredByAll;
        var path = Path.Combine(directory.FullName, name);
        File.WriteAllText(path, text);
        File.SetUnixFileMode(path, ReadByAll | UnixFileMode.UserWrite);
    }

    private async Task<CellContainer> RunAsync(
        string image, string alias, string environment, string secret, int port, int cpus, int memory, IReadOnlyDictionary<string, string>? settings, int publicPort = 0)
    {
        var all = File.ReadLines(Path.Combine(Images.Root, "k8s/base", environment)).Select(line => line.Split('=', 2)).ToDictionary(parts => parts[0], parts => parts[1]);
        foreach (var (name, value) in settings ?? new Dictionary<string, string>())
        {
            all[name] = value;
        }

        var builder = new ContainerBuilder(image)
            .WithEnvironment(all)
            .WithNetwork(_network)
            .WithNetworkAliases(alias)
            .WithBindMount(Path.Combine(_secrets.FullName, secret), "/etc/workerpool/tls", AccessMode.ReadOnly)
            .WithBindMount(Path.Combine(_secrets.FullName, "callers"), "/etc/workerpool/callers", AccessMode.ReadOnly)
            .WithTmpfsMount("/tmp")
            .WithPortBinding(CellContainer.HealthPort, assignRandomHostPort: true)
            .WithLogger(NullLogger.Instance)
            .WithCreateParameterModifier(parameters =>
            {
                // As the pods of the base: nothing to write to, no capabilities, limits.
                var host = parameters.HostConfig!;
                host.ReadonlyRootfs = true;
                host.CapDrop = ["ALL"];
                host.SecurityOpt = ["no-new-privileges"];
                host.NanoCPUs = cpus * 1_000_000_000L;
                host.Memory = host.MemorySwap = memory * Mebibyte;
            });
        builder = publicPort > 0 ? builder.WithPortBinding(publicPort, port) : builder.WithPortBinding(port, assignRandomHostPort: true);
        var container = new CellContainer(builder.Build(), _network, [alias]);
        _containers.Add(container);
        await container.StartAsync();
        return container;
    }
}
