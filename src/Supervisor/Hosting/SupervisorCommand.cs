using System.CommandLine;
using Microsoft.AspNetCore.Connections;
using WorkerPool.Processes;
using WorkerPool.Processes.Settings;
using WorkerPool.Supervisor.Configuration;
using WorkerPool.Supervisor.Launching.Keepers.Slices;
using WorkerPool.Supervisor.Security;
using WorkerPool.WorkerHost.Hosting;

namespace WorkerPool.Supervisor.Hosting;

/// <summary>The Supervisor as a program. Exit codes: 0 stopped when told to, 2 wrong usage or configuration, 3 unable to start.</summary>
internal static class SupervisorCommand
{
    private const int WrongUsage = 2;
    private const int UnableToStart = 3;
    private static readonly TimeSpan CallerGrace = TimeSpan.FromSeconds(10);

    private static readonly Option<string?> Listen = new("--listen")
    {
        Description = "Where gRPC is served: http://HOST:PORT, https://HOST:PORT or unix:///PATH. Default: http://127.0.0.1:50051.",
        HelpName = "URL",
    };

    private static readonly Option<string?> Http = new("--http")
    {
        Description = "Where the dashboard (/dashboard/), the API in JSON (/v1) and measurements (/metrics) are served: http://HOST:PORT or https://HOST:PORT, or \"\" for nowhere. Default: http://127.0.0.1:8080.",
        HelpName = "URL",
    };

    private static readonly Option<string?> Workers = new("--workers")
    {
        Description = "Workers: a number, cpus (default) or cpus-1.",
        HelpName = "N|cpus|cpus-1",
    };

    private static readonly Option<string?> Concurrency = new("--concurrency")
    {
        Description = "Items that a worker runs at once, each on a thread of its own: for functions that mostly wait. Default: 1.",
        HelpName = "N",
    };

    private static readonly Option<string[]> Functions = new("--functions")
    {
        Description = "A function library to load beside the built-in functions; may be given several times.",
        HelpName = "PATH",
    };

    private static readonly Option<string?> Initializer = new("--initializer")
    {
        Description = "A function that each worker runs before anything else.",
        HelpName = "FUNCTION",
    };

    private static readonly Option<string?> InitializerArguments = new("--initializer-args")
    {
        Description = "Arguments of the initializer: a JSON array (by position) or object (by name).",
        HelpName = "JSON",
    };

    private static readonly Option<string?> Certificate = new("--certificate")
    {
        Description = "Its certificate for https:// addresses, in PEM form, with those between it and its CA.",
        HelpName = "PATH",
    };

    private static readonly Option<string?> Key = new("--key")
    {
        Description = "The certificate's key, in PEM form.",
        HelpName = "PATH",
    };

    private static readonly Option<string?> ClientCa = new("--client-ca")
    {
        Description = "The CA of callers' certificates, in PEM form. Default: callers are asked for none.",
        HelpName = "PATH",
    };

    private static readonly Option<string?> Callers = new("--callers")
    {
        Description = "The file of the callers that it knows, a line each; 'workerpool token new' makes them.",
        HelpName = "PATH",
    };

    private static readonly Option<bool> Insecure = new("--insecure")
    {
        Description = "Listen beyond loopback although there is no TLS or no authentication.",
    };

    // Options that are settings as they stand.
    private static readonly (Option<string?> Option, string Section, string Setting)[] Texts =
    [
        (Listen, ListenOptions.Section, nameof(ListenOptions.Grpc)),
        (Http, ListenOptions.Section, nameof(ListenOptions.Http)),
        (Certificate, SecurityOptions.Section, nameof(SecurityOptions.Certificate)),
        (Key, SecurityOptions.Section, nameof(SecurityOptions.Key)),
        (ClientCa, SecurityOptions.Section, nameof(SecurityOptions.ClientCa)),
        (Callers, SecurityOptions.Section, nameof(SecurityOptions.Callers)),
        (Workers, PoolOptions.Section, nameof(PoolOptions.Workers)),
        (Concurrency, PoolOptions.Section, nameof(PoolOptions.Concurrency)),
        (Initializer, PoolOptions.Section, nameof(PoolOptions.Initializer)),
        (InitializerArguments, PoolOptions.Section, nameof(PoolOptions.InitializerArguments)),
    ];

    /// <summary>Runs the program.</summary>
    /// <param name="arguments">Its arguments.</param>
    /// <returns>Its exit code.</returns>
    public static async Task<int> RunAsync(string[] arguments)
    {
        var root = new RootCommand(
            "The WorkerPool service: spawns worker processes and maps functions over items for gRPC clients. " +
            "Every setting can also be given in appsettings.json or the environment, such as Pool__Workers=4.")
        {
            Listen, Http, Workers, Concurrency, Functions, Initializer, InitializerArguments, Certificate, Key, ClientCa, Callers, Insecure,
        };
        root.SetAction((parsed, cancellation) => ServeAsync(parsed, cancellation));
        var result = root.Parse(arguments, new ParserConfiguration { ResponseFileTokenReplacer = null });
        var code = await result.InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = null });
        return result.Errors.Count > 0 ? WrongUsage : code;
    }

    private static async Task<int> ServeAsync(ParseResult parsed, CancellationToken cancellation)
    {
        var complaints = parsed.InvocationConfiguration.Error;
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        builder.Configuration.AddInMemoryCollection(FromCommandLine(parsed));
        ConsoleLogs.Add(builder.Logging, builder.Configuration.GetSection(ConsoleLogs.Section));
        var faults = new List<string>();
        var options = Read<PoolOptions>(builder.Configuration, PoolOptions.Section, faults);
        var listen = Read<ListenOptions>(builder.Configuration, ListenOptions.Section, faults);
        var secured = Read<SecurityOptions>(builder.Configuration, SecurityOptions.Section, faults);
        if (new PoolOptionsValidator().Validate(null, options) is { Failed: true, Failures: var failures })
        {
            faults.AddRange(failures);
        }

        if (options.Keepers.Identity.AreComplete)
        {
            options.Keepers.Identity.Read(KeeperOptionsCheck.Prefix, TimeProvider.System, faults)?.Dispose();
        }

        if (options.Keepers.Service.Length > 0)
        {
            ApiServerAccess.Check(ApiServerAccess.Of(options.Keepers), faults);
        }

        using var security = SupervisorSecurity.Read(secured, TimeProvider.System, faults);
        var (grpc, http) = listen.Read(secured, faults);
        if (!HealthAddress.TryRead($"{ListenOptions.Section}:{nameof(ListenOptions.Health)}", listen.Health, out var health, out var problem))
        {
            faults.Add(problem);
        }

        if (faults.Count > 0)
        {
            foreach (var fault in faults)
            {
                await complaints.WriteLineAsync(fault);
            }

            return WrongUsage;
        }

        await using var directory = PrivateDirectory.Create();
        await using var app = SupervisorHost.Build(builder, grpc, options, directory, security, http: http, health: health, socketMode: listen.Mode, hasDashboard: listen.Dashboard);
        try
        {
            await app.StartAsync(cancellation);
        }
        catch (IOException error) when (error.InnerException is AddressInUseException)
        {
            // The server has taken its addresses in order, until the one that failed.
            var (address, option) = app.Urls.Count switch
            {
                0 => (listen.Grpc, "--listen"),
                1 when http is not null => (listen.Http, "--http"),
                _ => (listen.Health, "Listen:Health"),
            };
            await complaints.WriteLineAsync(
                $"{address} is in use by another program. Stop that, or choose another port with {option} http://127.0.0.1:PORT.");
            return UnableToStart;
        }
        catch (IOException error)
        {
            await complaints.WriteLineAsync($"Cannot listen on {(app.Urls.Count == 0 ? listen.Grpc : app.Urls.Count == 1 && http is not null ? listen.Http : listen.Health)}: {error.Message}");
            return UnableToStart;
        }

        SecondSignal.Listen(app.Services.GetRequiredService<Pool>());
        await StopWhenToldAsync(app);
        return 0;
    }

    // Once the pool is drained, callers have a moment to read what was sent to them; one that does not read is not waited for.
    private static async Task StopWhenToldAsync(WebApplication app)
    {
        var told = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using (app.Lifetime.ApplicationStopping.Register(told.SetResult))
        {
            await told.Task;
        }

        using var abort = new CancellationTokenSource();
        var stopping = app.StopAsync(abort.Token);
        await Task.WhenAny(stopping, app.Services.GetRequiredService<PoolLifetime>().Drained);
        abort.CancelAfter(CallerGrace);
        try
        {
            await stopping;
        }
        catch (OperationCanceledException)
        {
            // Their connections have been broken off.
        }
    }

    // What is sound is taken, so that the checks that follow tell of all the rest.
    private static T Read<T>(IConfiguration configuration, string section, List<string> faults)
        where T : new()
    {
        var options = new T();
        var sound = SettingFaults.Find(configuration.AsEnumerable(), section, typeof(T), faults);
        new ConfigurationBuilder().AddInMemoryCollection(sound).Build().GetSection(section).Bind(options);
        return options;
    }

    private static IEnumerable<KeyValuePair<string, string?>> FromCommandLine(ParseResult parsed)
    {
        foreach (var (option, section, setting) in Texts)
        {
            if (parsed.GetValue(option) is { } text)
            {
                yield return new($"{section}:{setting}", text);
            }
        }

        if (parsed.GetValue(Insecure))
        {
            yield return new($"{ListenOptions.Section}:{nameof(ListenOptions.Insecure)}", "true");
        }

        foreach (var (position, path) in (parsed.GetValue(Functions) ?? []).Index())
        {
            yield return new($"{PoolOptions.Section}:{nameof(PoolOptions.Functions)}:{position}", path);
        }
    }
}
