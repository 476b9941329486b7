using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using Grpc.Net.Client;
using WorkerPool.Processes;
using WorkerPool.Protocol.Sockets;
using WorkerPool.Worker.V1;

namespace WorkerPool.WorkerHost.Tests.Hosting;

/// <summary>A real worker process, and the keeper's end of it.</summary>
internal sealed partial class WorkerProcess : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("wp-test-");
    private readonly ManualResetEventSlim _released = new();
    private readonly TaskCompletionSource<Process> _started = new();
    private readonly FlightRecorder _recorder;
    private readonly GrpcChannel _channel;

    private WorkerProcess(string[] libraries)
    {
        SocketPath = Path.Combine(_directory.FullName, "w.sock");
        var recorder = Path.Combine(_directory.FullName, "w.rec");
        _recorder = FlightRecorder.Create(recorder);
        _channel = GrpcChannel.ForAddress("http://worker", new GrpcChannelOptions
        {
            HttpHandler = new SocketsHttpHandler
            {
                ConnectCallback = async (_, cancellation) => new NetworkStream(await UnixSocket.ConnectAsync(SocketPath, cancellation), ownsSocket: true),
            },
            MaxReceiveMessageSize = null,
        });

        var start = new ProcessStartInfo("dotnet")
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        string[] arguments =
        [
            Path.Combine(AppContext.BaseDirectory, "WorkerPool.WorkerHost.dll"),
            "--socket", SocketPath,
            "--recorder", recorder,
            "--parent", Environment.ProcessId.ToString(CultureInfo.InvariantCulture),
            .. libraries.SelectMany(library => new[] { "--functions", library }),
        ];
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        // The worker's death signal is tied to the thread that spawns it, so that one stays.
        new Thread(() =>
        {
            _started.SetResult(Process.Start(start)!);
            _released.Wait();
        })
        { IsBackground = true }.Start();
    }

    public Process Process => _started.Task.Result;

    public WorkerHandshake Handshake { get; private set; } = new("", "");

    public GrpcChannel Channel => _channel;

    public string SocketPath { get; }

    public RunningItem? Running => _recorder.Read().Running.Cast<RunningItem?>().SingleOrDefault();

    public static async Task<WorkerProcess> StartAsync(params string[] libraries)
    {
        var worker = new WorkerProcess(libraries);
        var process = await worker._started.Task;
        var line = await process.StandardOutput.ReadLineAsync().WaitAsync(Patience);
        Assert.True(WorkerHandshake.TryParse(line ?? "", out var handshake), $"not a handshake: {line}");
        worker.Handshake = handshake;
        return worker;
    }

    /// <summary>Opens the session and checks its hello.</summary>
    public async Task<WorkerCall> OpenAsync(uint maxValueBytes = 1 << 20)
    {
        var call = new WorkerCall(new WorkerService.WorkerServiceClient(_channel).Session());
        await call.StartAsync(maxValueBytes);
        return call;
    }

    public async Task<int> ExitCodeAsync()
    {
        await Process.WaitForExitAsync().WaitAsync(Patience);
        return Process.ExitCode;
    }

    public void Signal(int signal) => Assert.Equal(0, Kill(Process.Id, signal));

    public async ValueTask DisposeAsync()
    {
        if (!Process.HasExited)
        {
            Process.Kill();
        }

        await Process.WaitForExitAsync();
        _released.Set();
        _channel.Dispose();
        _recorder.Dispose();
        _directory.Delete(recursive: true);
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Kill(int processId, int signal);
}
