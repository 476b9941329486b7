using System.Net;
using WorkerPool.Processes;
using WorkerPool.Supervisor.Configuration;
using WorkerPool.Supervisor.Launching;
using WorkerPool.Supervisor.Launching.Keepers;
using WorkerPool.Supervisor.Launching.Keepers.Slices;

namespace WorkerPool.Supervisor.Hosting;

/// <summary>Where the workers of a service come from, by its options.</summary>
internal static class WorkerLaunchers
{
    /// <summary>Makes the launcher: of keepers where the options name any, else of child processes. What workers print goes to the log.</summary>
    /// <param name="options">How the pool is made; valid.</param>
    /// <param name="directory">The pool's private directory.</param>
    /// <param name="services">The application's services.</param>
    public static IWorkerLauncher Create(PoolOptions options, PrivateDirectory directory, IServiceProvider services)
    {
        var time = services.GetRequiredService<TimeProvider>();
        var output = new LoggedOutput(services.GetRequiredService<ILogger<LoggedOutput>>());
        if (!options.Keepers.AreUsed)
        {
            return new LocalLauncher(directory, options, output.Write, time);
        }

        // What is wrong with the files was told when the options were checked.
        var log = services.GetRequiredService<ILogger<KeeperLauncher>>();
        var identity = options.Keepers.Identity.Read(KeeperOptionsCheck.Prefix, time, []);
        identity?.Watch(ReloadInterval, time, log);
        return new KeeperLauncher(Finder(options.Keepers, time, services), options, output.Write, time, log, identity);
    }

    private static readonly TimeSpan ReloadInterval = TimeSpan.FromSeconds(5);

    private static IKeeperFinder Finder(KeeperOptions keepers, TimeProvider time, IServiceProvider services)
    {
        if (keepers.Endpoints.Count > 0)
        {
            return new FixedKeepers([.. keepers.Endpoints.Select(endpoint => new Uri(endpoint)).Distinct()]);
        }

        var scheme = keepers.Identity.AreGiven ? "https" : "http";
        if (ServiceName.TryRead(keepers.Service) is { } service)
        {
            return new EndpointSliceKeepers(
                ApiServerAccess.Of(keepers),
                service,
                new ServiceEndpoints(keepers.ServicePort, scheme),
                new ApiServerLimits(),
                time,
                services.GetRequiredService<ILogger<EndpointSliceKeepers>>());
        }

        _ = KeeperOptionsCheck.TryReadDns(keepers.Dns, out var host, out var port);
        return new DnsKeepers(host, port, scheme, keepers.DnsInterval, Dns.GetHostAddressesAsync, time);
    }
}
