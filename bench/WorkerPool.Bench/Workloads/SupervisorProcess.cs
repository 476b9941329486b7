using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace WorkerPool.Bench.Workloads;

/// <summary>A Supervisor in a process of its own, so that its memory and its processor time are its own too.</summary>
internal sealed partial class SupervisorProcess : IAsyncDisposable
{
    private readonly Process _process;
    private readonly DirectoryInfo _directory;

    private SupervisorProcess(Process process, DirectoryInfo directory, string address, Uri? metrics)
    {
        _process = process;
        _directory = directory;
        Address = address;
        Metrics = metrics;
    }

    /// <summary>Where it listens.</summary>
    public string Address { get; }

    /// <summary>Where it serves its metrics, if it does.</summary>
    public Uri? Metrics { get; }

    /// <summary>Its process.</summary>
    public int ProcessId => _process.Id;

    /// <summary>Processor time it has used, user and system.</summary>
    public TimeSpan ProcessorTime
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime;
        }
    }

    /// <summary>Starts one, and waits until all its workers are ready.</summary>
    /// <param name="workers">Workers.</param>
    /// <param name="arguments">Further arguments.</param>
    /// <param name="withMetrics">Whether it serves its metrics, too.</param>
    /// <param name="port">The port on loopback that it listens on. Default: none, but a Unix socket.</param>
    public static async Task<SupervisorProcess> StartAsync(
        int workers, IEnumerable<string>? arguments = null, bool withMetrics = false, int? port = null)
    {
        var directory = Directory.CreateTempSubdirectory("wp-bench-");
        var address = port is null ? $"unix://{directory.FullName}/pool.sock" : string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}");
        var start = new ProcessStartInfo(
            "dotnet",
            [
                Path.Combine(AppContext.BaseDirectory, "WorkerPool.Supervisor.dll"),
                "--listen", address,
                "--http", withMetrics ? "http://127.0.0.1:0" : "",
                "--workers", workers.ToString(CultureInfo.InvariantCulture),
                .. arguments ?? [],
            ])
        {
            RedirectStandardOutput = true,
        };
        var process = Process.Start(start)!;
        Uri? metrics = null;
        for (var ready = 0; ready < workers || (withMetrics && metrics is null);)
        {
            var line = await process.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException("the Supervisor did not start");
            ready += line.Contains("is ready", StringComparison.Ordinal) ? 1 : 0;
            metrics = HttpAddress().Match(line) is { Success: true, Value: var http } && http != address ? new Uri($"{http}/metrics") : metrics;
        }

        _ = process.StandardOutput.ReadToEndAsync();
        return new SupervisorProcess(process, directory, address, metrics);
    }

    /// <summary>A field of its status that is in kilobytes.</summary>
    /// <param name="field">Its name, such as VmRSS.</param>
    /// <returns>Bytes.</returns>
    public long Memory(string field) => ProcessStatus.Bytes(_process.Id, field);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        using var _ = Process.Start("kill", _process.Id.ToString(CultureInfo.InvariantCulture));
        await _process.WaitForExitAsync();
        _process.Dispose();
        _directory.Delete(recursive: true);
    }

    [GeneratedRegex(@"http://127\.0\.0\.1:\d+")]
    private static partial Regex HttpAddress();
}
