using System.Net;
using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Grpc.Core;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using WorkerPool.Protocol;
using WorkerPool.Supervisor.Configuration;
using WorkerPool.Supervisor.Launching.Keepers;
using WorkerPool.TestSupport;
using WorkerPool.Worker.V1;

namespace WorkerPool.Supervisor.Tests.Launching;

/// <summary>How keepers are followed that are found, not found, lost and found again.</summary>
public sealed class KeeperLauncherTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_keeper_that_was_not_found_for_a_while_is_held_again_after_it_was_lost()
    {
        await using var keeper = await PassiveKeeper.StartAsync();
        var finder = new ToldFinder();
        await using var launcher = Launcher(finder);
        await finder.TellAsync(keeper.Address);
        await PlacesAsync(launcher, 2);

        // Not found, and found again before it is lost.
        await finder.TellAsync();
        await finder.TellAsync(keeper.Address);
        Assert.Equal(2, launcher.Places);
        keeper.EndHold();
        await Eventually.AskAsync(() => Task.FromResult(keeper.Holds), holds => holds == 2);
        await PlacesAsync(launcher, 2);
    }

    [Fact]
    public async Task A_keeper_that_is_not_found_any_more_is_let_go_of_when_it_is_lost()
    {
        await using var keeper = await PassiveKeeper.StartAsync();
        await using var other = await PassiveKeeper.StartAsync();
        var finder = new ToldFinder();
        await using var launcher = Launcher(finder);
        await finder.TellAsync(keeper.Address, other.Address);
        await PlacesAsync(launcher, 4);
        await finder.TellAsync(other.Address);
        Assert.Equal(4, launcher.Places);
        keeper.EndHold();
        await PlacesAsync(launcher, 2);

        await finder.TellAsync(other.Address, keeper.Address);
        await PlacesAsync(launcher, 4);
        Assert.Equal((2, 1), (keeper.Holds, other.Holds));
    }

    private static KeeperLauncher Launcher(IKeeperFinder finder) =>
        new(finder, new PoolOptions(), _ => { }, TimeProvider.System, NullLogger<KeeperLauncher>.Instance, identity: null);

    private static Task<int> PlacesAsync(KeeperLauncher launcher, int places) =>
        Eventually.AskAsync(() => Task.FromResult(launcher.Places), held => held == places);

    /// <summary>Finds what it is told; a telling is over when it was taken note of.</summary>
    private sealed class ToldFinder : IKeeperFinder
    {
        private readonly Channel<(Uri[] Addresses, TaskCompletionSource Taken)> _told = Channel.CreateUnbounded<(Uri[], TaskCompletionSource)>();

        public string Source => "what it is told";

        public Task TellAsync(params Uri[] addresses)
        {
            var taken = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            Assert.True(_told.Writer.TryWrite((addresses, taken)));
            return taken.Task.WaitAsync(Cancellation);
        }

        public async IAsyncEnumerable<IReadOnlyCollection<Uri>> WatchAsync([EnumeratorCancellation] CancellationToken cancellation)
        {
            await foreach (var (addresses, taken) in _told.Reader.ReadAllAsync(cancellation))
            {
                yield return addresses;
                taken.SetResult();
            }
        }
    }

    /// <summary>A keeper with two places that says hello, and then nothing until its hold is ended.</summary>
    private sealed class PassiveKeeper : KeeperService.KeeperServiceBase, IAsyncDisposable
    {
        private WebApplication? _server;
        private TaskCompletionSource _ended = new();
        private int _holds;

        public Uri Address => new(_server!.Urls.Single());

        public int Holds => Volatile.Read(ref _holds);

        public static async Task<PassiveKeeper> StartAsync()
        {
            var keeper = new PassiveKeeper();
            var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
            builder.WebHost.UseKestrelCore().ConfigureKestrel(
                kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http2));
            builder.Services.AddRouting();
            builder.Services.AddGrpc();
            builder.Services.AddSingleton(keeper);
            keeper._server = builder.Build();
            keeper._server.UseRouting();
            keeper._server.MapGrpcService<PassiveKeeper>();
            await keeper._server.StartAsync(Cancellation);
            return keeper;
        }

        public void EndHold() => Interlocked.Exchange(ref _ended, new TaskCompletionSource()).SetResult();

        public override async Task Keep(
            IAsyncStreamReader<KeepRequest> requestStream, IServerStreamWriter<KeepResponse> responseStream, ServerCallContext context)
        {
            await requestStream.MoveNext(context.CancellationToken);
            var ended = Volatile.Read(ref _ended);
            Interlocked.Increment(ref _holds);
            var hello = new KeeperHello { ProtocolVersion = WorkerProtocol.Version, Host = "passive", Places = 2, Key = new string('0', 32) };
            await responseStream.WriteAsync(new KeepResponse { Hello = hello }, context.CancellationToken);
            await ended.Task.WaitAsync(context.CancellationToken);
        }

        public async ValueTask DisposeAsync()
        {
            EndHold();
            await _server!.DisposeAsync();
        }
    }
}
