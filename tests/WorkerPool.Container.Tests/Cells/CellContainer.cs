using System.Globalization;
using System.Text.Json;
using Docker.DotNet.Models;
using DotNet.Testcontainers.Containers;
using DotNet.Testcontainers.Networks;
using Grpc.Core;
using Grpc.Health.V1;
using Grpc.Net.Client;
using WorkerPool.Container.Tests.Engine;
using Health = Grpc.Health.V1.Health;

namespace WorkerPool.Container.Tests.Cells;

/// <summary>A container of a cell, and what can befall it.</summary>
internal sealed class CellContainer : IAsyncDisposable
{
    /// <summary>Port of health alone, in the container.</summary>
    public const int HealthPort = 50052;

    private const int ShownLines = 40;

    private readonly IContainer _container;
    private readonly INetwork _network;
    private readonly string[] _aliases;

    /// <summary>One that is not started yet.</summary>
    /// <param name="container">The container.</param>
    /// <param name="network">The network it is on.</param>
    /// <param name="aliases">Its names there.</param>
    public CellContainer(IContainer container, INetwork network, string[] aliases)
    {
        _container = container;
        _network = network;
        _aliases = aliases;
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>Starts it, or starts it again.</summary>
    public Task StartAsync() => _container.StartAsync(Cancellation);

    /// <summary>Waits until it serves.</summary>
    public async Task<CellContainer> ServingAsync()
    {
        await Eventually.AskAsync(HealthAsync, health => health == "Serving");
        return this;
    }

    /// <summary>What it says of its health; else why it says nothing.</summary>
    public async Task<string> HealthAsync()
    {
        try
        {
            var port = await PortAsync(HealthPort);
            using var channel = GrpcChannel.ForAddress(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}"));
            var health = await new Health.HealthClient(channel).CheckAsync(new HealthCheckRequest(), deadline: TimeProvider.System.GetUtcNow().UtcDateTime.AddSeconds(2));
            return health.Status.ToString();
        }
        catch (Exception e) when (e is RpcException or InvalidOperationException)
        {
            return e.Message;
        }
    }

    /// <summary>The port on loopback that leads to one of its own. It is another one after each start.</summary>
    /// <param name="port">The port in the container.</param>
    /// <exception cref="InvalidOperationException">It does not run, or its network is cut.</exception>
    public async Task<int> PortAsync(int port)
    {
        var found = await InspectAsync();
        return found.NetworkSettings?.Ports?.TryGetValue(string.Create(CultureInfo.InvariantCulture, $"{port}/tcp"), out var bindings) == true && bindings is [{ } binding, ..]
            ? int.Parse(binding.HostPort, CultureInfo.InvariantCulture)
            : throw new InvalidOperationException($"{found.Name} has no port for {port}; it is {found.State?.Status}");
    }

    /// <summary>What the engine knows of it now.</summary>
    public Task<ContainerInspectResponse> InspectAsync() => ContainerEngine.Client.Containers.InspectContainerAsync(_container.Id, Cancellation);

    /// <summary>Ends all its processes with SIGKILL.</summary>
    public Task KillAsync() =>
        ContainerEngine.Client.Containers.KillContainerAsync(_container.Id, new ContainerKillParameters { Signal = "SIGKILL" }, Cancellation);

    /// <summary>Freezes all its processes.</summary>
    public Task PauseAsync() => _container.PauseAsync(Cancellation);

    /// <summary>Lets them go on.</summary>
    public Task UnpauseAsync() => _container.UnpauseAsync(Cancellation);

    /// <summary>Takes it off its network: nothing arrives, nothing leaves, and no connection is ended.</summary>
    public Task CutAsync() => ContainerEngine.Client.Networks.DisconnectNetworkAsync(
        _network.Name, new NetworkDisconnectParameters { Container = _container.Id, Force = true }, Cancellation);

    /// <summary>Puts it on its network again.</summary>
    public Task HealAsync() => ContainerEngine.Client.Networks.ConnectNetworkAsync(
        _network.Name,
        new NetworkConnectParameters { Container = _container.Id, EndpointConfig = new EndpointSettings { Aliases = [.. _aliases] } },
        Cancellation);

    /// <summary>Stops it as <c>docker stop -t</c> does: SIGTERM, and SIGKILL after the grace.</summary>
    /// <param name="grace">The grace, in seconds.</param>
    /// <returns>Its exit code.</returns>
    public async Task<long> StopAsync(uint grace = 60)
    {
        await ContainerEngine.Client.Containers.StopContainerAsync(_container.Id, new ContainerStopParameters { WaitBeforeKillSeconds = grace }, Cancellation);
        return (await InspectAsync()).State!.ExitCode;
    }

    /// <summary>What it printed.</summary>
    public async Task<string> LogAsync()
    {
        var (output, error) = await _container.GetLogsAsync(ct: Cancellation);
        return output + error;
    }

    /// <summary>Waits for a text in what it prints.</summary>
    /// <param name="text">The text.</param>
    public Task<string> PrintsAsync(string text) => Eventually.AskAsync(LogAsync, log => log.Contains(text, StringComparison.Ordinal));

    /// <summary>Runs a program in it.</summary>
    /// <param name="command">The program and its arguments.</param>
    /// <returns>Its exit code; 126 or 127 where there is none.</returns>
    public async Task<long?> ExecAsync(params string[] command) => (await _container.ExecAsync(command, Cancellation)).ExitCode;

    /// <summary>Paths that are not as they are in the image, but for what is mounted.</summary>
    public async Task<List<string>> ChangesAsync() =>
        [.. (await ContainerEngine.Client.Containers.InspectChangesAsync(_container.Id, Cancellation))
            .Select(change => change.Path)
            .Where(path => path is not "/etc" && !path.StartsWith("/etc/workerpool", StringComparison.Ordinal))];

    /// <summary>Command lines of the processes in it, with their states in front.</summary>
    public async Task<List<string>> ProcessesAsync()
    {
        var asked = new ContainerListProcessesParameters { PsArgs = "-eo pid,stat,args" };
        var listed = await ContainerEngine.Client.Containers.ListProcessesAsync(_container.Id, asked, Cancellation);
        return [.. listed.Processes.Select(process => string.Join(' ', process.Skip(1)))];
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        var last = (await LogAsync()).Split('\n', StringSplitOptions.RemoveEmptyEntries).TakeLast(ShownLines).Select(Shown);
        TestContext.Current.TestOutputHelper?.WriteLine($"{string.Join(' ', _aliases)}:\n{string.Join('\n', last)}");
        await _container.DisposeAsync();
    }

    // An event is an object, which has all that its message says once more.
    private static string Shown(string line)
    {
        try
        {
            using var entry = JsonDocument.Parse(line[line.IndexOf('{', StringComparison.Ordinal)..]);
            return $"{entry.RootElement.GetProperty("Timestamp")} {entry.RootElement.GetProperty("Message")}";
        }
        catch (Exception e) when (e is JsonException or ArgumentOutOfRangeException or KeyNotFoundException or InvalidOperationException)
        {
            return line;
        }
    }
}
