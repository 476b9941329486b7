using Microsoft.AspNetCore.Builder;
using WorkerPool.Client;
using WorkerPool.Client.Methods;
using WorkerPool.Local;
using WorkerPool.Processes;
using WorkerPool.Supervisor.Launching;

namespace WorkerPool.Bench.Simulation;

/// <summary>A pool in this process with simulated workers: sessions as any worker has, all served by one server, and nothing behind them.</summary>
internal static class SimulatedPool
{
    /// <summary>Starts one.</summary>
    /// <param name="workers">How many workers.</param>
    public static async Task<Pool> StartAsync(string workers)
    {
        Launcher? launcher = null;
        return await EmbeddedPool.StartAsync(
            new Supervisor.Configuration.PoolOptions { Workers = workers },
            (directory, _) => launcher = new Launcher(directory),
            new MethodsByName(),
            logs: null,
            onDashboard: null,
            hasProcesses: false,
            CancellationToken.None);
    }

    private sealed class Launcher(PrivateDirectory directory) : IWorkerLauncher
    {
        private readonly string _socket = directory.File("simulated.sock");
        private readonly Lock _gate = new();
        private Task<WebApplication>? _server;

        /// <inheritdoc/>
        public async Task<ILaunchedWorker> LaunchAsync(string name, CancellationToken cancellation)
        {
            lock (_gate)
            {
                _server ??= SimulatedWorkerApi.ServeAsync(_socket);
            }

            await _server;
            return new SimulatedWorker(_socket);
        }
    }
}
