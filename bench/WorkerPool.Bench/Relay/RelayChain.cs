using System.Diagnostics;
using System.Globalization;
using Grpc.Net.Client;
using WorkerPool.Bench.Measuring;

namespace WorkerPool.Bench.Relay;

/// <summary>The processes of a relay and a client of the nearest: an echo one hop away, or an echo behind a relay.</summary>
internal sealed class RelayChain : IAsyncDisposable
{
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(10);
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("wp-bench-");
    private readonly List<Process> _processes = [];
    private readonly GrpcChannel _channel;

    private RelayChain(int hops)
    {
        string? next = null;
        for (var hop = 0; hop < hops; hop++)
        {
            var socket = Path.Combine(_directory.FullName, string.Create(CultureInfo.InvariantCulture, $"{hop}.sock"));
            _processes.Add(Process.Start(OwnProcess.Start(["relay", socket, .. next is null ? Array.Empty<string>() : [next]]))!);
            next = socket;
        }

        _channel = RelayServer.Connect(next!);
        Client = new RelayService.RelayServiceClient(_channel);
    }

    /// <summary>A client of the nearest.</summary>
    public RelayService.RelayServiceClient Client { get; }

    /// <summary>The process of the nearest.</summary>
    public int NearestProcessId => _processes[^1].Id;

    /// <summary>Starts the processes, and waits until they serve.</summary>
    /// <param name="hops">1: an echo; 2: an echo behind a relay.</param>
    public static async Task<RelayChain> StartAsync(int hops)
    {
        var chain = new RelayChain(hops);
        while (!Directory.EnumerateFiles(chain._directory.FullName).Skip(hops - 1).Any())
        {
            if (chain._processes.Any(process => process.HasExited))
            {
                throw new InvalidOperationException("a process of the relay did not start");
            }

            await Task.Delay(Poll, TimeProvider.System);
        }

        return chain;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _channel.Dispose();
        foreach (var process in _processes)
        {
            process.Kill();
            await process.WaitForExitAsync();
            process.Dispose();
        }

        _directory.Delete(recursive: true);
    }
}
