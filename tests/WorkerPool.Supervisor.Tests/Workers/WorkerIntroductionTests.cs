using Grpc.Core;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using WorkerPool.Processes;
using WorkerPool.Protocol;
using WorkerPool.Protocol.Errors;
using WorkerPool.Supervisor.Configuration;
using WorkerPool.Supervisor.Launching;
using WorkerPool.Supervisor.Workers;
using WorkerPool.Worker.V1;

namespace WorkerPool.Supervisor.Tests.Workers;

/// <summary>How a Supervisor takes what a worker says first.</summary>
public sealed class WorkerIntroductionTests
{
    [Fact]
    public async Task A_worker_of_another_protocol_version_is_refused_with_both_versions()
    {
        await using var worker = await SpeakingWorker.StartAsync(WorkerProtocol.Version + 1);
        var error = await Assert.ThrowsAsync<WorkerStartException>(() => WorkerSession.OpenAsync(
            new WorkerIdentity(1, 1), worker, new PoolOptions(), TimeProvider.System, TestContext.Current.CancellationToken));

        Assert.Equal(ErrorReasons.ProtocolMismatch, error.Reason);
        Assert.Equal(
            $"worker-1 speaks version {WorkerProtocol.Version + 1} of the worker protocol, this Supervisor version {WorkerProtocol.Version}. "
            + "Use a WorkerHost and a Supervisor of the same release.",
            error.Message);
    }

    /// <summary>A worker that says hello in some version, and nothing more.</summary>
    private sealed class SpeakingWorker : WorkerService.WorkerServiceBase, ILaunchedWorker
    {
        private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("introduction-");
        private readonly uint _version;
        private WebApplication? _server;

        private SpeakingWorker(uint version) => _version = version;

        public int ProcessId => Environment.ProcessId;

        public Task<DeathCertificate> Death { get; } = new TaskCompletionSource<DeathCertificate>().Task;

        public IReadOnlyList<RunningItem> Running => [];

        public long? MemoryBytes => null;

        public long? RecycleAboveMemory => null;

        public Task Leaving { get; } = new TaskCompletionSource().Task;

        public ProcessUsage ReadUsage() => default;

        private string SocketPath => Path.Combine(_directory.FullName, "worker.sock");

        public static async Task<SpeakingWorker> StartAsync(uint version)
        {
            var worker = new SpeakingWorker(version);
            var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
            builder.WebHost.UseKestrelCore().ConfigureKestrel(
                kestrel => kestrel.ListenUnixSocket(worker.SocketPath, listen => listen.Protocols = HttpProtocols.Http2));
            builder.Services.AddRouting();
            builder.Services.AddGrpc();
            builder.Services.AddSingleton(worker);
            worker._server = builder.Build();
            worker._server.UseRouting();
            worker._server.MapGrpcService<SpeakingWorker>();
            await worker._server.StartAsync();
            return worker;
        }

        public override async Task Session(
            IAsyncStreamReader<SessionRequest> requestStream, IServerStreamWriter<SessionResponse> responseStream, ServerCallContext context)
        {
            await requestStream.MoveNext(context.CancellationToken);
            await responseStream.WriteAsync(new SessionResponse { Hello = new Hello { ProtocolVersion = _version } }, context.CancellationToken);
        }

        public HttpMessageHandler CreateHandler() => UnixSocketHandler.Create(SocketPath);

        public void Kill(string reason)
        {
        }

        public Task KillWithStackAsync(string reason, ulong lease) => Task.CompletedTask;

        public void Adopt(WorkerIdentity identity)
        {
        }

        public async ValueTask DisposeAsync()
        {
            await _server!.DisposeAsync();
            _directory.Delete(recursive: true);
        }
    }
}
