using System.CommandLine;
using System.Globalization;
using WorkerPool.Cli.Output;
using WorkerPool.Cli.Running;
using WorkerPool.Client;
using WorkerPool.Local;
using WorkerPool.Processes;
using WorkerPool.Processes.Programs;
using WorkerPool.Protocol.Errors;

namespace WorkerPool.Cli.Commands;

/// <summary>The options that say which pool: one at an address, or one of the command's own.</summary>
internal sealed class PoolSelection
{
    private const string AllProcessors = "cpus";
    private const string AllProcessorsButOne = "cpus-1";

    private readonly ConnectionOptions _connection = new(
        "The pool's address: http://host:port, https://host:port or unix:///path; several, with commas between, take over from each other; dns+https://host:port spreads over all addresses of the name. Default: that of the environment or the profile; without one the command starts a pool of its own and ends it afterwards.");

    private readonly Option<string?> _workers = new("--workers")
    {
        Description = "Workers of the pool it starts: a number, cpus or cpus-1. Default: cpus.",
        HelpName = "N",
    };

    private readonly Option<string?> _concurrency = new("--concurrency")
    {
        Description = "Items that a worker of the pool it starts runs at once, each on a thread of its own: for functions that mostly wait. Default: 1.",
        HelpName = "N",
    };

    private readonly Option<string[]> _functions = new("--functions")
    {
        Description = "A function library (.dll) for the pool it starts; may be given several times. Default: the built-in functions alone.",
        HelpName = "PATH",
        Arity = ArgumentArity.OneOrMore,
        AllowMultipleArgumentsPerToken = false,
    };

    /// <summary>Adds the options to a command.</summary>
    public void AddTo(Command command)
    {
        _connection.AddTo(command);
        command.Add(_workers);
        command.Add(_concurrency);
        command.Add(_functions);
    }

    /// <summary>Opens the pool that was asked for.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="target">What it is to run; <c>null</c>: nothing.</param>
    /// <param name="status">Takes what workers print.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <param name="hasDashboard">Whether a pool of the command's own has a dashboard, whose address it then says. Default: no.</param>
    /// <exception cref="UsageException">The options contradict one another.</exception>
    public Func<Task<Pool>> Choose(ParseResult parsed, Target? target, StatusLine status, CancellationToken cancellationToken, bool hasDashboard = false)
    {
        var given = _connection.FirstGiven(parsed);
        var workers = parsed.GetValue(_workers);
        var functions = parsed.GetValue(_functions) ?? [];
        var concurrency = parsed.GetValue(_concurrency);
        if (target?.Program is not null && functions.Length > 0)
        {
            throw new UsageException("--exec runs a program and --functions loads functions, of which it runs none; give one of them.");
        }

        if (target?.Program is not null && given is not null)
        {
            throw new UsageException(
                $"--exec cannot be given with {given}: a pool that is a service runs the programs of its own configuration alone, as functions (Pool:Programs; 'workerpool functions' lists them).");
        }

        if ((workers is not null || concurrency is not null || functions.Length > 0) && given is not null)
        {
            throw new UsageException($"--workers, --concurrency and --functions are for a pool the command starts; they cannot be given with {given}.");
        }

        if (hasDashboard && given is not null)
        {
            throw new UsageException(
                $"--dashboard is for a pool the command starts; it cannot be given with {given}. A Supervisor serves its own, at /dashboard/ of its HTTP port.");
        }

        // What only a pool of its own can do says that it wants one, whatever the environment says.
        var wantsItsOwn = target?.Program is not null || workers is not null || concurrency is not null || functions.Length > 0 || hasDashboard;
        var profile = wantsItsOwn ? new PoolProfile() : _connection.Read(parsed);
        if (given is not null && profile.Addresses.Count == 0)
        {
            throw new UsageException($"{given} is for a pool at an address, and nothing says one: give --address, set WORKERPOOL_ADDRESS, or name a profile that has one.");
        }

        if (profile.Addresses.Count == 0)
        {
            var options = new LocalPoolOptions
            {
                Workers = CheckWorkers(workers ?? AllProcessors),
                Concurrency = CheckConcurrency(concurrency ?? "1"),
                Functions = functions,
                Programs = target?.Program is { } program ? new Dictionary<string, ProgramOptions> { [target.Function] = program } : [],
                OnDashboard = hasDashboard ? address => status.WriteLine($"Dashboard: {address}") : null,
                OnWorkerOutput = line => status.WriteLine($"[{line.Worker}] {line.Text}"),
            };
            return () => StartAsync(options, cancellationToken);
        }

        var pool = ConnectionOptions.Connect(() => Pool.Connect(profile));
        return () => Task.FromResult(pool);
    }

    private static async Task<Pool> StartAsync(LocalPoolOptions options, CancellationToken cancellationToken)
    {
        try
        {
            return await LocalPool.StartAsync(options, cancellationToken).ConfigureAwait(false);
        }
        catch (ArgumentException e)
        {
            throw new UsageException(e.Message.Split(" (Parameter")[0]);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or PlatformNotSupportedException)
        {
            throw new PoolUnavailableException(ErrorReasons.WorkerStartFailed, $"The pool cannot be started: {e.Message}", e);
        }
    }

    private static int CheckConcurrency(string concurrency) =>
        int.TryParse(concurrency, NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count is >= 1 and <= FlightRecorder.MostRunners
            ? count
            : throw new UsageException($"--concurrency has to be a number from 1 to {FlightRecorder.MostRunners}; it is '{concurrency}'.");

    private static string CheckWorkers(string workers) =>
        workers is AllProcessors or AllProcessorsButOne
            || (int.TryParse(workers, NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count > 0)
            ? workers
            : throw new UsageException($"--workers has to be a number from 1 up, cpus or cpus-1; it is '{workers}'.");
}
