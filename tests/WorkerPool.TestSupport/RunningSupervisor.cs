using Grpc.Net.Client;
using WorkerPool.V1;

namespace WorkerPool.TestSupport;

/// <summary>
/// A Supervisor that listens on a free port, and a client of it. Disposing it stops it with SIGTERM and fails if it
/// ends badly, leaves anything behind or has logged an error that was not expected.
/// </summary>
public sealed class RunningSupervisor : IAsyncDisposable
{
    private readonly GrpcChannel _channel;

    private RunningSupervisor(SupervisorProgram program, string address, string httpAddress, Func<string, GrpcChannel> connect)
    {
        HttpAddress = httpAddress;
        Program = program;
        Address = address;
        _channel = connect(address);
        Client = new PoolService.PoolServiceClient(_channel);
        Jobs = new JobService.JobServiceClient(_channel);
        Admin = new AdminService.AdminServiceClient(_channel);
    }

    /// <summary>The program.</summary>
    public SupervisorProgram Program { get; }

    /// <summary>Where it listens, such as http://127.0.0.1:40123.</summary>
    public string Address { get; }

    /// <summary>Where it serves measurements, such as http://127.0.0.1:40124.</summary>
    public string HttpAddress { get; }

    /// <summary>A client without any comfort.</summary>
    public PoolService.PoolServiceClient Client { get; }

    /// <summary>A client of its jobs.</summary>
    public JobService.JobServiceClient Jobs { get; }

    /// <summary>A client of its operation.</summary>
    public AdminService.AdminServiceClient Admin { get; }

    /// <summary>Whether errors in its log are what the test is about.</summary>
    public bool MayLogErrors { get; set; }

    /// <summary>Whether the test kills it, so that its exit code and its log say nothing.</summary>
    public bool IsKilled { get; set; }

    /// <summary>Starts one and waits until it listens; its workers may still be starting.</summary>
    /// <param name="workers">Workers.</param>
    /// <param name="functions">Paths of function libraries.</param>
    /// <param name="settings">Further settings, such as Pool__WindowItems.</param>
    /// <param name="listen">Where it listens. Default: on any free port of loopback.</param>
    /// <param name="connect">Makes the channel of its clients. Default: without TLS and token.</param>
    public static async Task<RunningSupervisor> StartAsync(
        int workers = 2,
        IEnumerable<string>? functions = null,
        IReadOnlyDictionary<string, string>? settings = null,
        string listen = "http://127.0.0.1:0",
        Func<string, GrpcChannel>? connect = null)
    {
        List<string> arguments = ["--listen", listen, "--workers", $"{workers}"];
        foreach (var path in functions ?? [])
        {
            arguments.AddRange(["--functions", path]);
        }

        // A busy machine must not look like a dead worker: silence is long, unless a test is about it.
        var patient = new Dictionary<string, string> { ["Pool__SilenceLimit"] = "00:00:45" };
        foreach (var (name, value) in settings ?? patient)
        {
            patient[name] = value;
        }

        var program = SupervisorProgram.Start(arguments, patient);
        try
        {
            await program.Log.LineAsync("Application started").WaitAsync(SupervisorProgram.Limit);
            var addresses = program.Log.Lines
                .Select(line => System.Text.RegularExpressions.Regex.Match(line, "Now listening on: (https?://.*)"))
                .Where(match => match.Success)
                .Select(match => match.Groups[1].Value)
                .ToList();
            return new RunningSupervisor(program, addresses[0], addresses[1], connect ?? Connect);
        }
        catch
        {
            await program.DisposeAsync();
            throw;
        }
    }

    /// <summary>Waits until a worker is ready.</summary>
    /// <returns>Its process id.</returns>
    public async Task<int> WorkerProcessIdAsync(int slot = 1, int incarnation = 1)
    {
        var ready = await Program.Log
            .LineAsync($@"worker-{slot} \(incarnation {incarnation}, process (\d+)\) is ready")
            .WaitAsync(SupervisorProgram.Limit);
        return int.Parse(ready.Groups[1].Value, System.Globalization.CultureInfo.InvariantCulture);
    }

    /// <summary>Ends it with SIGKILL, and waits until its workers have ended too.</summary>
    public async Task KillAsync()
    {
        _channel.Dispose();
        await Program.KillAsync();
    }

    private static GrpcChannel Connect(string address) =>
        GrpcChannel.ForAddress(address, new GrpcChannelOptions { MaxReceiveMessageSize = null, MaxSendMessageSize = null });

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _channel.Dispose();
        await using (Program)
        {
            var exitCode = await Program.StopAsync();
            var leftovers = Program.Leftovers();
            var errors = MayLogErrors ? [] : Errors([.. Program.Log.Lines]);
            if (IsKilled && leftovers.Count == 0)
            {
                return;
            }

            if (exitCode != 0 || leftovers.Count > 0 || errors.Any())
            {
                throw new InvalidOperationException(
                    $"the Supervisor ended with exit code {exitCode} and left [{string.Join(", ", leftovers)}]:\n{Program.Log.Text}");
            }
        }
    }

    // Of a call whose caller leaves while its request is on its way gRPC's own server says that it failed, before any code of ours has seen it.
    private static IEnumerable<string> Errors(string[] lines) => lines.Where((line, position) =>
        (line.StartsWith("fail:", StringComparison.Ordinal) || line.StartsWith("crit:", StringComparison.Ordinal))
        && !lines.Skip(position).Take(3).Any(next => next.Contains("The client reset the request stream.", StringComparison.Ordinal)));
}
