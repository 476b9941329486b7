using System.CommandLine;
using System.Globalization;
using System.Runtime.InteropServices;
using WorkerPool.Processes;
using WorkerPool.Processes.Settings;

namespace WorkerPool.WorkerHost.Keeping;

/// <summary>The keeper as a program. Exit codes: 0 stopped when told to, 2 wrong usage or configuration, 3 unable to start.</summary>
internal static class KeeperCommand
{
    /// <summary>The word on the command line that makes the program a keeper.</summary>
    public const string Name = "keeper";

    private const int WrongUsage = 2;
    private const int UnableToStart = 3;

    private static readonly Option<string?> Listen = new("--listen")
    {
        Description = "Where it listens: https://HOST:PORT with mutual TLS, or http://HOST:PORT. Default: http://127.0.0.1:50060.",
        HelpName = "URL",
    };

    private static readonly Option<string?> Workers = new("--workers")
    {
        Description = "Workers it has place for: a number, cpus (default) or cpus-1.",
        HelpName = "N|cpus|cpus-1",
    };

    private static readonly Option<string[]> Functions = new("--functions")
    {
        Description = "A function library for its workers; may be given several times.",
        HelpName = "PATH",
    };

    private static readonly Option<string?> Certificate = new("--certificate")
    {
        Description = "Its certificate, in PEM form.",
        HelpName = "PATH",
    };

    private static readonly Option<string?> Key = new("--key")
    {
        Description = "The certificate's key, in PEM form.",
        HelpName = "PATH",
    };

    private static readonly Option<string?> Ca = new("--ca")
    {
        Description = "The certificates of those who sign the certificates of Supervisors, in PEM form.",
        HelpName = "PATH",
    };

    private static readonly Option<bool> Insecure = new("--insecure")
    {
        Description = "Listen beyond loopback although it cannot tell who calls.",
    };

    private static readonly (Option<string?> Option, string Setting)[] Texts =
    [
        (Listen, nameof(KeeperOptions.Listen)),
        (Workers, nameof(KeeperOptions.Workers)),
        (Certificate, nameof(KeeperOptions.Certificate)),
        (Key, nameof(KeeperOptions.Key)),
        (Ca, nameof(KeeperOptions.Ca)),
    ];

    /// <summary>Runs the program.</summary>
    /// <param name="arguments">Its arguments, after its name.</param>
    /// <returns>Its exit code.</returns>
    public static async Task<int> RunAsync(string[] arguments)
    {
        var root = new RootCommand(
            "A WorkerPool keeper: launches, watches and buries the workers of a machine or pod for a Supervisor elsewhere. " +
            "Every setting can also be given in the environment, such as Keeper__Workers=4.")
        {
            Listen, Workers, Functions, Certificate, Key, Ca, Insecure,
        };
        root.SetAction((parsed, _) => ServeAsync(parsed));
        var result = root.Parse(arguments, new ParserConfiguration { ResponseFileTokenReplacer = null });
        var code = await result.InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = null });
        return result.Errors.Count > 0 ? WrongUsage : code;
    }

    private static async Task<int> ServeAsync(ParseResult parsed)
    {
        var complaints = parsed.InvocationConfiguration.Error;
        var configuration = new ConfigurationBuilder().AddEnvironmentVariables().AddInMemoryCollection(FromCommandLine(parsed)).Build();
        var faults = new List<string>();
        var options = new KeeperOptions();
        var sound = SettingFaults.Find(configuration.AsEnumerable(), KeeperOptions.Section, typeof(KeeperOptions), faults);
        new ConfigurationBuilder().AddInMemoryCollection(sound).Build().GetSection(KeeperOptions.Section).Bind(options);
        faults.AddRange(KeeperOptionsCheck.FaultsOf(options, out var endPoint, out var health, out var identity));
        using var watched = identity;
        if (faults.Count > 0)
        {
            foreach (var fault in faults)
            {
                await complaints.WriteLineAsync(fault);
            }

            return WrongUsage;
        }

        await using var directory = PrivateDirectory.Create();
        var workers = new KeeperWorkers(options, directory, TimeProvider.System);
        await using var app = KeeperServer.Build(endPoint, health, workers, identity);
        try
        {
            await app.StartAsync();
        }
        catch (IOException error)
        {
            await complaints.WriteLineAsync($"The keeper cannot listen on {(app.Urls.Count == 0 ? options.Listen : options.Health)}: {error.Message}");
            return UnableToStart;
        }

        var log = app.Services.GetRequiredService<ILoggerFactory>().CreateLogger(typeof(KeeperCommand).FullName!);
        identity?.Watch(options.ReloadInterval, TimeProvider.System, log);
        KeeperLog.Listening(log, app.Urls.FirstOrDefault() ?? options.Listen, workers.Places);
        await StoppedAsync();
        KeeperServer.SetLeaving(app);
        KeeperLog.Leaving(log, options.DrainGrace.TotalSeconds);
        await app.Services.GetRequiredService<KeeperApi>().LeaveAsync(options.DrainGrace);
        using var atOnce = new CancellationTokenSource(TimeSpan.Zero);
        await app.StopAsync(atOnce.Token).ContinueWith(static _ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
        return 0;
    }

    private static async Task StoppedAsync()
    {
        var told = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
        await told.Task;

        void Stop(PosixSignalContext signal)
        {
            signal.Cancel = true;
            told.TrySetResult();
        }
    }

    private static IEnumerable<KeyValuePair<string, string?>> FromCommandLine(ParseResult parsed)
    {
        foreach (var (option, setting) in Texts)
        {
            if (parsed.GetValue(option) is { } text)
            {
                yield return new($"{KeeperOptions.Section}:{setting}", text);
            }
        }

        var libraries = parsed.GetValue(Functions) ?? [];
        for (var position = 0; position < libraries.Length; position++)
        {
            yield return new(string.Create(CultureInfo.InvariantCulture, $"{KeeperOptions.Section}:{nameof(KeeperOptions.Functions)}:{position}"), libraries[position]);
        }

        if (parsed.GetValue(Insecure))
        {
            yield return new($"{KeeperOptions.Section}:{nameof(KeeperOptions.Insecure)}", "true");
        }
    }
}
